package page

import (
	"math"
	"strconv"
	"strings"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// letter returns the letter of the score of a measure.
func letter(measure string) string {
	switch measure {
	case "recency_days":
		return "R"
	case "orders":
		return "F"
	}
	return "M"
}

// measured writes the value of a measure with its unit.
func measured(p workspace.Percentile) string {
	switch p.Measure {
	case "recency_days":
		return daysText(p.Value)
	case "orders":
		return i18n.T("%d order{s}", int64(p.Value))
	}
	return i18n.Number(p.Value, 2)
}

// below writes the share of customers who are worse; 100 % would claim too much
// where one is not.
func below(p workspace.Percentile) string {
	if p.Below >= 0.995 && p.Below < 1 {
		return i18n.Percent(min(p.Below, 0.9994), 1)
	}
	return i18n.Percent(p.Below, 0)
}

// compared says in words how a measure compares, in full or without naming whom
// with.
func compared(p workspace.Percentile, full bool) string {
	share := below(p)
	if full {
		switch p.Measure {
		case "recency_days":
			return i18n.T("more recent than %s of customers", share)
		case "orders":
			return i18n.T("more orders than %s of customers", share)
		case "aov":
			return i18n.T("spends more an order than %s of customers", share)
		}
		return i18n.T("spent more than %s of customers", share)
	}
	switch p.Measure {
	case "recency_days":
		return i18n.T("more recent than %s", share)
	case "orders":
		return i18n.T("more orders than %s", share)
	case "aov":
		return i18n.T("more an order than %s", share)
	}
	return i18n.T("spent more than %s", share)
}

// levelBar draws a share of w cells filled, with the precision of an eighth of a
// cell.
func levelBar(t theme.Theme, share float64, w int) string {
	if w <= 0 {
		return ""
	}
	eighths := int(math.Round(min(max(share, 0), 1) * float64(8*w)))
	full := strings.Repeat("█", eighths/8)
	if part := eighths % 8; part > 0 {
		full += string([]rune("▏▎▍▌▋▊▉")[part-1])
	}
	return t.Bar.Render(full) + t.Track.Render(strings.Repeat("░", w-(eighths+7)/8))
}

// scoreName is the letter and score of a measure, such as "R 4".
func scoreName(p workspace.Percentile) string { return letter(p.Measure) + " " + strconv.Itoa(p.Score) }

// scoreLine puts the scores on one line.
func (c *customer) scoreLine() string {
	parts := make([]string, len(c.data.Percentiles))
	for i, p := range c.data.Percentiles {
		parts[i] = scoreName(p) + " (" + below(p) + ")"
	}
	if len(parts) == 0 {
		return i18n.T("no scores without an order")
	}
	return strings.Join(parts, "  ")
}

// scores draws a bar for each of R, F and M: how many customers are worse. The
// words stand below the bar, or beside it where there are fewer lines than that.
func (c *customer) scores(w, h int) string {
	t := c.env.Theme
	all := c.data.Percentiles
	if len(all) == 0 {
		return say(t, t.Muted, w, h, i18n.T("Without an order that counts there are no scores."), "")
	}
	words := h >= 2*len(all)
	spaced := h >= 3*len(all)-1
	label := 0
	for _, p := range all {
		label = max(label, widget.Width(measured(p)))
	}
	var lines []string
	for i, p := range all {
		if spaced && i > 0 {
			lines = append(lines, "")
		}
		name := " " + scoreName(p) + "  "
		value := widget.FitRight(measured(p), label) + "  "
		room := w - widget.Width(name) - widget.Width(value) - 1
		bar := levelBar(t, p.Below, room)
		lines = append(lines, t.Strong.Render(name)+t.Text.Render(value)+bar)
		if words {
			text := compared(p, true)
			if widget.Width(text)+5 > w {
				text = compared(p, false)
			}
			lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Muted, "      " + text}))
		}
	}
	return widget.Block(strings.Join(lines, "\n"), w, h)
}
