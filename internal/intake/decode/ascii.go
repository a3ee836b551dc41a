package decode

import "encoding/binary"

// asciiRun returns the number of bytes at the start of p that are ASCII, looking
// at eight at a time.
func asciiRun(p []byte) int {
	const high = 0x8080808080808080
	i := 0
	for ; i+8 <= len(p); i += 8 {
		if binary.LittleEndian.Uint64(p[i:])&high != 0 {
			break
		}
	}
	for ; i < len(p); i++ {
		if p[i] >= 0x80 {
			break
		}
	}
	return i
}

// foreignRun returns how much of p, which starts with a foreign byte, is to be
// decoded in one go: up to a stretch of ASCII long enough to be worth copying,
// and far enough into it to end no character in its middle.
func foreignRun(p []byte) int {
	const stretch, longest = 16, 4 // bytes of a character, at most
	last := 0
	for i := 1; i < len(p); i++ {
		if p[i] >= 0x80 {
			last = i
		} else if i-last >= stretch {
			break
		}
	}
	return min(len(p), last+longest)
}
