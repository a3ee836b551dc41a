package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

var update = flag.Bool("update", false, "write the golden files anew")

// everything is a document with every kind of chart, and text in every place.
func everything(text string) Document {
	line := LineChart{
		Label: text, Format: i18n.Short, Diagonal: true, XTicks: []Tick{{0, text}},
		Points: []Point{{0, -5, text}, {1, 20, text}, {2, math.NaN(), text}, {3, math.Inf(1), text}, {4, 12, text}},
	}
	return Document{
		Title: text, Language: "en", Carried: []string{text, text}, Made: text, Privacy: text,
		Sections: []Section{{
			ID: "one", Title: text, Lead: text, Figures: []Figure{{text, text, text}},
			Panels: []Panel{
				{Title: text, Note: text, Chart: line, Notes: []string{text}},
				{Title: text, Chart: PairedBars{Label: text, First: text, Second: text, Rows: []Bar{{text, 0.5, -1, text, text}, {text, math.NaN(), 1, text, text}}}},
				{Title: text, Chart: ColumnChart{Label: text, Bars: []UprightBar{{text, 3, text}, {text, 0, text}}}},
				{Title: text, Chart: HeatMap{
					Label: text, RowTitle: text, ColTitle: text, RowLabels: []string{text, text}, ColLabels: []string{text, text},
					Cells: [][]HeatCell{{{4, text, text}, {1, text, text}}, {{0, text, text}}},
				}},
				{Title: text, Wide: true, Table: &tabular.Table{
					Columns: []tabular.Column{{Name: text}, {Name: "n", Title: i18n.Text(strings.ReplaceAll(text, "%", "%%")), Kind: tabular.Integer}, {Name: "d", Kind: tabular.Date}},
					Rows:    [][]any{{text, int64(12345), day}, {nil, nil, nil}},
				}},
			},
		}},
	}
}

func page(t testing.TB, d Document) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteHTML(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// wellFormed reads a page as strict XML, checks that ids are there once and every
// link leads to one, and returns the names of its elements and its texts.
func wellFormed(t testing.TB, text string) (elements, texts []string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	ids := map[string]int{}
	var links []string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the page is not well-formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			elements = append(elements, token.Name.Local)
			for _, a := range token.Attr {
				name := strings.ToLower(a.Name.Local)
				switch {
				case name == "id":
					ids[a.Value]++
				case name == "href":
					links = append(links, a.Value)
				case strings.HasPrefix(name, "on") || name == "src" || name == "style":
					t.Errorf("<%s> has the attribute %s=%q", token.Name.Local, a.Name.Local, a.Value)
				}
			}
		case xml.CharData:
			texts = append(texts, string(token))
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("the id %q is there %d times", id, n)
		}
	}
	for _, link := range links {
		if id, ok := strings.CutPrefix(link, "#"); !ok || ids[id] == 0 {
			t.Errorf("the link %q leads nowhere in the page", link)
		}
	}
	return elements, texts
}

// harmless fails the test for anything in a page that a browser would run or
// fetch.
func harmless(t testing.TB, text string) {
	t.Helper()
	elements, _ := wellFormed(t, text)
	for _, name := range []string{"script", "img", "link", "iframe", "object", "embed", "form", "foreignObject", "image", "use", "base"} {
		if slices.Contains(elements, name) {
			t.Errorf("the page has a <%s>", name)
		}
	}
	style := text[strings.Index(text, "<style>"):strings.Index(text, "</style>")]
	for _, fetching := range []string{"url(", "@import", "@font-face", "src:"} {
		if strings.Contains(style, fetching) {
			t.Errorf("the style has %s", fetching)
		}
	}
}

func TestHTMLShowsAndDoesNotObey(t *testing.T) {
	for _, hostile := range []string{
		`<script>alert(1)</script>`,
		`"><img src=x onerror=alert(1)>`,
		`' onmouseover='alert(1)`,
		`</style><style>*{background:url(http://x)}</style>`,
		`</title></svg></table><script src="//x"></script>`,
		`]]><!-- --><!--`,
		`javascript:alert(1)`,
		`{{.Title}}{{template "x"}}`,
		`&lt;&amp;&#x3c;`,
		"a\x00b\x01\x1b[31m\x7f\u009b\u202e\u2066\ufffe\xff\xfe\r\n\ttail",
		strings.Repeat("w", 5000),
		"名字 𠜎 👩‍👩‍👧 e\u0301\u0301\u0301\u0301",
	} {
		text := page(t, everything(hostile))
		harmless(t, text)
		for _, r := range text {
			if r != '\n' && unicode.IsControl(r) || r == '\u202e' || r == '\u2066' {
				t.Errorf("%U of %q is in the page", r, hostile)
			}
		}
		_, texts := wellFormed(t, text)
		if want := tabular.Clean(hostile); !slices.Contains(texts, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
}

func TestHTMLHasAPolicy(t *testing.T) {
	text := page(t, everything("x"))
	if !strings.Contains(text, `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-`) {
		t.Error("the page has no policy")
	}
	if strings.Contains(text, "unsafe") || strings.Contains(text, "http://") && strings.Count(text, "http://") != strings.Count(text, `xmlns="http://www.w3.org/`) {
		t.Error("the policy allows too much, or the page names an address")
	}
	if !strings.Contains(text, "<style>"+pageStyle+"</style>") {
		t.Error("the style is not the one whose hash the policy names")
	}
}

func TestHTMLGolden(t *testing.T) {
	got := page(t, everything("Net & gross"))
	got = got[strings.Index(got, "<body>"):] // the style is looked at in a browser
	path := filepath.Join("testdata", "document.html.golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page has changed; look at it and run with -update:\n%s", got)
	}
}

func TestChartsOfNothing(t *testing.T) {
	d := Document{Language: "en", Sections: []Section{{ID: "a", Panels: []Panel{
		{Chart: LineChart{}},
		{Chart: PairedBars{}},
		{Chart: ColumnChart{}},
		{Chart: HeatMap{}},
		{Table: &tabular.Table{}},
		{Chart: LineChart{Format: i18n.Short, Points: []Point{{1, 0, ""}}}},
		{Chart: PairedBars{Rows: []Bar{{}}}},
		{Chart: HeatMap{RowLabels: []string{"R1"}, ColLabels: []string{"F1"}}},
	}}}}
	text := page(t, d)
	harmless(t, text)
	for _, wrong := range []string{"NaN", "Inf"} {
		if strings.Contains(text, wrong) {
			t.Errorf("a chart of nothing has %s in it", wrong)
		}
	}
}

func TestAxesHoldTheirValues(t *testing.T) {
	for _, span := range [][2]float64{{0, 0}, {0, 1}, {0, 0.03}, {-5, 20}, {-3, -1}, {0, 1e12}, {0, 43_211.7}, {-1e-9, 1e-9}} {
		ticks := rounded(span[0], span[1])
		if ticks[0] > span[0] || ticks[len(ticks)-1] < span[1] || len(ticks) < 2 || len(ticks) > 8 {
			t.Errorf("the axis of %v has %v", span, ticks)
		}
		if !slices.IsSorted(ticks) {
			t.Errorf("the axis of %v goes back and forth: %v", span, ticks)
		}
	}
}
