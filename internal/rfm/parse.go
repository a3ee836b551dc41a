package rfm

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"worth/internal/i18n"
)

// Limits that no real scheme meets; they bound the work of proving one.
const (
	maxSegments = 100
	maxRules    = 500
)

// languages are the tags a segment may have names in, beside English.
var languages = []string{"zh-Hans", "zh-Hant"}

var (
	schemeName = regexp.MustCompile(`^[\pL\pN][\pL\pN ._-]{0,59}$`)
	threeBits  = regexp.MustCompile(`^[01]{3}$`)
)

func parse(file string, data []byte) (Scheme, error) {
	r := &reader{file: file}
	s := Scheme{file: file, Text: string(data)}
	if body := r.body(data); body != nil {
		r.scheme(body, &s)
	}
	if len(r.errs) == 0 {
		r.errs = s.validate()
	}
	if len(r.errs) > 0 {
		return Scheme{}, errors.Join(r.errs...)
	}
	return s, nil
}

func (r *reader) scheme(body ast.Node, s *Scheme) {
	top := r.fields(body, i18n.T("a scheme"),
		"name", "title", "levels", "match", "unmatched", "segments", "parameters", "rules", "map")
	if len(top) == 0 {
		return
	}
	r.header(top, s)
	if node, ok := top["segments"]; ok {
		r.segments(node, s)
	} else {
		r.failAt(1, 1, i18n.T("the scheme has no list of segments; add \"segments:\", best first"))
	}
	if node, ok := top["parameters"]; ok {
		r.parameters(node, s)
	}
	s.line = 1
	if node, ok := top["map"]; ok {
		s.line = position(node).Line
	}
	if node, ok := top["rules"]; ok {
		s.line = position(node).Line
		r.rules(node, s)
	}
	if node, ok := top["map"]; ok {
		r.grid(node, s)
	}
	if top["map"] == nil && top["rules"] == nil {
		r.failAt(1, 1, i18n.T("the scheme has neither a map nor rules, so nobody belongs anywhere"))
	}
	if len(s.rules) > maxRules {
		r.failAt(s.line, 1, i18n.T("the scheme has %d rule{s}; %d are the most", len(s.rules), maxRules))
	}
	r.unused(s)
}

// header reads everything about the scheme that is not a list.
func (r *reader) header(top map[string]ast.Node, s *Scheme) {
	s.Name, s.Levels, s.Match = baseName(r.file), DefaultLevels, MatchFirst
	if node, ok := top["name"]; ok {
		s.Name = r.text(node, "name")
		if s.Name != "" && !schemeName.MatchString(s.Name) {
			r.fail(node, i18n.T("the name %q must be at most 60 letters, digits, blanks, dots and dashes", s.Name))
		}
	}
	if node, ok := top["title"]; ok {
		s.Title = r.text(node, "title")
	}
	if node, ok := top["levels"]; ok {
		n, err := strconv.Atoi(r.text(node, "levels"))
		if err != nil || n < MinLevels || n > MaxLevels {
			r.fail(node, i18n.T("levels must be a number from %d to %d", MinLevels, MaxLevels))
			n = DefaultLevels
		}
		s.Levels = n
	}
	if node, ok := top["match"]; ok {
		s.Match = Match(r.choice(node, "match", string(MatchFirst), string(MatchExactlyOne)))
	} else if top["rules"] == nil {
		s.Match = MatchExactlyOne
	}
	if node, ok := top["unmatched"]; ok {
		s.Unmatched = r.choice(node, "unmatched", unmatchedRefused, unmatchedAllowed) == unmatchedAllowed
	}
}

func (r *reader) segments(node ast.Node, s *Scheme) {
	items := r.items(node, "segments")
	if len(items) == 0 || len(items) > maxSegments {
		r.fail(node, i18n.T("a scheme has between 1 and %d segments, not %d", maxSegments, len(items)))
		return
	}
	for i, item := range items {
		f := r.fields(item, i18n.T("a segment"), append([]string{"name", "meaning", "bits"}, languages...)...)
		name, ok := f["name"]
		if !ok {
			r.fail(item, i18n.T("this segment has no name"))
			continue
		}
		seg := Segment{Name: r.text(name, "name"), Order: i + 1, Names: make(map[string]string)}
		if strings.EqualFold(seg.Name, Unmatched) {
			r.fail(name, i18n.T("no segment may be called %s: that is who is left over", Unmatched))
		}
		if slices.ContainsFunc(s.Segments, func(o Segment) bool { return strings.EqualFold(o.Name, seg.Name) }) {
			r.fail(name, i18n.T("the segment %q is listed twice", seg.Name))
		}
		for _, language := range languages {
			if n, ok := f[language]; ok {
				seg.Names[language] = r.text(n, language)
			}
		}
		if n, ok := f["meaning"]; ok {
			seg.Meaning = r.text(n, "meaning")
		}
		if n, ok := f["bits"]; ok {
			seg.Bits = r.text(n, "bits")
			if !threeBits.MatchString(seg.Bits) {
				r.fail(n, i18n.T("bits are three digits for R, F and M, 1 for high and 0 for low, as in \"110\""))
			}
		}
		s.Segments = append(s.Segments, seg)
	}
}

func (r *reader) parameters(node ast.Node, s *Scheme) {
	for _, e := range r.entries(node, "parameters") {
		if _, taken := statistic(e.key, AOV); taken || !symbolic.MatchString(e.key) {
			r.fail(e.node, i18n.T("a parameter cannot be called %q; use small letters, digits and _, and not the name of a statistic", e.key))
			continue
		}
		sp, err := parseSpan(r.text(e.value, e.key))
		if err != nil || sp.lo != sp.hi || sp.lo.symbol != "" {
			r.fail(e.value, i18n.T("the parameter %s must be a number", e.key))
			continue
		}
		s.Parameters = append(s.Parameters, Parameter{Name: e.key, Value: sp.lo.number})
	}
}

func (r *reader) rules(node ast.Node, s *Scheme) {
	known := append([]string{"segment"}, names[:]...)
	for _, item := range r.items(node, "rules") {
		p := position(item)
		f := r.fields(item, i18n.T("a rule"), known...)
		segment, ok := f["segment"]
		if !ok {
			r.fail(item, i18n.T("this rule names no segment"))
			continue
		}
		next := newRule(r.member(segment, s), p.Line, p.Column)
		for _, m := range AllMeasures() {
			if value, ok := f[m.String()]; ok {
				sp, err := parseSpan(r.text(value, m.String()))
				if err != nil {
					r.fail(value, err.Error())
					continue
				}
				next.spans[m] = sp
			}
		}
		s.rules = append(s.rules, next)
	}
}

// member returns the segment that a rule or cell names, or reports that the
// scheme has none of that name.
func (r *reader) member(node ast.Node, s *Scheme) string {
	name := r.text(node, "segment")
	if _, ok := s.Segment(name); !ok && name != "" {
		list := make([]string, len(s.Segments))
		for i, seg := range s.Segments {
			list[i] = seg.Name
		}
		r.fail(node, i18n.T("%q is not in the list of segments: %s", name, strings.Join(list, ", ")))
	}
	return name
}

// grid reads a map. Neighbours of one segment in a row become one rule.
func (r *reader) grid(node ast.Node, s *Scheme) {
	f := r.fields(node, i18n.T("a map"), "rows", "columns", "grid")
	for _, key := range []string{"rows", "columns", "grid"} {
		if f[key] == nil {
			r.fail(node, i18n.T("the map has no %q; it needs rows, columns and grid", key))
			return
		}
	}
	rows, ok := r.scoreOf(f["rows"], "rows")
	columns, alsoOK := r.scoreOf(f["columns"], "columns")
	if !ok || !alsoOK {
		return
	}
	if rows == columns {
		r.fail(f["columns"], i18n.T("rows and columns of the map are both %s; take two scores", rows.String()))
		return
	}
	seen := make(map[int]bool)
	for _, e := range r.entries(f["grid"], "grid") {
		level, err := strconv.Atoi(e.key)
		if err != nil || level < 1 || level > s.Levels || seen[level] {
			r.fail(e.node, i18n.T("the grid has one row for each score from 1 to %d, and %q is not one more of them", s.Levels, e.key))
			continue
		}
		seen[level] = true
		r.row(e, rows, columns, level, s)
	}
	for level := 1; level <= s.Levels; level++ {
		if !seen[level] && !s.Unmatched {
			r.fail(f["grid"], i18n.T("%s %d belongs to no segment: the grid has no row %d", label(rows), level, level))
		}
	}
}

// scoreOf reads the score that the rows or the columns of a map stand for.
func (r *reader) scoreOf(node ast.Node, key string) (Measure, bool) {
	scores := []Measure{R, F, M, FM}
	names := make([]string, len(scores))
	for i, m := range scores {
		names[i] = m.String()
	}
	i := slices.Index(names, r.choice(node, key, names...))
	if i < 0 {
		return 0, false
	}
	return scores[i], true
}

func (r *reader) row(e entry, rows, columns Measure, level int, s *Scheme) {
	cells := r.items(e.value, i18n.T("a row of the grid"))
	if len(cells) != s.Levels {
		r.fail(e.value, i18n.T("the row of %s %d needs %d cell{s}, for %s 1 to %d, and has %d",
			label(rows), level, s.Levels, label(columns), s.Levels, len(cells)))
		return
	}
	var run *rule
	for i, cell := range cells {
		score := float64(i + 1)
		if _, empty := cell.(*ast.NullNode); empty {
			if !s.Unmatched {
				r.fail(cell, i18n.T("%s %d, %s %d belongs to no segment", label(rows), level, label(columns), i+1))
			}
			run = nil
			continue
		}
		name := r.member(cell, s)
		if run != nil && run.segment == name {
			run.spans[columns].hi.number = score
			continue
		}
		p := position(cell)
		next := newRule(name, p.Line, p.Column)
		next.spans[rows] = exactly(float64(level))
		next.spans[columns] = exactly(score)
		s.rules = append(s.rules, next)
		run = &s.rules[len(s.rules)-1]
	}
}

// unused reports segments that nobody can belong to for want of a rule.
func (r *reader) unused(s *Scheme) {
	for _, seg := range s.Segments {
		if !slices.ContainsFunc(s.rules, func(o rule) bool { return o.segment == seg.Name }) {
			r.failAt(s.line, 1, i18n.T("the segment %q is in the list, but no rule leads to it", seg.Name))
		}
	}
}

func newRule(segment string, line, column int) rule {
	o := rule{segment: segment, line: line, column: column}
	for i := range o.spans {
		o.spans[i] = anything
	}
	return o
}

func exactly(v float64) span { return span{bound{number: v}, bound{number: v}} }

// label returns how a measure is written in a sentence: scores as R, F, M, FM.
func label(m Measure) string {
	if m.isScore() {
		return strings.ToUpper(m.String())
	}
	return m.String()
}
