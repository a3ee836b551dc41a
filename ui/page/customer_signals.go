package page

import (
	"strings"

	"charm.land/lipgloss/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/ui/widget"
)

// signal is something the person did beside buying. It is no part of value.
type signal struct{ record }

// kinds are what the person did beside buying, what is rated first.
func (c *customer) kinds() []signal {
	var out []signal
	for _, row := range c.data.Signals.Rows {
		out = append(out, signal{record{&tabular.Table{Columns: c.data.Signals.Columns, Rows: [][]any{row}}}})
	}
	return out
}

// count writes a number of interactions; "" for none.
func (s signal) count(name, sign string) string {
	v, _ := s.number(name)
	if v == 0 {
		return ""
	}
	return sign + i18n.Number(v, 0)
}

// counted is the kind with how often it was done.
func (s signal) counted() string {
	return widget.Clean(s.text("kind", true)) + " " + s.count("interactions", "")
}

// rating is the mean of what is rated; "" for anything else.
func (s signal) rating() string {
	v, ok := s.number("rating")
	if !ok {
		return ""
	}
	return i18n.T("mean %s", i18n.Number(v, 1))
}

// briefly is the mean of what is rated in brackets; "" for anything else.
func (s signal) briefly() string {
	v, ok := s.number("rating")
	if !ok {
		return ""
	}
	return i18n.T("(%s)", i18n.Number(v, 1))
}

// sides say how many speak for the shop and how many against it, where both do.
func (s signal) sides() string {
	positive, negative := s.count("positive", "+"), s.count("negative", "−")
	if positive == "" || negative == "" {
		return ""
	}
	return positive + " " + negative
}

// style says whether the kind speaks for the shop or against it in the whole.
func (s signal) style(c *customer) lipgloss.Style {
	t := c.env.Theme
	positive, _ := s.number("positive")
	negative, _ := s.number("negative")
	switch {
	case positive > negative:
		return t.Good
	case negative > positive:
		return t.Warn
	}
	return t.Muted
}

// signals returns a line for every kind of thing the person did beside buying: how
// often, how rated, for or against, when last.
func (c *customer) signals(w int) []gridRun {
	var out []gridRun
	for _, s := range c.kinds() {
		last := s.day("last_day")
		out = append(out, gridRun{s.style(c), fitting(w, []string{
			joined(" · ", s.counted(), s.rating(), s.sides(), last), joined(" · ", s.counted(), s.rating(), last),
			joined(" · ", joined(" ", s.counted(), s.briefly()), last), s.counted(),
		})})
	}
	return out
}

// signalsInAll is the same in one line, of the kinds that fit.
func (c *customer) signalsInAll(w int) gridRun {
	kinds := c.kinds()
	var parts []string
	for _, s := range kinds {
		part := joined(" ", s.counted(), s.sides())
		if len(parts) > 0 && widget.Width(strings.Join(append(parts, part), " · ")) > w {
			break
		}
		parts = append(parts, part)
	}
	return gridRun{kinds[0].style(c), strings.Join(parts, " · ")}
}
