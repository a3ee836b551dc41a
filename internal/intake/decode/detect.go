package decode

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Detection is the verdict on the encoding of a text.
type Detection struct {
	Encoding   Encoding
	Confidence float64  // 0–1; below Unsure the analyst should look
	Evidence   []string // in sentences, the verdict first
	BOM        bool     // whether a byte order mark said so
	ASCII      bool     // whether nothing but ASCII was seen
}

// Unsure is the confidence below which a detection deserves a look.
const Unsure = 0.75

// Detect decides how text is encoded from pieces of it: the first piece is the
// beginning of the text, the others stand anywhere and may begin or end within a
// character. It never fails; the least unlikely encoding is UTF-8.
func Detect(pieces ...[]byte) Detection {
	if len(pieces) == 0 {
		return Detection{Encoding: UTF8, Confidence: 1, ASCII: true}
	}
	if m, e := mark(pieces[0]); m != "" {
		return Detection{Encoding: e, Confidence: 1, BOM: true, Evidence: []string{
			i18n.T("encoding %s: the file starts with its byte order mark", string(e)),
		}}
	}
	if e, ok := zeroPattern(pieces[0]); ok {
		return Detection{Encoding: e, Confidence: 0.95, Evidence: []string{
			i18n.T("encoding %s: every other byte is zero at the top; reads as %s", string(e), excerpt(e, pieces[0])),
		}}
	}
	if d, ok := asUTF8(pieces); ok {
		return d
	}
	return byFrequency(pieces)
}

// zeroPattern recognises UTF-16 without a mark: line ends, digits and delimiters
// have a zero byte, always on the same side.
func zeroPattern(head []byte) (Encoding, bool) {
	const looked, fewest = 64 << 10, 0.05 // share of zeros that a text full of Chinese still has
	head = head[:min(len(head), looked)&^1]
	var even, odd int
	for i := 0; i < len(head); i += 2 {
		switch high, low := head[i], head[i+1]; {
		case high == 0 && !textual(low), low == 0 && !textual(high):
			return "", false // a program, a picture
		case high == 0:
			even++
		case low == 0:
			odd++
		}
	}
	units := float64(len(head) / 2)
	switch {
	case units < 2:
		return "", false
	case float64(odd) > fewest*units && even == 0:
		return UTF16LE, true
	case float64(even) > fewest*units && odd == 0:
		return UTF16BE, true
	}
	return "", false
}

// textual reports whether a character of the first 256 occurs in text.
func textual(c byte) bool {
	return c >= ' ' && c < 0x7f || c >= 0xa0 || c == '\t' || c == '\n' || c == '\r'
}

// asUTF8 accepts valid UTF-8, and UTF-8 in which a few places are damaged.
func asUTF8(pieces [][]byte) (Detection, bool) {
	const damaged = 20 // sound characters for each damaged place, at least
	var sound, unsound int
	for i, p := range pieces {
		if i > 0 {
			p = afterLine(p)
		}
		s, u := countUTF8(p)
		sound, unsound = sound+s, unsound+u
	}
	d := Detection{Encoding: UTF8, Confidence: 1}
	switch {
	case sound+unsound == 0:
		d.ASCII = true
		d.Evidence = []string{i18n.T("encoding UTF-8: nothing but ASCII was seen")}
	case unsound == 0:
		d.Confidence = 0.99
		d.Evidence = []string{i18n.T("encoding UTF-8: all %d characters beyond ASCII are valid", sound)}
	case sound >= damaged*unsound:
		d.Confidence = 0.9
		d.Evidence = []string{i18n.T("encoding UTF-8: %d character{s} beyond ASCII {is|are} valid, %d place{s} {is|are} damaged", sound, unsound)}
	default:
		return Detection{}, false
	}
	return d, true
}

// countUTF8 counts characters beyond ASCII and invalid places. A character that
// the end of the piece cuts is neither.
func countUTF8(p []byte) (sound, unsound int) {
	for {
		p = p[asciiRun(p):]
		if len(p) == 0 {
			return sound, unsound
		}
		r, size := utf8.DecodeRune(p)
		switch {
		case r != utf8.RuneError || size > 1:
			sound++
		case !utf8.FullRune(p):
			return sound, unsound
		default:
			unsound++
		}
		p = p[size:]
	}
}

// afterLine skips what may begin within a character. No encoding but UTF-16 has
// a line feed as part of one.
func afterLine(p []byte) []byte {
	if i := bytes.IndexAny(p, "\r\n"); i >= 0 {
		return p[i:]
	}
	return nil
}

// excerpt decodes a little of the text around its first foreign character, for
// the analyst to judge.
func excerpt(e Encoding, text []byte) string {
	const before, most, runes = 12, 120, 24
	from := 0
	if !e.wide() {
		from = min(asciiRun(text), len(text))
		if line := bytes.LastIndexAny(text[:from], "\r\n"); line >= from-before {
			from = line + 1
		} else {
			from = max(0, from-before)
		}
	}
	piece := text[from:min(len(text), from+most)]
	out := decodeAll(e, piece)
	if i := strings.IndexAny(strings.TrimLeft(out, "\r\n"), "\r\n"); i > 8 {
		out = strings.TrimLeft(out, "\r\n")[:i]
	}
	rs := []rune(strings.TrimSpace(out))
	return "“" + tabular.Clean(string(rs[:min(len(rs), runes)])) + "”"
}

// decodeAll decodes a short text; invalid places become U+FFFD.
func decodeAll(e Encoding, text []byte) string {
	codec := e.codec()
	if codec == nil {
		return strings.ToValidUTF8(string(text), "\ufffd")
	}
	out, err := codec.NewDecoder().Bytes(text)
	if err != nil { // decoders replace; they do not fail
		return strings.ToValidUTF8(string(out), "\ufffd")
	}
	return string(out)
}
