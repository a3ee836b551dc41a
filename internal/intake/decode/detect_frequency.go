package decode

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"worth/internal/i18n"
)

// block is a range of two-byte characters: lead bytes and trail bytes, inclusive.
type block struct{ lead, trail [2]byte }

// everyday are the blocks that hold the characters of everyday text. Both
// standards put the frequent ideographs and the punctuation apart from the rare.
var everyday = map[Encoding][]block{
	GB18030: {
		{lead: [2]byte{0xb0, 0xd7}, trail: [2]byte{0xa1, 0xfe}}, // 3,755 frequent ideographs
		{lead: [2]byte{0xa1, 0xa1}, trail: [2]byte{0xa1, 0xfe}}, // punctuation
		{lead: [2]byte{0xa3, 0xa3}, trail: [2]byte{0xa1, 0xfe}}, // full-width ASCII
	},
	Big5: {
		{lead: [2]byte{0xa4, 0xc6}, trail: [2]byte{0x40, 0xfe}}, // 5,401 frequent ideographs
		{lead: [2]byte{0xa1, 0xa3}, trail: [2]byte{0x40, 0xfe}}, // punctuation, full-width ASCII
	},
}

// tally counts the characters beyond ASCII of a text read in one encoding.
type tally struct {
	encoding                  Encoding
	everyday, unusual, broken int
}

func (t tally) characters() int { return t.everyday + t.unusual + t.broken }

// fit is 1 for a text of everyday characters and falls, below 0 too, with
// unusual and impossible ones.
func (t tally) fit() float64 {
	const unusual, broken = 0.35, -2
	n := t.characters()
	if n == 0 {
		return 0
	}
	return (float64(t.everyday) + unusual*float64(t.unusual) + broken*float64(t.broken)) / float64(n)
}

// byFrequency reads the text in every encoding that is not Unicode and takes the
// one that gives the most everyday characters.
func byFrequency(pieces [][]byte) Detection {
	tallies := []tally{
		tallyPairs(GB18030, pieces), tallyPairs(Big5, pieces), tallySingles(Windows1252, pieces), tallySingles(MacRoman, pieces),
	}
	slices.SortStableFunc(tallies, func(a, b tally) int {
		switch {
		case a.fit() > b.fit():
			return -1
		case a.fit() < b.fit():
			return 1
		}
		return 0
	})
	best, second := tallies[0], tallies[1]
	n := best.characters()
	// Every character adds to the odds of the best over the second.
	const slow = 3
	odds := (best.fit() - math.Max(second.fit(), 0)) * float64(n) / slow
	sure := best.fit() * (1 - math.Exp(-odds)/2)
	d := Detection{Encoding: best.encoding, Confidence: math.Max(0, min(sure, 0.99))}
	text := pieces[0]
	for i, p := range pieces {
		if i > 0 {
			p = afterLine(p)
		}
		if asciiRun(p) < len(p) {
			text = p
			break
		}
	}
	d.Evidence = append(d.Evidence, i18n.T(
		"encoding %s: %s of %d characters beyond ASCII are everyday ones (%s: %s); reads as %s",
		string(best.encoding), i18n.Percent(share(best.everyday, n), 0), n,
		string(second.encoding), i18n.Percent(share(second.everyday, second.characters()), 0), excerpt(best.encoding, text)))
	if d.Confidence < Unsure {
		d.Evidence = append(d.Evidence, i18n.T("the encoding is not certain; if names look wrong, say which it is with --encoding"))
	}
	return d
}

func share(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }

const (
	judged = 64 << 10 // of each piece is decoded to be judged
	enough = 20_000   // characters to judge by
)

// tallyPairs reads text in an encoding of two-byte characters.
func tallyPairs(e Encoding, pieces [][]byte) tally {
	t := tally{encoding: e}
	for i, p := range pieces {
		if i > 0 {
			p = afterLine(p)
		}
		for p = p[:min(len(p), judged)]; ; {
			p = p[asciiRun(p):]
			if len(p) < 2 || t.characters() >= enough {
				break
			}
			p = p[t.pair(p):]
		}
	}
	return t
}

// pair judges the character at the start of p, which is no ASCII, and returns
// its length.
func (t *tally) pair(p []byte) int {
	size := 2
	if t.encoding == GB18030 && p[1] >= '0' && p[1] <= '9' && len(p) >= 4 {
		size = 4
	}
	r, _ := utf8.DecodeRuneInString(decodeAll(t.encoding, p[:size]))
	switch {
	case r == utf8.RuneError || unicode.Is(unicode.Co, r) || unicode.IsControl(r):
		t.broken++
		return 1
	case size == 2 && t.isEveryday(p[0], p[1]):
		t.everyday++
	default:
		t.unusual++
	}
	return size
}

func (t *tally) isEveryday(lead, trail byte) bool {
	for _, b := range everyday[t.encoding] {
		if lead >= b.lead[0] && lead <= b.lead[1] && trail >= b.trail[0] && trail <= b.trail[1] {
			return true
		}
	}
	return false
}

// typographic are the signs that stand in Western text next to anything.
const typographic = "€£¥¢§©®™°ºª·•…–—‘’‚“”„«»¿¡½¼¾²³×±\u00a0"

// tallySingles reads text in an encoding of one-byte characters, where accented
// letters stand in words, alone or in twos, in the case of the letters before.
func tallySingles(e Encoding, pieces [][]byte) tally {
	t := tally{encoding: e}
	for i, p := range pieces {
		if t.characters() >= enough {
			break
		}
		if i > 0 {
			p = afterLine(p)
		}
		text := []rune(decodeAll(e, p[:min(len(p), judged)]))
		for at := range text {
			if text[at] >= utf8.RuneSelf {
				t.single(text, at)
			}
		}
	}
	return t
}

func (t *tally) single(text []rune, at int) {
	r := text[at]
	before, after := around(text, at-1), around(text, at+1)
	foreign := before >= utf8.RuneSelf && around(text, at-2) >= utf8.RuneSelf ||
		before >= utf8.RuneSelf && after >= utf8.RuneSelf || after >= utf8.RuneSelf && around(text, at+2) >= utf8.RuneSelf
	switch {
	case r == utf8.RuneError || unicode.IsControl(r):
		t.broken++
	case foreign:
		t.unusual++
	case strings.ContainsRune(typographic, r):
		t.everyday++
	case unicode.IsLower(r) && (unicode.IsLetter(before) || unicode.IsLetter(after)):
		t.everyday++
	case unicode.IsUpper(r) && !unicode.IsLower(before) && (unicode.IsLetter(after) || unicode.IsUpper(before)):
		t.everyday++
	default:
		t.unusual++
	}
}

func around(text []rune, at int) rune {
	if at < 0 || at >= len(text) {
		return ' '
	}
	return text[at]
}
