package demo

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"worth/internal/i18n"
)

// folder collects exports under temporary names until all are complete.
type folder struct {
	dir     string
	created bool     // dir was made by openFolder
	earlier []string // exports of an earlier demo shop in it
	exports []*export
}

// openFolder makes dir when it is missing. Files in it whose name matches one of
// the patterns must begin with that pattern's header: then they are an earlier
// demo shop's and will be replaced. Others are refused, for they are somebody's
// data.
func openFolder(dir string, headers map[string]string) (*folder, error) {
	_, err := os.Stat(dir)
	f := &folder{dir: dir, created: errors.Is(err, os.ErrNotExist)}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // exports are for everyone who may see the folder
		return nil, i18n.Errorf("the folder for the demo shop cannot be made: %v; choose another folder", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, i18n.Errorf("the folder for the demo shop cannot be read: %v; choose another folder", err)
	}
	for _, entry := range entries {
		for pattern, header := range headers {
			if hit, _ := path.Match(pattern, entry.Name()); !hit { // the patterns are well formed
				continue
			}
			if !beginsWith(filepath.Join(dir, entry.Name()), header) {
				return nil, i18n.Errorf("%s in %s is not from a demo shop and would be overwritten; choose another folder", entry.Name(), dir)
			}
			f.earlier = append(f.earlier, entry.Name())
		}
	}
	return f, nil
}

// beginsWith tells whether the file can be read and starts with the header.
func beginsWith(file, header string) bool {
	in, err := os.Open(file)
	if err != nil {
		return false
	}
	defer in.Close() //nolint:errcheck // only read
	start := make([]byte, len(header))
	_, err = io.ReadFull(in, start)
	return err == nil && string(start) == header
}

// create begins an export and writes its header.
func (f *folder) create(name, header string, what i18n.Text) (*export, error) {
	tmp, err := os.CreateTemp(f.dir, "."+name+".*.part")
	if err != nil {
		return nil, i18n.Errorf("%s cannot be written: %v; choose a folder you may write to", name, err)
	}
	e := &export{File: File{Name: name, What: what}, tmp: tmp, out: bufio.NewWriterSize(tmp, 1<<18)}
	f.exports = append(f.exports, e)
	e.write([]byte(header), 0)
	return e, e.failure()
}

// commit puts every export under its name and removes those of an earlier shop
// that this one does not have. On an error the exports already renamed stay; the
// rest is for discard.
func (f *folder) commit() ([]File, error) {
	for _, e := range f.exports {
		if err := e.close(); err != nil {
			return nil, err
		}
	}
	files := make([]File, 0, len(f.exports))
	for _, e := range f.exports {
		if err := os.Rename(e.tmp.Name(), filepath.Join(f.dir, e.Name)); err != nil {
			return nil, i18n.Errorf("%s is written but cannot take its name: %v; see whether another program has it open", e.Name, err)
		}
		e.placed = true
		files = append(files, e.File)
	}
	for _, name := range f.earlier {
		if slices.ContainsFunc(files, func(file File) bool { return file.Name == name }) {
			continue
		}
		if err := os.Remove(filepath.Join(f.dir, name)); err != nil {
			return nil, i18n.Errorf("%s of an earlier demo shop cannot be removed: %v; remove it by hand", name, err)
		}
	}
	return files, nil
}

// discard removes what has no final name, and the folder if that leaves a new
// one empty. After a commit it does nothing.
func (f *folder) discard() {
	left := len(f.exports) == 0
	for _, e := range f.exports {
		if !e.placed {
			left = true
			// Nothing more can be done about a temporary file that will not go.
			_ = e.tmp.Close()
			_ = os.Remove(e.tmp.Name())
		}
	}
	if left && f.created {
		_ = os.Remove(f.dir) // fails, as it should, when something is in it
	}
}

// export is one file being written. The first error is kept and returned by
// failure; what comes after it is dropped.
type export struct {
	File
	tmp    *os.File
	out    *bufio.Writer
	cell   []byte
	closed bool
	placed bool
	err    error
}

// write adds whole records.
func (e *export) write(records []byte, count int) {
	if e.err == nil {
		_, e.err = e.out.Write(records)
		e.Rows += count
	}
}

// text adds one cell and what ends it. The newline ends the record.
func (e *export) text(cell string, end byte) *export {
	e.cell = append(append(e.cell, cell...), end)
	return e.ended(end)
}

// number adds a whole number.
func (e *export) number(n int, end byte) *export {
	e.cell = append(strconv.AppendInt(e.cell, int64(n), 10), end)
	return e.ended(end)
}

// money adds an amount of cents.
func (e *export) money(cents int, end byte) *export {
	e.cell = append(appendMoney(e.cell, cents), end)
	return e.ended(end)
}

func (e *export) ended(end byte) *export {
	if end == '\n' {
		e.write(e.cell, 1)
		e.cell = e.cell[:0]
	}
	return e
}

// failure says why the file could not be written so far, if it could not.
func (e *export) failure() error {
	if e.err == nil {
		return nil
	}
	return i18n.Errorf("%s cannot be written: %v; see that the disk has room", e.Name, e.err)
}

// close finishes the temporary file.
func (e *export) close() error {
	if e.closed {
		return e.failure()
	}
	e.closed = true
	if e.err == nil {
		e.err = e.out.Flush()
	}
	if e.err == nil {
		e.err = e.tmp.Chmod(0o644)
	}
	if e.err == nil {
		e.err = e.tmp.Sync()
	}
	e.err = errors.Join(e.err, e.tmp.Close())
	return e.failure()
}

// appendMoney writes cents as 12.34.
func appendMoney(dst []byte, cents int) []byte {
	dst = strconv.AppendInt(dst, int64(cents/100), 10)
	return append(dst, '.', byte('0'+cents/10%10), byte('0'+cents%10))
}

// appendPadded writes n ≥ 0 with at least width digits.
func appendPadded(dst []byte, n, width int) []byte {
	var digits [20]byte
	at := len(digits)
	for n > 0 || width > 0 {
		at--
		digits[at] = byte('0' + n%10)
		n /= 10
		width--
	}
	return append(dst, digits[at:]...)
}
