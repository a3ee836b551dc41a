package main

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"

	"worth/internal/i18n"
)

// slim encodes a picture with a palette of its most frequent colours, which makes
// a file of about half the size. Rarer ones, on the rims of letters, become the
// nearest of the palette.
func slim(data []byte) ([]byte, error) {
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, i18n.Errorf("a picture cannot be read back: %v", err)
	}
	palette := palette(img)
	small := image.NewPaletted(img.Bounds(), palette)
	index := map[color.Color]uint8{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			c := img.At(x, y)
			i, known := index[c]
			if !known {
				i = uint8(palette.Index(c)) //nolint:gosec // of at most 256 colours
				index[c] = i
			}
			small.SetColorIndex(x, y, i)
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, small); err != nil {
		return nil, i18n.Errorf("a picture cannot be made smaller: %v", err)
	}
	return out.Bytes(), nil
}

// palette returns the most frequent colours of a picture, in an order that
// depends on the picture alone.
func palette(img image.Image) color.Palette {
	const most = 256
	count := map[color.RGBA]int{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			r, g, b, a := img.At(x, y).RGBA()
			count[color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}]++ //nolint:gosec // 8 bits of 16
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var p color.Palette
	for _, c := range colours[:min(len(colours), most)] {
		p = append(p, c)
	}
	return p
}
