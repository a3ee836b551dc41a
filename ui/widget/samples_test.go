package widget_test

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/ui/theme"
	"worth/ui/widget"
)

// sampleThemes are the themes every widget is drawn in.
func sampleThemes() []theme.Theme { return []theme.Theme{theme.Dark(), theme.Light(), theme.NoColor()} }

// sampleViews are the widgets with ordinary content.
func sampleViews(th theme.Theme) map[string]widget.Viewer {
	return map[string]widget.Viewer{
		"panel":     widget.Panel{Theme: th, Title: "Segments", Note: "11-segment map", Focused: true, Body: sampleBars(th)},
		"barlist":   sampleBars(th),
		"sparkline": widget.Sparkline{Theme: th, Values: []float64{1, 3, 2, math.NaN(), 5, 8, 13, 9, 0, 4}},
		"revenue":   sampleRevenue(th),
		"bars":      sampleMonths(th),
		"lorenz":    sampleLorenz(th),
		"heatmap":   sampleHeat(th),
		"form":      sampleForm(th),
		"formlist":  sampleOpenForm(th),
		"prompt":    samplePrompt(th),
		"palette":   samplePalette(th),
		"files":     sampleFiles(th),
		"progress":  widget.Progress{Theme: th, Label: "Loading orders.csv", Detail: "187,442 rows", Share: 0.42, Elapsed: 12 * time.Second},
		"spinner":   widget.Progress{Theme: th, Label: "Scoring customers", Share: math.NaN(), Frame: 7, Elapsed: 400 * time.Millisecond, Cancelling: true},
		"overlay":   sampleOverlay(th),
		"tree":      sampleTree(th),
		"sliders":   sampleSliders(th),
	}
}

func sampleSliders(th theme.Theme) *widget.Sliders {
	return &widget.Sliders{Theme: th, Focused: true, Cursor: 1, Rows: []widget.Slider{
		{Label: "frequency", Base: 3.1, At: 3.6, High: 15.5, Value: "3.1 → 3.6 /yr"},
		{Label: "margin", Base: 0.34, At: 0.34, Low: -1, High: 1, Value: "34 %"},
		{Label: "保留率", Mark: "◆", Base: 0.71, At: 0.62, Low: 0.1, High: 0.99, Value: "71 % → 62 %"},
		{Label: "dropout", Base: 1, At: 1.4, Low: 0.01, High: 100, Value: "×1 → ×1.4"},
		{Label: "horizon", Off: "the formula has none"},
	}}
}

func sampleBars(th theme.Theme) *widget.BarList {
	b := &widget.BarList{Theme: th, Heading: "segment", Titles: []string{"customers", "revenue", "net revenue"}, Focused: true, Cursor: 1}
	for _, s := range []struct {
		name  string
		share float64
		money string
	}{
		{"Champions", 0.47, "5.83 M"},
		{"Loyal", 0.21, "2.6 M"},
		{"At Risk", 0.11, "1.36 M"},
		{"Potential Loyalists", 0.08, "992 k"},
		{"New Customers", 0.05, "620 k"},
		{"重要价值客户", 0.04, "496 k"},
		{"Hibernating", 0.03, "372 k"},
		{"Lost", 0.009, "112 k"},
	} {
		share := strconv.FormatFloat(s.share*100, 'f', 1, 64) + " %"
		b.Rows = append(b.Rows, widget.BarRow{Label: s.name, Value: s.share, Cells: []string{"11 %", share, s.money}})
	}
	b.Rows = append(b.Rows, widget.BarRow{Label: "Unmatched", Value: 0.001, Cells: []string{"0 %", "0.1 %", "12.4 k"}, Unmatched: true})
	return b
}

func sampleRevenue(th theme.Theme) *widget.LineChart {
	start := widget.DayNumber(time.Date(2024, 11, 1, 0, 0, 0, 0, time.UTC))
	var now, before []widget.Point
	for i := range 104 {
		x := start + float64(7*i)
		y := 90000 + 30000*math.Sin(float64(i)/8) + 400*float64(i)
		if i == 60 || i == 61 {
			y = math.NaN()
		}
		now = append(now, widget.Point{X: x, Y: y})
		before = append(before, widget.Point{X: x, Y: 70000 + 25000*math.Sin(float64(i)/8)})
	}
	return &widget.LineChart{
		Theme: th, X: widget.Axis{Dates: true}, Focused: true, Cursor: 40,
		Series: []widget.Series{{Name: "net revenue", Points: now}, {Name: "year before", Points: before}},
	}
}

func sampleMonths(th theme.Theme) *widget.LineChart {
	c := &widget.LineChart{Theme: th, X: widget.Axis{Dates: true}, Shape: widget.ShapeBars}
	var points []widget.Point
	for i := range 24 {
		day := time.Date(2024, time.November+time.Month(i), 1, 0, 0, 0, 0, time.UTC)
		points = append(points, widget.Point{X: widget.DayNumber(day), Y: 4e5 + 3e5*math.Sin(float64(i)/2)})
	}
	c.Series = []widget.Series{{Name: "net revenue per month", Points: points}}
	return c
}

func sampleLorenz(th theme.Theme) *widget.LineChart {
	percent := func(v float64) string { return strconv.Itoa(int(math.Round(v*100))) + " %" }
	c := &widget.LineChart{
		Theme: th, Diagonal: true, Shape: widget.ShapeArea, Focused: true, Cursor: 20,
		X: widget.Axis{Max: 1, Format: percent}, Y: widget.Axis{Max: 1, Format: percent},
	}
	var points []widget.Point
	for i := range 101 {
		x := float64(i) / 100
		points = append(points, widget.Point{X: x, Y: 1 - (1-x)*(1-x)*(1-x)})
	}
	c.Series = []widget.Series{{Name: "share of revenue", Points: points}}
	return c
}

func sampleHeat(th theme.Theme) *widget.HeatMap {
	m := &widget.HeatMap{Theme: th, RowTitle: "R", ColTitle: "F", Focused: true, Row: 1, Col: 3}
	names := []string{"Lost", "Hibern.", "At Risk", "Loyal", "Champ."}
	for r := range 5 {
		m.RowLabels = append(m.RowLabels, strconv.Itoa(5-r))
		m.ColLabels = append(m.ColLabels, strconv.Itoa(r+1))
		row := make([]widget.HeatCell, 5)
		for c := range row {
			n := (5 - r) * (c + 1) * (c + 2) * 37
			row[c] = widget.HeatCell{Value: float64(n), Text: strconv.Itoa(n), Note: names[(4-r+c)/2]}
		}
		m.Cells = append(m.Cells, row)
	}
	return m
}

func sampleForm(th theme.Theme) *widget.Form {
	columns := []widget.Choice{{Value: "InvoiceNo"}, {Value: "InvoiceDate"}, {Value: "Quantity"}, {Value: "", Label: "not in this file"}}
	return &widget.Form{Theme: th, Cursor: 1, Fields: []widget.Field{
		{Key: "order", Label: "Order id", Kind: widget.FieldChoice, Value: "InvoiceNo", Options: columns, Note: "recognised by name"},
		{Key: "date", Label: "Order date", Kind: widget.FieldChoice, Value: "InvoiceDate", Options: columns, Note: "dd/mm/yyyy in 187,442 rows"},
		{Key: "currency", Label: "Currency", Kind: widget.FieldText, Value: "EUR", Hint: "three letters"},
		{Key: "as_of", Label: "As of", Kind: widget.FieldDate, Value: "2026-13-31", Message: "2026-13-31 is not a date; write it as 2026-10-31"},
		{Key: "margin", Label: "Margin", Kind: widget.FieldNumber, Hint: "unknown", Note: "share of net revenue"},
		{Key: "zero", Label: "Count orders of amount 0", Kind: widget.FieldToggle, Value: "true"},
		{Key: "file", Label: "File", Value: "orders.csv", Disabled: true},
	}}
}

func sampleOpenForm(th theme.Theme) *widget.Form {
	f := sampleForm(th)
	f.Key(pressed("enter"))
	return f
}

func samplePrompt(th theme.Theme) *widget.Prompt {
	p := &widget.Prompt{Theme: th, Label: "filter", Message: "there is no column “chan”", Complete: func(string, int) (int, []widget.Suggestion) {
		return 0, []widget.Suggestion{{Text: "channel", Note: "text · 7 values"}, {Text: "change", Note: "number"}}
	}}
	p.Insert("chan")
	p.Key(pressed("down"))
	return p
}

func samplePalette(th theme.Theme) *widget.Palette {
	p := widget.NewPalette(th, sampleCommands())
	p.Type("se")
	p.Down()
	return p
}

func sampleCommands() []widget.Command {
	return []widget.Command{
		{ID: "overview", Title: "Go to overview", Keys: "1"},
		{ID: "segments", Title: "Go to segments", Keys: "2"},
		{ID: "scheme", Title: "Switch segmentation scheme", Keys: "s"},
		{ID: "save", Title: "Save snapshot", Disabled: "the workspace is in memory"},
		{ID: "export", Title: "Export what is shown", Keys: "e"},
		{ID: "search", Title: "Search", Keys: "/"},
	}
}

func sampleFiles(th theme.Theme) *widget.FilePicker {
	day := time.Date(2026, 10, 31, 9, 0, 0, 0, time.UTC)
	f := widget.NewFilePicker(th, []widget.FileEntry{{Name: "shop.worth.duckdb", Path: "/data/shop.worth.duckdb", Size: 48123904, Modified: day}})
	f.Show(widget.Listing{Dir: "/home/ana/exports", Entries: []widget.FileEntry{
		{Name: "orders.csv", Path: "/home/ana/exports/orders.csv", Size: 12400000, Modified: day},
		{Name: "2025", Path: "/home/ana/exports/2025", Dir: true, Modified: day},
		{Name: ".cache", Path: "/home/ana/exports/.cache", Dir: true},
		{Name: "客户名单.xlsx", Path: "/home/ana/exports/客户名单.xlsx", Size: 8412, Modified: day},
		{Name: "notes.docx", Path: "/home/ana/exports/notes.docx", Size: 1000},
	}})
	return f
}

func sampleOverlay(th theme.Theme) widget.Viewer {
	return widget.ViewFunc(func(w, h int) string {
		box := widget.Panel{Theme: th, Title: "Commands", Focused: true, Body: samplePalette(th)}.View(min(w, 44), min(h, 8))
		return widget.Overlay(sampleBars(th).View(w, h), box, w, h)
	})
}

// hostileViews are the widgets with content that breaks careless code.
func hostileViews(th theme.Theme) map[string]widget.Viewer {
	inf, nan := math.Inf(1), math.NaN()
	bad := "a\x1b[31mb\nc\t\u202e\u200b" + strings.Repeat("汉", 90)
	odd := []float64{nan, inf, -inf, math.MaxFloat64, -math.MaxFloat64, 0, -1, 5e-324}
	var points []widget.Point
	for i, v := range odd {
		points = append(points, widget.Point{X: float64(i), Y: v}, widget.Point{X: v, Y: v})
	}
	series := []widget.Series{{Name: bad, Points: points}, {}, {Points: points}, {Name: "fourth"}}
	views := map[string]widget.Viewer{
		"tree":        hostileTree(th, bad),
		"tree empty":  widget.NewTree(th, nil),
		"panel":       widget.Panel{Theme: th, Title: bad, Note: bad},
		"bars empty":  &widget.BarList{Theme: th, Titles: []string{bad, ""}, Cursor: 9},
		"spark":       widget.Sparkline{Theme: th, Values: odd},
		"spark empty": widget.Sparkline{},
		"chart empty": &widget.LineChart{Theme: th, Focused: true, Cursor: -4},
		"heat empty":  &widget.HeatMap{Theme: th, Row: 9},
		"heat": &widget.HeatMap{
			Theme: th, RowTitle: bad, ColTitle: bad, RowLabels: []string{bad, ""}, ColLabels: []string{bad, "x", "y"}, Focused: true,
			Cells: [][]widget.HeatCell{{{Value: nan, Text: bad, Note: bad}, {Value: inf, Text: "∞"}, {Value: -inf}}},
		},
		"form empty": &widget.Form{Theme: th, Cursor: 3},
		"form": &widget.Form{Theme: th, Fields: []widget.Field{
			{Label: bad, Value: bad, Note: bad, Message: bad}, {Kind: widget.FieldChoice, Value: bad, Label: bad}, {Kind: 99, Disabled: true},
		}},
		"prompt":   &widget.Prompt{Theme: th, Label: bad, Hint: bad, Message: bad},
		"palette":  widget.NewPalette(th, []widget.Command{{Title: bad, Keys: bad}, {Disabled: bad}}),
		"files":    widget.NewFilePicker(th, []widget.FileEntry{{Name: bad, Size: math.MaxInt64}}),
		"progress": widget.Progress{Theme: th, Label: bad, Detail: bad, Share: inf, Frame: math.MinInt, Elapsed: -5},
		"block":    widget.ViewFunc(func(int, int) string { return "汉字\n\x1b[1mbold\x1b[m" }),
		"overlay": widget.ViewFunc(func(w, h int) string {
			base := widget.Block(strings.Repeat("\x1b[1m汉\x1b[m字汉字汉字汉字汉字汉字汉字汉字\n", 60), w, h)
			return widget.OverlayAt(base, "ab汉\nc", w/2, -3, w, h)
		}),
	}
	views["sliders"] = &widget.Sliders{Theme: th, Focused: true, Rows: []widget.Slider{
		{Label: bad, Mark: bad, Value: bad, Base: math.Inf(-1), At: math.NaN(), High: math.Inf(1)}, {Label: bad, Off: bad},
	}}
	failed := widget.NewFilePicker(th, nil)
	failed.Show(widget.Listing{Dir: bad, Err: errors.New(bad)})
	views["files failed"] = failed
	list := &widget.BarList{Theme: th, Heading: bad, Titles: []string{"a", bad}, Focused: true}
	for _, v := range odd {
		list.Rows = append(list.Rows, widget.BarRow{Label: bad, Value: v, Cells: []string{bad}, Unmatched: v < 0})
	}
	views["bars"] = list
	for name, shape := range map[string]widget.ChartShape{"line": widget.ShapeLine, "area": widget.ShapeArea, "columns": widget.ShapeBars} {
		views[name] = &widget.LineChart{Theme: th, Series: series, Shape: shape, Focused: true, Cursor: 2, Diagonal: true}
		views[name+" dates"] = &widget.LineChart{
			Theme: th, Series: series, Shape: shape, Focused: true, Cursor: 99,
			X: widget.Axis{Dates: true, Min: nan, Max: inf}, Y: widget.Axis{Min: -1, Max: 1},
		}
	}
	return views
}

// pressed returns the key press a name such as "down" or "a" stands for.
func pressed(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "home": tea.KeyHome, "end": tea.KeyEnd,
		"delete": tea.KeyDelete,
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: []rune(letter)[0], Mod: tea.ModCtrl}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}
