package intake

import (
	"bytes"
	"slices"
	"strings"
)

// preambleRecords is how many records may stand before the header.
const preambleRecords = 20

// skipPreamble finds the header below what exports write above it: a title, the
// period, a row of labels over groups of columns. It returns the offset of the
// header in the text, 0 when there is nothing above it, and notes what is left
// out. Only records that are no rows of the table are skipped: at most half
// filled, or the same few labels again and again.
func (s *Source) skipPreamble(text []byte, d dialect, whole bool) int {
	r := &recordReader{dialect: d, data: text, whole: whole}
	records := r.readAll(dialectRecords)
	width, evenly := usualWidth(records)
	if width < 3 || evenly < 0.5 {
		return 0
	}
	at := 0
	for at < min(len(records), preambleRecords) && isPreamble(records[at], width) {
		at++
	}
	if at < len(records)-1 && isLabels(records[at], records[at+1], width) {
		at++
	}
	if at == 0 || at >= len(records) || !namesColumns(records[at], records[at+1:], width) {
		return 0
	}
	start := offsetOf(text, d, whole, at)
	s.SkipLines = strings.Count(string(text[:start]), newLineOf(text))
	s.note("%d line{s} above the column names {is|are} left out, beginning with %q", s.SkipLines, clip(firstFilled(records[0])))
	return start
}

// isPreamble reports whether a record can be no row of a table of this width.
func isPreamble(record []string, width int) bool {
	return filledCells(record)*2 <= width
}

// isLabels reports whether a record repeats a few labels over the names of the
// columns below.
func isLabels(record, below []string, width int) bool {
	if len(record) != width || len(below) != width {
		return false
	}
	distinct := map[string]bool{}
	for _, cell := range record {
		if cell = strings.TrimSpace(cell); cell != "" {
			distinct[cell] = true
		}
	}
	return len(distinct)*2 <= filledCells(record) && knownNames(below) > max(1, knownNames(record))
}

// namesColumns reports whether a record is a header: text in most columns, of
// which some are known names or stand over values.
func namesColumns(record []string, rows [][]string, width int) bool {
	if len(record) < width-1 || filledCells(record)*3 < width*2 {
		return false
	}
	over := 0
	for i, cell := range record {
		if shapeOf(strings.TrimSpace(cell)) != textShape {
			return false
		}
		if valueShape(cellsOf(rows, i, 200)) != textShape {
			over++
		}
	}
	return knownNames(record) > 0 || over > 0
}

func knownNames(record []string) int {
	known := 0
	for _, cell := range record {
		if vocabulary().anyName[normalise(cell)] {
			known++
		}
	}
	return known
}

func filledCells(record []string) int {
	filled := 0
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			filled++
		}
	}
	return filled
}

func firstFilled(record []string) string {
	i := slices.IndexFunc(record, func(cell string) bool { return strings.TrimSpace(cell) != "" })
	if i < 0 {
		return ""
	}
	return strings.TrimSpace(record[i])
}

// offsetOf returns where the record with this number, from 0, begins.
func offsetOf(text []byte, d dialect, whole bool, number int) int {
	r := &recordReader{dialect: d, data: text, whole: whole}
	for range number {
		r.next()
	}
	for r.at < len(text) && newline(text[r.at]) {
		r.at++
	}
	return r.at
}

// dropLabels leaves out a second header: a row of labels or units below the names,
// which is text or empty in every column that has values below. The reader then
// starts below it.
func (s *Source) dropLabels(header []byte, rows [][]string) [][]string {
	if len(rows) < 3 || filledCells(rows[0]) == 0 || bytes.ContainsAny(bytes.TrimRight(header, "\r\n"), "\r\n") {
		return rows
	}
	values, labels := 0, 0
	for i, cell := range rows[0] {
		if valueShape(cellsOf(rows[1:], i, 200)) == textShape {
			continue
		}
		values++
		if cell = trimCell(cell); isNull(cell) {
			continue
		}
		if shapeOf(cell) != textShape {
			return rows
		}
		labels++
	}
	if values < 2 || labels == 0 {
		return rows
	}
	s.Labels = true
	s.note("the row below the column names holds labels (%s …) and is left out", clip(firstFilled(rows[0])))
	return rows[1:]
}

// trailingEmpty notes columns at the end without name and values, which a
// delimiter at the end of every line makes.
func (s *Source) trailingEmpty(rows [][]string) {
	empty := 0
	for i := len(s.Headers) - 1; i > 0 && strings.TrimSpace(s.Headers[i]) == ""; i-- {
		if slices.ContainsFunc(rows, func(row []string) bool { return strings.TrimSpace(row[i]) != "" }) {
			break
		}
		empty++
	}
	if empty > 0 {
		s.note("%d column{s} at the end {has|have} neither name nor values", empty)
	}
}
