package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"worth/internal/i18n"
	"worth/internal/intake/decode"
)

// InspectAll looks at every table in the file at path: the file itself, the files
// of an archive, the sheets of a workbook. Text that is UTF-8 already is read
// where it is; everything else through a decoded copy in o.TempDir, which only
// the owner can read. See Inspect for what is looked at; decoding, which may take
// seconds for large files, is told to o.Decoding.
func InspectAll(ctx context.Context, path string, o Options) ([]*Source, error) {
	if _, err := stat(path); err != nil {
		return nil, err
	}
	if err := readable(path); err != nil { // files of a folder were not opened yet
		return nil, err
	}
	members, err := decode.Open(ctx, path, decode.Options{Encoding: o.Encoding, Sheet: o.Sheet, Limits: o.Limits, TempDir: o.TempDir})
	if err != nil {
		return nil, err
	}
	sources := make([]*Source, 0, len(members))
	for i := range members {
		s, err := inspectMember(ctx, &members[i], o)
		if err != nil {
			return nil, err
		}
		sources = append(sources, s)
	}
	return sources, nil
}

// inspectMember looks at one table, through a copy where it needs one.
func inspectMember(ctx context.Context, m *decode.Member, o Options) (*Source, error) {
	s := &Source{
		Path: m.Path, Original: m.Path, Bytes: m.Bytes, Encoding: m.Encoding, Sheet: m.Sheet, Member: memberName(m),
		Evidence: append([]string(nil), m.Evidence...), unchanged: m.Unchanged,
	}
	if m.Format == decode.Text && m.Confidence < decode.Unsure {
		s.Warnings = append(s.Warnings, i18n.T("the encoding %s is not certain (%s); if names look wrong, say which it is with --encoding",
			string(m.Encoding), i18n.Percent(m.Confidence, 0)))
	}
	if !m.Plain {
		if err := s.copyDecoded(ctx, m, o); err != nil {
			return nil, err
		}
	}
	return s, s.inspect(ctx, o)
}

// memberName is the member without its path; empty when it is the whole file.
func memberName(m *decode.Member) string {
	name := m.Name
	if m.Sheet != "" {
		name += " [" + m.Sheet + "]"
	}
	return strings.TrimSpace(name)
}

// copyDecoded writes the UTF-8 copy of a member that the source is read through.
func (s *Source) copyDecoded(ctx context.Context, m *decode.Member, o Options) error {
	if o.TempDir == "" {
		return i18n.Errorf("%s: text that is not plain UTF-8 needs a folder for a temporary copy", s.Title())
	}
	out, err := os.CreateTemp(o.TempDir, "decoded-*")
	if err != nil {
		return i18n.Errorf("%s: no temporary copy could be made in %s: %v", s.Title(), o.TempDir, err)
	}
	sum := sha256.New()
	stats, err := m.WriteUTF8(ctx, io.MultiWriter(out, sum), o.tell(s.Title()))
	if err = errors.Join(err, out.Close()); err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	s.Path = out.Name()
	if s.Member != "" { // its file is not what tells it from others
		s.SHA256 = hex.EncodeToString(sum.Sum(nil))
	}
	s.remark(m, stats)
	return nil
}

// tell makes progress of decoding a file the caller's.
func (o Options) tell(title string) func(done, total int64) {
	if o.Decoding == nil {
		return nil
	}
	return func(done, total int64) { o.Decoding(title, float64(done)/float64(max(total, 1))) }
}

// remark notes what decoding could not do.
func (s *Source) remark(m *decode.Member, stats decode.Stats) {
	if stats.Replaced > 0 {
		at := make([]string, 0, len(stats.Problems))
		for _, p := range stats.Problems {
			at = append(at, i18n.T("line %s, byte %s: %s", strconv.FormatInt(p.Line, 10), strconv.FormatInt(p.Byte, 10), p.Bytes))
		}
		s.Warnings = append(s.Warnings, i18n.T("%d {place is no character|places are no characters} in %s and read as � (%s)", stats.Replaced, string(m.Encoding), strings.Join(at, "; ")))
	}
	s.sheetDates, s.gaps = stats.Dates, stats.Gaps
	if stats.Spoilt > 0 {
		s.Warnings = append(s.Warnings, i18n.T("%d number{s} of the sheet {has lost its|have lost their} last digits; format the column as text and enter the ids again", stats.Spoilt))
	}
	for _, sheet := range m.Sheets {
		if sheet.Name == m.Sheet && sheet.Unstored > 0 {
			s.Warnings = append(s.Warnings, i18n.T("%d formula{s} {has|have} no stored result and {reads|read} as empty; open the workbook in Excel and save it", sheet.Unstored))
		}
	}
}

// Title names the source for people: the file, and the part of it that it is.
func (s *Source) Title() string {
	if s.Member == "" {
		return s.Original
	}
	return s.Original + ": " + s.Member
}
