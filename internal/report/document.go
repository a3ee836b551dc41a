package report

import "worth/internal/tabular"

// Document is a report for people: sections of key figures, charts and tables.
// Its texts are shown as they are given, made safe; whoever fills it masks what
// is personal.
type Document struct {
	Title    string
	Language string   // a BCP 47 tag such as en
	Carried  []string // the settings every number carries, repeated under every section
	Made     string   // by what and when
	Privacy  string   // what is masked or shown
	Sections []Section
}

// Section is one page of the program in a report.
type Section struct {
	ID      string // of its anchor, letters only
	Title   string
	Lead    string // a sentence under the title; empty for none
	Figures []Figure
	Panels  []Panel
}

// Figure is a number that stands for itself.
type Figure struct{ Label, Value, Note string }

// Panel is a chart, a table, a list of sentences, or several of them under one
// heading.
type Panel struct {
	Title string
	Note  string // what is shown, in a sentence
	Wide  bool   // takes the whole width
	Chart Chart  // nil for none
	Table *tabular.Table
	Notes []string // sentences below, such as warnings
}

// Chart is a picture of numbers: LineChart, PairedBars, ColumnChart or HeatMap.
type Chart interface{ draw() drawing }

// Point is a point of a LineChart; Text says it in words.
type Point struct {
	X, Y float64
	Text string
}

// Tick is a mark on an axis.
type Tick struct {
	At   float64
	Text string
}

// LineChart is a line over an axis, with the area below it.
type LineChart struct {
	Label    string // what is drawn, for those who hear it
	Points   []Point
	XTicks   []Tick
	Format   func(v float64) string // of the vertical axis
	Diagonal bool                   // a line from corner to corner to compare with
}

// Bar is a row of PairedBars: two shares, 0–1, and both as text.
type Bar struct {
	Label                 string
	First, Second         float64
	FirstText, SecondText string
}

// PairedBars are rows of two bars each, such as the shares of customers and of
// revenue of segments.
type PairedBars struct {
	Label         string
	First, Second string // what the bars are
	Rows          []Bar
}

// UprightBar is a bar of a ColumnChart; Text is its height in words.
type UprightBar struct {
	Label  string
	Height float64
	Text   string
}

// ColumnChart is bars side by side.
type ColumnChart struct {
	Label string
	Bars  []UprightBar
}

// HeatCell is a cell of a HeatMap.
type HeatCell struct {
	Value      float64 // decides the colour
	Text, Note string  // two lines
}

// HeatMap is a table of cells coloured by value. The steps of its scale are shares
// of the greatest value growing with the square, so that one large cell does not
// wash out all others.
type HeatMap struct {
	Label                string
	RowTitle, ColTitle   string
	RowLabels, ColLabels []string
	Cells                [][]HeatCell // by row and column; missing ones are empty
}
