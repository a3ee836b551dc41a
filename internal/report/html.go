package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"unicode/utf8"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// The page and its style. The style is the only thing in the file a browser
// obeys; the page names its hash and forbids everything else.
var (
	//go:embed html/page.html.tmpl
	pageText string
	//go:embed html/page.css
	pageStyle string
)

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{"clean": tabular.Clean}).Parse(pageText))

// WriteHTML writes a document as one page that needs nothing else: charts are
// drawn in it, there is no script, and its policy forbids a browser to fetch
// anything. It is light or dark as the reader's screen is, prints on A4 and
// Letter, and is well-formed XML too. Whatever texts and cells hold is shown, not
// obeyed.
func WriteHTML(out io.Writer, d Document) error {
	view := pageView{Document: d, Style: template.CSS(pageStyle), Policy: policy()} //nolint:gosec // the program's own
	for _, s := range d.Sections {
		section := sectionView{Section: s}
		for _, p := range s.Panels {
			section.Parts = append(section.Parts, viewOf(p))
		}
		view.Parts = append(view.Parts, section)
	}
	var page bytes.Buffer
	if err := pageTemplate.Execute(&page, view); err != nil {
		return i18n.Errorf("the report cannot be written: %v", err)
	}
	return writeBytes(out, page.Bytes())
}

// policy is what a browser may do with the page: apply its own style.
func policy() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// pageView is what the template sees of a Document.
type pageView struct {
	Document
	Style  template.CSS
	Policy string
	Parts  []sectionView
}

type sectionView struct {
	Section
	Parts []panelView
}

type panelView struct {
	Panel
	Drawing *drawing
	Heading []cellView
	Rows    [][]cellView
	Broad   bool // a table of many columns, in small print
}

// cellView is a cell or a heading.
type cellView struct{ Text, Doc, Class string }

const (
	broad    = 9  // columns from which on a table is in small print
	longWord = 32 // characters from which on a word may be broken anywhere
)

// viewOf draws the chart and reads the table of a panel.
func viewOf(p Panel) panelView {
	v := panelView{Panel: p}
	if p.Chart != nil {
		d := p.Chart.draw()
		v.Drawing = &d
	}
	if p.Table == nil {
		return v
	}
	v.Broad = len(p.Table.Columns) >= broad
	for _, c := range p.Table.Columns {
		title := c.Name
		if c.Title != "" {
			title = c.Title.String()
		}
		v.Heading = append(v.Heading, cellView{Text: title, Doc: c.Doc.String(), Class: classOf(c.Kind, "")})
	}
	for _, row := range p.Table.Rows {
		cells := make([]cellView, len(row))
		for i, text := range Display(row, p.Table.Columns) {
			if text == "" {
				text = "–"
			}
			cells[i] = cellView{Text: text, Class: classOf(p.Table.Columns[i].Kind, text)}
		}
		v.Rows = append(v.Rows, cells)
	}
	return v
}

// classOf returns the class of a cell in the style: numbers stand at the right,
// days stay on one line, and what has no place to break may be broken anywhere.
func classOf(kind tabular.Kind, text string) string {
	switch {
	case kind.Numeric():
		return "n"
	case kind == tabular.Date || kind == tabular.Time:
		return "day"
	}
	for word := range strings.FieldsSeq(text) {
		if utf8.RuneCountInString(word) > longWord {
			return "long"
		}
	}
	return ""
}
