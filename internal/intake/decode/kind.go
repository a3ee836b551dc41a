package decode

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"

	"worth/internal/i18n"
)

// kind is what the first bytes of a file say it is.
type kind uint8

const (
	kindText kind = iota
	kindGzip
	kindZip
	kindOldOffice // the container of .xls, and of workbooks with a password
	kindOther     // a format with a reader, or a refusal, of its own
)

// others are the beginnings of files that are no text.
var others = []string{
	"PAR1", "%PDF", "SQLite format 3", "\x28\xb5\x2f\xfd", "BZh", "\xfd7zXZ", "7z\xbc\xaf", "Rar!", "\x89PNG", "GIF8", "\xff\xd8\xff",
}

func kindOf(head []byte) kind {
	for magic, k := range map[string]kind{
		"PK\x03\x04": kindZip, "PK\x05\x06": kindZip, "\x1f\x8b": kindGzip, "\xd0\xcf\x11\xe0": kindOldOffice,
	} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return k
		}
	}
	for _, magic := range others {
		if bytes.HasPrefix(head, []byte(magic)) {
			return kindOther
		}
	}
	if len(head) >= 12 && string(head[8:12]) == "DUCK" {
		return kindOther
	}
	return kindText
}

// refuseOldOffice tells .xls from a workbook with a password: both have the same
// container, and the latter names its one stream in UTF-16.
func refuseOldOffice(name string, head []byte) error {
	locked := "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	if bytes.Contains(head, []byte(locked)) {
		return i18n.Errorf("%s: this workbook is locked with a password; open it in Excel, save a copy without the password and load that", name)
	}
	return i18n.Errorf("%s: this is an old Excel workbook (.xls), which is not read; open it in Excel or LibreOffice and save it as .xlsx, "+
		"or convert it with: soffice --headless --convert-to xlsx FILE", name)
}

// packed are the names of files that hold other files.
var packed = []string{".zip", ".gz", ".tgz", ".tar", ".rar", ".7z", ".bz2", ".xz", ".zst"}

func isPacked(name string) bool {
	name = strings.ToLower(name)
	for _, end := range packed {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// readError explains why reading failed half way.
func readError(name string, err error) error {
	var known *refusal
	switch {
	case errors.As(err, &known):
		return i18n.Errorf("%s: %v", name, err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return i18n.Errorf("%s: the compressed file is cut off before its end; copy or download it again", name)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return i18n.Errorf("%s: the gzip file is damaged (%v); copy or download it again", name, err)
	}
	return i18n.Errorf("%s: reading failed: %v", name, err)
}

// writeError explains why the decoded copy could not be written.
func writeError(name string, err error) error {
	return i18n.Errorf("%s: the decoded copy cannot be written: %v; is there room on the disk?", name, err)
}
