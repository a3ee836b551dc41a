package decode

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// dataNames are what the names of data files in an archive end in; one without
// an ending is looked at too.
var dataNames = []string{"", ".csv", ".tsv", ".txt", ".tab", ".dat", ".json", ".ndjson", ".jsonl", ".parquet", ".xlsx", ".xlsm", ".xls"}

// notices are names of files that come with data and are none.
var notices = []string{"readme", "license", "licence", "changelog", "说明", "使用说明", "必读"}

// openZip tells a workbook from an archive and opens either.
func openZip(ctx context.Context, f *os.File, m Member) ([]Member, error) {
	z, err := zip.NewReader(f, m.Bytes)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, zipError(m.Path, err)
	}
	switch what := zipContent(z); what {
	case "workbook":
		return m.openWorkbook(ctx, z)
	case "":
		return openArchive(ctx, z, m)
	default:
		return nil, i18n.Errorf("%s: this is %s, not a table; save the table in it as .xlsx or CSV", m.Path, what)
	}
}

// zipContent names the format that a zip file is the container of; an archive is
// of none.
func zipContent(z *zip.Reader) string {
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		switch {
		case name == "xl/workbook.xml" || strings.HasPrefix(name, "xl/worksheets/"):
			return "workbook"
		case name == "xl/workbook.bin":
			return i18n.T("a binary Excel workbook (.xlsb)")
		case name == "word/document.xml":
			return i18n.T("a Word document")
		case name == "ppt/presentation.xml":
			return i18n.T("a presentation")
		case name == "content.xml" && z.File[0].Name == "mimetype":
			return i18n.T("an OpenDocument file")
		}
	}
	return ""
}

// openArchive opens every data file of an archive, in the order of their names.
func openArchive(ctx context.Context, z *zip.Reader, m Member) ([]Member, error) {
	limits := m.options.Limits
	if len(z.File) > limits.Members {
		return nil, i18n.Errorf("%s: holds %d file{s}, more than the limit of %d; unpack it and name the folder", m.Path, len(z.File), limits.Members)
	}
	var expanded int64
	var members []Member
	var skipped []string
	for i, f := range z.File {
		name, err := entryName(m.Path, f)
		if err != nil {
			return nil, err
		}
		expanded += int64(min(f.UncompressedSize64, 1<<62))
		switch what, err := worthReading(m.Path, name, f); {
		case err != nil:
			return nil, err
		case what == skip:
			skipped = append(skipped, name)
			continue
		case what == nothing:
			continue
		}
		if err := limits.check(expanded, m.Bytes); err != nil {
			return nil, readError(m.Path, err)
		}
		of := m
		of.Name, of.entry, of.Bytes = name, i, int64(min(f.CompressedSize64, 1<<62))
		opened, err := of.openEntry(ctx, f)
		if err != nil {
			return nil, err
		}
		members = append(members, opened...)
	}
	if len(members) == 0 {
		return nil, i18n.Errorf("%s: the archive holds no data file (%s)", m.Path, strings.TrimSpace(strings.Join(dataNames, " ")))
	}
	for i := range members {
		if len(skipped) > 0 {
			members[i].Evidence = append(members[i].Evidence, i18n.T("left aside in the archive: %s", strings.Join(skipped, ", ")))
		}
	}
	slices.SortStableFunc(members, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
	return members, nil
}

// use is what to do with a file of an archive.
type use uint8

const (
	read    use = iota
	skip        // and say so
	nothing     // folders and what operating systems leave behind
)

// worthReading decides about a file by its name; archives within archives and
// locked files are refused.
func worthReading(archive, name string, f *zip.File) (use, error) {
	base := path.Base(name)
	ending := strings.ToLower(path.Ext(base))
	switch {
	case f.FileInfo().IsDir(), strings.HasPrefix(name, "__MACOSX/"), strings.HasPrefix(base, "."), f.UncompressedSize64 == 0:
		return nothing, nil
	case isPacked(name):
		return skip, i18n.Errorf("%s: %s in it is an archive itself; unpack it and name the files inside", archive, tabular.Clean(name))
	}
	for _, notice := range notices {
		if strings.HasPrefix(strings.ToLower(base), notice) {
			return skip, nil
		}
	}
	if !slices.Contains(dataNames, ending) {
		return skip, nil
	}
	const locked = 1
	if f.Flags&locked != 0 {
		return skip, i18n.Errorf("%s: %s in it is locked with a password; unpack it with the password and name the file inside", archive, tabular.Clean(name))
	}
	return read, nil
}

// openEntry opens one file of an archive, which may be a workbook of several
// members.
func (m Member) openEntry(ctx context.Context, f *zip.File) ([]Member, error) {
	in, err := f.Open()
	if err != nil {
		return nil, zipError(m.Title(), err)
	}
	magic := make([]byte, 4)
	n, _, err := fill(in, magic)
	if err := joinClose(err, in); err != nil {
		return nil, readError(m.Title(), err)
	}
	if kindOf(magic[:n]) == kindZip {
		z, err := nestedZip(ctx, m, f)
		if err != nil {
			return nil, err
		}
		if zipContent(z) != "workbook" {
			return nil, i18n.Errorf("%s: is an archive itself; unpack it and name the files inside", m.Title())
		}
		return m.openWorkbook(ctx, z)
	}
	if in, err = f.Open(); err != nil {
		return nil, zipError(m.Title(), err)
	}
	guard := &guarded{ctx: ctx, from: in, limits: m.options.Limits, compressed: m.Bytes}
	if err := joinClose(m.openStream(ctx, guard), in); err != nil {
		return nil, err
	}
	return []Member{m}, nil
}

// entryReader opens the file of the archive f that the member is. It closes f
// when it is closed itself.
func (m *Member) entryReader(ctx context.Context, f *os.File, progress func(done, total int64)) (io.ReadCloser, error) {
	entry, err := m.find(f)
	if err != nil {
		return nil, err
	}
	raw, err := entry.Open()
	if err != nil {
		return nil, zipError(m.Title(), err)
	}
	// The archive does not say how far into the compressed bytes its reader is.
	total := int64(min(entry.UncompressedSize64, 1<<62))
	scaled := progress
	if progress != nil {
		scaled = func(done, _ int64) {
			progress(int64(float64(m.Bytes)*float64(done)/float64(max(total, 1))), m.Bytes)
		}
	}
	guard := &guarded{ctx: ctx, from: raw, limits: m.options.Limits, compressed: m.Bytes}
	return readCloser{&counted{from: guard, total: total, progress: scaled}, closers{raw, f}}, nil
}

// find returns the entry of the open archive f that the member is.
func (m *Member) find(f *os.File) (*zip.File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, readError(m.Path, err)
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, zipError(m.Path, err)
	}
	if m.entry >= len(z.File) {
		return nil, i18n.Errorf("%s: the file changed while it was being read; load it again when it is complete", m.Path)
	}
	return z.File[m.entry], nil
}

// entryName decodes the name of a file in an archive and refuses one that leads
// out of it. The name is a label: nothing is ever written under it.
func entryName(archive string, f *zip.File) (string, error) {
	name := strings.ReplaceAll(decodeName(f), `\`, "/")
	if path.IsAbs(name) || slices.Contains(strings.Split(name, "/"), "..") || len(name) > 1 && name[1] == ':' {
		return "", i18n.Errorf("%s: the name %q in it leads out of the archive, which no export needs and an attack would; unpack it with care and name the file inside",
			archive, tabular.Clean(name))
	}
	return tabular.Clean(name), nil
}

// decodeName reads a name that is not marked as UTF-8: most are UTF-8 without the
// mark, those made on a Chinese Windows are GBK, the standard says code page 437.
func decodeName(f *zip.File) string {
	name := f.Name
	if utf8.ValidString(name) {
		return name
	}
	if d := byFrequency([][]byte{[]byte(name)}); d.Encoding == GB18030 || d.Encoding == Big5 {
		return decodeAll(d.Encoding, []byte(name))
	}
	out, err := charmap.CodePage437.NewDecoder().String(name)
	if err != nil { // decoders replace; they do not fail
		return strings.ToValidUTF8(name, "\ufffd")
	}
	return out
}

func zipError(name string, err error) error {
	if errors.Is(err, zip.ErrAlgorithm) {
		return i18n.Errorf("%s: is compressed in a way that is not read (%v); unpack it and name the file inside", name, err)
	}
	return i18n.Errorf("%s: the ZIP file is damaged or cut off (%v); copy or download it again", name, err)
}

// closers close several things, the first one first.
type closers []io.Closer

// Close returns all errors, joined.
func (c closers) Close() error {
	var failed []error
	for _, one := range c {
		failed = append(failed, one.Close())
	}
	return errors.Join(failed...)
}

// joinClose closes c and joins what goes wrong to err.
func joinClose(err error, c io.Closer) error {
	if closing := c.Close(); closing != nil {
		return errors.Join(err, closing)
	}
	return err
}
