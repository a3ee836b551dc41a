package decode

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// inMemory is the size above which a part of a workbook goes to a temporary file.
const inMemory = 16 << 20

// openWorkbook returns a member for the sheet that is most likely the data, and
// for every other sheet with the same header: long tables are cut into sheets by
// year or by number of rows.
func (m Member) openWorkbook(ctx context.Context, z *zip.Reader) ([]Member, error) {
	if err := m.checkParts(z); err != nil {
		return nil, err
	}
	sheets, err := m.listSheets(ctx, z)
	if err != nil {
		return nil, err
	}
	b, err := m.openBook()
	if err != nil {
		return nil, err
	}
	defer b.Close() //nolint:errcheck // only read from; what it leaves behind is in TempDir
	tops := make([][][]string, len(sheets))
	for i := range sheets {
		if tops[i], err = b.top(sheets[i].Name); err != nil {
			return nil, err
		}
		sheets[i].Hidden = b.hidden(sheets[i].Name)
	}
	chosen, evidence, err := propose(m.Title(), sheets, tops, m.options.Sheet)
	if err != nil {
		return nil, err
	}
	var members []Member
	for _, i := range chosen {
		one := m
		one.Format, one.Encoding, one.Confidence = Workbook, UTF8, 1
		one.Sheet, one.Sheets = sheets[i].Name, sheets
		one.Evidence = append(append([]string(nil), evidence...), sheets[i].remarks()...)
		members = append(members, one)
	}
	return members, nil
}

// remarks says what of a sheet is not plain cells.
func (s Sheet) remarks() []string {
	var out []string
	if s.Formulas > 0 {
		out = append(out, i18n.T("%d {cell holds a formula; its stored result is|cells hold formulas; their stored results are} read", s.Formulas))
	}
	if s.Unstored > 0 {
		out = append(out, i18n.T("%d formula{s} {has|have} no stored result and {reads|read} as empty; open the workbook in Excel and save it", s.Unstored))
	}
	if s.Merged > 0 {
		out = append(out, i18n.T("%d range{s} of merged cells; the value stands in the first cell of each, the others are empty", s.Merged))
	}
	return out
}

// checkParts holds a workbook to the limits before any of it is unpacked.
func (m *Member) checkParts(z *zip.Reader) error {
	var expanded, held uint64
	for _, f := range z.File {
		expanded += f.UncompressedSize64
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		spills := strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
		if !spills || f.UncompressedSize64 <= inMemory {
			held += f.UncompressedSize64
		}
		if expanded > 1<<62 {
			break
		}
	}
	if err := m.options.Limits.check(int64(min(expanded, 1<<62)), m.Bytes); err != nil {
		return readError(m.Title(), err)
	}
	if held > uint64(max(m.options.Limits.Parts, 0)) {
		return i18n.Errorf("%s: %d MB of the workbook are no sheets (pictures, styles); save the sheet with the data as a workbook of its own",
			m.Title(), int64(min(held, 1<<62))>>20)
	}
	return nil
}

// listSheets reads the names of the sheets and scans each for its size.
func (m *Member) listSheets(ctx context.Context, z *zip.Reader) ([]Sheet, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
			// Strict workbooks have another name space for the same.
			StrictID string `xml:"http://purl.oclc.org/ooxml/officeDocument/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var relations struct {
		List []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	const index = "xl/workbook.xml"
	if err := m.part(z, index, &book); err != nil {
		return nil, err
	}
	if err := m.part(z, "xl/_rels/workbook.xml.rels", &relations); err != nil {
		return nil, err
	}
	targets := map[string]string{}
	for _, r := range relations.List {
		targets[r.ID] = strings.TrimPrefix(path.Join("/", path.Dir(index), r.Target), "/")
		if strings.HasPrefix(r.Target, "/") {
			targets[r.ID] = strings.TrimPrefix(path.Clean(r.Target), "/")
		}
	}
	var sheets []Sheet
	for _, s := range book.Sheets {
		part := targets[s.ID+s.StrictID]
		if !strings.Contains(strings.ToLower(part), "worksheets/") {
			continue // a chart or a macro
		}
		sheet := Sheet{Name: s.Name, part: part}
		if err := m.scan(ctx, z, &sheet); err != nil {
			return nil, err
		}
		sheets = append(sheets, sheet)
	}
	if len(sheets) == 0 {
		return nil, i18n.Errorf("%s: the workbook has no sheets; open it in Excel and save it again", m.Title())
	}
	return sheets, nil
}

// part parses a small part of the workbook.
func (m *Member) part(z *zip.Reader, name string, into any) error {
	in, err := openPart(z, name)
	if err != nil {
		return i18n.Errorf("%s: the workbook is damaged (%v); open it in Excel and save it again", m.Title(), err)
	}
	err = xml.NewDecoder(io.LimitReader(in, inMemory)).Decode(into)
	if err := joinClose(err, in); err != nil {
		return i18n.Errorf("%s: the workbook is damaged: %s: %v; open it in Excel and save it again", m.Title(), name, err)
	}
	return nil
}

// openPart opens a file of a zip by name, whose case some writers change.
func openPart(z *zip.Reader, name string) (io.ReadCloser, error) {
	for _, f := range z.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f.Open() //nolint:wrapcheck // the caller names the file
		}
	}
	return nil, i18n.Errorf("%s is missing", tabular.Clean(name))
}

// nestedZip reads a workbook inside an archive into memory.
func nestedZip(ctx context.Context, m Member, f *zip.File) (*zip.Reader, error) {
	data, err := m.entryBytes(ctx, f)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, zipError(m.Title(), err)
	}
	return z, nil
}

// entryBytes reads a file of an archive that must be held in memory.
func (m *Member) entryBytes(ctx context.Context, f *zip.File) ([]byte, error) {
	limit := m.options.Limits.Parts
	if f.UncompressedSize64 > uint64(max(limit, 0)) {
		return nil, i18n.Errorf("%s: is larger than %d MB; unpack the archive and name the workbook", m.Title(), limit>>20)
	}
	in, err := f.Open()
	if err != nil {
		return nil, zipError(m.Title(), err)
	}
	data, err := io.ReadAll(&guarded{ctx: ctx, from: in, limits: m.options.Limits, compressed: m.Bytes})
	if err := joinClose(err, in); err != nil {
		return nil, m.streamError(ctx, err)
	}
	return data, nil
}

// options for the library: nothing is formatted by locale, large parts go to the
// member's folder.
func (m *Member) excelizeOptions() excelize.Options {
	return excelize.Options{UnzipXMLSizeLimit: inMemory, UnzipSizeLimit: max(m.options.Limits.Bytes, inMemory), TmpDir: m.options.TempDir}
}
