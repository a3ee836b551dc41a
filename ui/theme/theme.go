// Package theme turns a few colour tokens into the styles every page and widget
// draws with. There are three themes: Dark, Light and NoColor ("plain"). The plain one uses no
// colour at all, for NO_COLOR and dumb terminals; whatever another theme says
// with colour alone, it says with bold, underline or reverse.
//
// Styles are values: drawing code takes a Theme and never makes styles of its
// own, so a screen can be redrawn in another theme at any time.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Theme is a complete set of styles. The zero value draws unstyled text.
type Theme struct {
	Name string // "dark", "light" or "plain"

	Text     lipgloss.Style // ordinary text
	Muted    lipgloss.Style // secondary text: units, hints, axis labels
	Strong   lipgloss.Style // headings and key figures
	Accent   lipgloss.Style // what can be acted on: keys, active tab, links
	Good     lipgloss.Style // better than before, healthy
	Bad      lipgloss.Style // errors, losses
	Warn     lipgloss.Style // warnings, unmatched
	Bar      lipgloss.Style // the filled part of bars, lines of charts
	BarOther lipgloss.Style // a second series beside Bar
	Track    lipgloss.Style // the unfilled part of bars and sliders
	Border   lipgloss.Style // frames and rules
	Header   lipgloss.Style // the top line of the program
	Heading  lipgloss.Style // column headings of grids
	Cursor   lipgloss.Style // the row or cell under the cursor
	Mark     lipgloss.Style // marked rows
	Match    lipgloss.Style // the found part of a search
	Overlay  lipgloss.Style // the body of a dialog

	Heat []lipgloss.Style // a scale from low to high, for heat maps; at least 5 steps
}

// Plain reports whether the theme has no colour, so that a cursor or level must
// be told by a character as well.
func (t Theme) Plain() bool { return t.Name == "plain" }

// tokens are the colours a theme is made of.
type tokens struct {
	text, muted, accent, good, bad, warn, bar, other, track, border color.Color
	cursorText, cursor, match                                       color.Color
	heat                                                            []color.Color
	heatText                                                        []color.Color
}

// Dark is the theme for dark terminals. It sets no background of its own.
func Dark() Theme {
	c := lipgloss.Color
	return build("dark", tokens{
		text: c("#d8dee9"), muted: c("#8791a3"), accent: c("#7dcfff"), good: c("#9ece6a"), bad: c("#f7768e"),
		warn: c("#e0af68"), bar: c("#7aa2f7"), other: c("#bb9af7"), track: c("#3b4261"), border: c("#4a5374"),
		cursorText: c("#10131c"), cursor: c("#7dcfff"), match: c("#e0af68"),
		heat:     []color.Color{c("#20263c"), c("#2c3f6b"), c("#3a5f9e"), c("#5a8fd0"), c("#9fd0ff")},
		heatText: []color.Color{c("#d8dee9"), c("#d8dee9"), c("#ffffff"), c("#10131c"), c("#10131c")},
	})
}

// Light is the theme for light terminals. It sets no background of its own.
func Light() Theme {
	c := lipgloss.Color
	return build("light", tokens{
		text: c("#24292f"), muted: c("#656d76"), accent: c("#0550ae"), good: c("#1a7f37"), bad: c("#cf222e"),
		warn: c("#9a6700"), bar: c("#2f6fd0"), other: c("#8250df"), track: c("#d0d7de"), border: c("#b6bec8"),
		cursorText: c("#ffffff"), cursor: c("#0550ae"), match: c("#9a6700"),
		heat:     []color.Color{c("#eef3fa"), c("#cfe0f5"), c("#9fc2ec"), c("#5b93d8"), c("#1f5fb4")},
		heatText: []color.Color{c("#24292f"), c("#24292f"), c("#24292f"), c("#ffffff"), c("#ffffff")},
	})
}

// NoColor returns the theme without colour.
func NoColor() Theme {
	s := lipgloss.NewStyle()
	return Theme{
		Name: "plain", Text: s, Muted: s, Strong: s.Bold(true), Accent: s.Underline(true), Good: s, Bad: s.Bold(true),
		Warn: s.Bold(true), Bar: s, BarOther: s, Track: s, Border: s, Header: s.Bold(true), Heading: s.Underline(true),
		Cursor: s.Reverse(true), Mark: s.Bold(true), Match: s.Underline(true), Overlay: s,
		Heat: []lipgloss.Style{s, s, s, s, s.Reverse(true)},
	}
}

// ByName returns the theme called name and whether there is one.
func ByName(name string) (Theme, bool) {
	switch name {
	case "dark":
		return Dark(), true
	case "light":
		return Light(), true
	case "plain":
		return NoColor(), true
	}
	return Theme{}, false
}

func build(name string, c tokens) Theme {
	fg := func(col color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(col) }
	t := Theme{
		Name: name, Text: fg(c.text), Muted: fg(c.muted), Strong: fg(c.text).Bold(true), Accent: fg(c.accent),
		Good: fg(c.good), Bad: fg(c.bad), Warn: fg(c.warn), Bar: fg(c.bar), BarOther: fg(c.other), Track: fg(c.track),
		Border: fg(c.border), Header: fg(c.accent).Bold(true), Heading: fg(c.muted).Bold(true),
		Cursor: fg(c.cursorText).Background(c.cursor), Mark: fg(c.other).Bold(true), Match: fg(c.match).Bold(true),
		Overlay: fg(c.text),
	}
	for i := range c.heat {
		t.Heat = append(t.Heat, fg(c.heatText[i]).Background(c.heat[i]))
	}
	return t
}
