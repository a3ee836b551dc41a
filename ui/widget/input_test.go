package widget_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"worth/ui/screen"
	"worth/ui/theme"
	"worth/ui/widget"
)

func TestFormByKeysAlone(t *testing.T) {
	f := sampleForm(theme.NoColor())
	f.Cursor = 0
	for _, step := range []struct {
		key   string
		event widget.FormEvent
		field string
		value string
	}{
		{"right", widget.FormChanged, "order", "InvoiceDate"},
		{"left", widget.FormChanged, "order", "InvoiceNo"},
		{"left", widget.FormChanged, "order", ""}, // around the end
		{"enter", widget.FormMoved, "order", ""},  // opens the list at the value
		{"up", widget.FormMoved, "order", ""},
		{"enter", widget.FormChanged, "order", "Quantity"},
		{"enter", widget.FormMoved, "order", "Quantity"},
		{"esc", widget.FormMoved, "order", "Quantity"}, // closes the list
		{"esc", widget.FormIgnored, "order", "Quantity"},
		{"up", widget.FormIgnored, "order", "Quantity"},
		{"down", widget.FormMoved, "date", "InvoiceDate"},
		{"tab", widget.FormMoved, "currency", "EUR"},
		{"backspace", widget.FormChanged, "currency", "EU"},
		{"q", widget.FormChanged, "currency", "EUq"},
		{"home", widget.FormMoved, "currency", "EUq"},
		{"delete", widget.FormChanged, "currency", "Uq"},
		{"down", widget.FormMoved, "as_of", "2026-13-31"},
		{"x", widget.FormMoved, "as_of", "2026-13-31"}, // no part of a date
		{"down", widget.FormMoved, "margin", ""},
		{"3", widget.FormChanged, "margin", "3"},
		{"j", widget.FormMoved, "margin", "3"},
		{"down", widget.FormMoved, "zero", "true"},
		{"space", widget.FormChanged, "zero", "false"},
		{"down", widget.FormIgnored, "file", "orders.csv"}, // disabled: not reached
	} {
		if got := f.Key(pressed(step.key)); got != step.event {
			t.Errorf("%s on %s gives event %d, want %d", step.key, step.field, got, step.event)
		}
		if got := f.Value(step.field); got != step.value {
			t.Errorf("after %s %s is %q, want %q", step.key, step.field, got, step.value)
		}
	}
	if got := f.Fields[f.Cursor].Key; got != "zero" {
		t.Errorf("the cursor ends on %s", got)
	}
}

func TestFormValidates(t *testing.T) {
	wanted := errors.New("give a name")
	check := func(v string) error {
		if v == "" {
			return wanted
		}
		return nil
	}
	f := &widget.Form{Fields: []widget.Field{
		{Key: "a", Value: "x", Check: check}, {Key: "off", Check: check, Disabled: true}, {Key: "b", Check: check},
	}}
	if f.Validate() || f.Cursor != 2 || f.Fields[2].Message != wanted.Error() || f.Fields[1].Message != "" {
		t.Errorf("an empty b passes, or is not pointed at: %+v", f.Fields)
	}
	f.Insert("y\n\x1b[31m")
	if f.Fields[2].Message != "" || strings.ContainsAny(f.Value("b"), "\n\x1b") {
		t.Errorf("after pasting, b is %q with message %q", f.Value("b"), f.Fields[2].Message)
	}
	if !f.Validate() {
		t.Error("a form with all values fails")
	}
	if f.SetValue("none", "") || !f.SetValue("a", "z") || f.Values()["a"] != "z" {
		t.Error("SetValue does not tell fields it has from those it has not")
	}
}

func TestFormScrollsToTheCursorAndFindsClicks(t *testing.T) {
	f := sampleForm(theme.NoColor())
	f.Cursor = 5
	if view := f.View(60, 3); !strings.Contains(view, "Count orders") {
		t.Errorf("the field worked on is not in sight:\n%s", view)
	}
	f.Cursor = 1
	f.Key(pressed("enter"))
	lines := strings.Split(screen.Text(f.View(60, 12), 60, 12), "\n")
	y := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Quantity") })
	if got := f.Hit(y); got != widget.FormChanged || f.Value("date") != "Quantity" {
		t.Errorf("a click on an option gives %d and %q", got, f.Value("date"))
	}
	f.View(60, 12)
	if f.Hit(0) != widget.FormMoved || f.Cursor != 0 || f.Hit(11) != widget.FormIgnored {
		t.Error("a click on the first field does not go there")
	}
}

func TestPaletteOrder(t *testing.T) {
	p := widget.NewPalette(theme.NoColor(), sampleCommands())
	if c, ok := p.Chosen(); !ok || c.ID != "overview" {
		t.Errorf("with nothing typed the first is %q", c.ID)
	}
	p.Up()
	if c, _ := p.Chosen(); c.ID != "search" {
		t.Errorf("above the first stands %q", c.ID)
	}
	for typed, want := range map[string]string{"seg": "segments", "sss": "scheme", "exp": "export", "overv": "overview"} {
		p = widget.NewPalette(theme.NoColor(), sampleCommands())
		for _, r := range typed {
			p.Key(pressed(string(r)))
		}
		if c, ok := p.Chosen(); !ok || c.ID != want {
			t.Errorf("%q finds %q first, want %q", typed, c.ID, want)
		}
	}
	p = widget.NewPalette(theme.NoColor(), sampleCommands())
	p.Type("save")
	if c, ok := p.Chosen(); ok || c.Disabled == "" {
		t.Errorf("a disabled command can be chosen: %+v", c)
	}
	p.Type("zzz")
	if _, ok := p.Chosen(); ok {
		t.Error("something is chosen when nothing matches")
	}
	p.Key(pressed("ctrl+u"))
	p.View(40, 5)
	if c, _ := p.Chosen(); !p.Hit(2) || p.Hit(0) || c.ID != "overview" {
		t.Error("a click does not find its command")
	}
	if c, _ := p.Chosen(); c.ID != "segments" {
		t.Errorf("the second line is %q", c.ID)
	}
}

func TestPromptHistoryAndOffers(t *testing.T) {
	p := &widget.Prompt{}
	for _, text := range []string{"one", "two", "two"} {
		p.SetValue(text)
		p.Remember()
	}
	p.Insert("own")
	for _, step := range [][2]string{{"up", "two"}, {"up", "one"}, {"up", "one"}, {"down", "two"}, {"down", "own"}, {"down", "own"}} {
		p.Key(pressed(step[0]))
		if p.Value() != step[1] {
			t.Errorf("%s in the history shows %q, want %q", step[0], p.Value(), step[1])
		}
	}
	if p.Key(pressed("esc")) || p.Key(pressed("enter")) || p.Key(pressed("tab")) {
		t.Error("the prompt takes keys that are the page's")
	}
	p = samplePrompt(theme.NoColor()) // “chan” with the second offer picked
	if !p.Key(pressed("tab")) || p.Value() != "change" {
		t.Errorf("the offer taken is %q", p.Value())
	}
	p = samplePrompt(theme.NoColor())
	p.View(60, p.Height())
	if !p.Hit(2) || p.Value() != "channel" {
		t.Errorf("a click on the first offer takes %q", p.Value())
	}
	p = samplePrompt(theme.NoColor())
	if !p.Key(pressed("esc")) || p.Key(pressed("esc")) {
		t.Error("esc does not close the list once")
	}
}

func TestPromptEditsLikeATerminal(t *testing.T) {
	for keys, want := range map[string]string{
		"home x":           "xnet > 汉字",
		"end backspace":    "net > 汉",
		"home delete":      "et > 汉字",
		"ctrl+w":           "net > ",
		"ctrl+u":           "",
		"left ctrl+k":      "net > 汉",
		"left left x":      "net > x汉字",
		"home ctrl+k left": "",
	} {
		p := &widget.Prompt{}
		p.SetValue("net > 汉字")
		for _, k := range strings.Fields(keys) {
			p.Key(pressed(k))
		}
		if p.Value() != want {
			t.Errorf("%s leaves %q, want %q", keys, p.Value(), want)
		}
		if view := p.View(5, 1); widget.Width(view) != 5 {
			t.Errorf("%s: the view is %d wide", keys, widget.Width(view))
		}
	}
}

func TestFilePickerOrdersAndNarrows(t *testing.T) {
	f := sampleFiles(theme.NoColor())
	names := func() string {
		var all []string
		f.Move(-99)
		for {
			e, ok := f.Chosen()
			if !ok || len(all) > 0 && all[len(all)-1] == e.Name {
				return strings.Join(all, " ")
			}
			all = append(all, e.Name)
			f.Move(1)
		}
	}
	if got, want := names(), "shop.worth.duckdb .. 2025 orders.csv 客户名单.xlsx"; got != want {
		t.Errorf("offered: %s; want %s", got, want)
	}
	f.Key(pressed("ctrl+t"))
	if got, want := names(), "shop.worth.duckdb .. .cache 2025 notes.docx orders.csv 客户名单.xlsx"; got != want {
		t.Errorf("with all files: %s; want %s", got, want)
	}
	f.Type("客单")
	if e, ok := f.Chosen(); !ok || e.Path != "/home/ana/exports/客户名单.xlsx" {
		t.Errorf("typing finds %+v", e)
	}
	f.Show(widget.Listing{Dir: "/", Err: errors.New("the directory cannot be read")})
	if view := f.View(60, 6); f.Query() != "" || !strings.Contains(view, "cannot be read") {
		t.Errorf("the reason is not shown:\n%s", view)
	}
}

func TestProgressSaysHowToCancel(t *testing.T) {
	view := widget.Progress{Label: "Loading", Share: 0.5}.View(40, 3)
	if !strings.Contains(view, "50 %") || !strings.Contains(view, "ctrl+c cancels") {
		t.Errorf("drawn:\n%s", view)
	}
	if view := (widget.Progress{Cancelling: true}).View(40, 3); !strings.Contains(view, "cancelling…") {
		t.Errorf("while cancelling:\n%s", view)
	}
}
