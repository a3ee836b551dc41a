package duck

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"worth/internal/i18n"
)

// FileError says why a database file, or another that a query reads or writes, cannot be
// used, and what to do.
type FileError struct {
	Path   string // empty when DuckDB does not say
	reason i18n.Text
	cause  error
}

func (e *FileError) Error() string {
	if e.Path == "" {
		return e.reason.String()
	}
	return e.Path + ": " + e.reason.String()
}

// Unwrap returns the driver's error.
func (e *FileError) Unwrap() error { return e.cause }

// fileReasons are sentences for what DuckDB says of files. None depends on whose file
// it is.
var fileReasons = []struct {
	words  string
	reason i18n.Text
}{
	{"No space left on device", "there is no room left on the disk; make room and try again"},
	{"Disk quota exceeded", "there is no room left on the disk; make room and try again"},
	{"Permission denied", "not allowed to open or to write this; check the permissions of the file and its folder, or use a copy"},
	{"Read-only file system", "nothing can be written here: the disk is read-only; use a copy elsewhere"},
	{"Corrupt database file", damaged},
	{"not a valid DuckDB database file", damaged},
	{"database file with version number", "another version of DuckDB wrote the file, which this program cannot read; open it with the program that wrote it"},
}

// damaged is the sentence for a database file whose bytes are not as they were written.
const damaged i18n.Text = "the file is damaged or cut off; go on with a copy of it, or load the exports into a new workspace"

var quotedFile = regexp.MustCompile(`file "([^"]+)"`)

// fileError returns what DuckDB's words say of a file; nil when it is nothing known.
func fileError(words string) *FileError {
	for _, r := range fileReasons {
		if strings.Contains(words, r.words) {
			e := &FileError{reason: r.reason}
			if m := quotedFile.FindStringSubmatch(words); m != nil {
				e.Path = strings.TrimSuffix(m[1], ".wal")
			}
			return e
		}
	}
	return nil
}

// explainOpening is explain for an error in opening the file: what cannot be read of it
// then is damage, and the file is known.
func (db *DB) explainOpening(err error) error {
	err = explain(err)
	var e *Error
	if errors.As(err, &e) && (strings.Contains(e.Message, "Could not read enough bytes") || strings.Contains(e.Message, "Failed to deserialize")) {
		err = &FileError{reason: damaged, cause: e.cause}
	}
	var f *FileError
	if errors.As(err, &f) && f.Path == "" {
		f.Path = db.path
	}
	return err
}

// addressable refuses paths that the driver takes for more than a path: it reads what
// follows a ? as options and forgets them behind a #.
func addressable(path string) error {
	if _, err := url.Parse(path); err != nil || strings.ContainsAny(path, "?#") {
		return &FileError{Path: path, reason: "a workspace cannot have this name: no ?, #, control character or lone % may be in it or in its folders' names; rename it", cause: err}
	}
	return nil
}
