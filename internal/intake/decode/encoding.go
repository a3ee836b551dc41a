package decode

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"worth/internal/i18n"
)

// Encoding is how text is written in bytes.
type Encoding string

// The encodings that are detected and read.
const (
	UTF8        Encoding = "UTF-8"
	GB18030     Encoding = "GB18030" // includes GBK and GB2312
	Big5        Encoding = "Big5"
	UTF16LE     Encoding = "UTF-16LE"
	UTF16BE     Encoding = "UTF-16BE"
	Windows1252 Encoding = "Windows-1252" // includes Latin-1
	MacRoman    Encoding = "Mac Roman"
)

// Encodings are all encodings, in the order in which they are offered.
var Encodings = []Encoding{UTF8, GB18030, Big5, UTF16LE, UTF16BE, Windows1252, MacRoman}

// aliases are the names an encoding goes by, without case, spaces and dashes.
var aliases = map[string]Encoding{
	"utf8": UTF8, "utf8sig": UTF8, "utf8bom": UTF8, "ascii": UTF8, "usascii": UTF8,
	"gb18030": GB18030, "gbk": GB18030, "gb2312": GB18030, "cp936": GB18030, "ms936": GB18030, "936": GB18030, "ansi936": GB18030,
	"big5": Big5, "big5hkscs": Big5, "cp950": Big5, "950": Big5,
	"utf16": UTF16LE, "utf16le": UTF16LE, "unicode": UTF16LE, "ucs2": UTF16LE, "utf16be": UTF16BE,
	"windows1252": Windows1252, "cp1252": Windows1252, "1252": Windows1252, "latin1": Windows1252, "iso88591": Windows1252, "ansi": Windows1252,
	"macroman": MacRoman, "macintosh": MacRoman, "mac": MacRoman,
}

// ParseEncoding reads the name of an encoding as a person gives it: gbk, GB2312,
// latin1, utf-16 …; empty means undecided. The error names the choices.
func ParseEncoding(name string) (Encoding, error) {
	if strings.TrimSpace(name) == "" {
		return "", nil
	}
	key := strings.NewReplacer(" ", "", "-", "", "_", "").Replace(strings.ToLower(name))
	if e, ok := aliases[key]; ok {
		return e, nil
	}
	known := make([]string, len(Encodings))
	for i, e := range Encodings {
		known[i] = string(e)
	}
	return "", i18n.Errorf("--encoding: %q is not known; choose one of %s", name, strings.Join(known, ", "))
}

// codec returns the decoder's data, nil for UTF-8 and for unknown names.
func (e Encoding) codec() encoding.Encoding {
	switch e {
	case GB18030:
		return simplifiedchinese.GB18030
	case Big5:
		return traditionalchinese.Big5
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case Windows1252:
		return charmap.Windows1252
	case MacRoman:
		return charmap.Macintosh
	case UTF8:
	}
	return nil
}

// wide says that ASCII characters take two bytes.
func (e Encoding) wide() bool { return e == UTF16LE || e == UTF16BE }

// marks are the byte order marks and what they announce.
var marks = []struct {
	bytes    string
	encoding Encoding
}{
	{"\xef\xbb\xbf", UTF8},
	{"\xff\xfe", UTF16LE},
	{"\xfe\xff", UTF16BE},
	{"\x84\x31\x95\x33", GB18030},
}

// mark returns the byte order mark that data starts with, empty for none.
func mark(data []byte) (bytes string, announced Encoding) {
	for _, m := range marks {
		if len(data) >= len(m.bytes) && string(data[:len(m.bytes)]) == m.bytes {
			return m.bytes, m.encoding
		}
	}
	return "", ""
}
