package widget

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"worth/internal/filter"
	"worth/internal/tabular"
	"worth/ui/theme"
)

var filterColumns = []tabular.Column{
	{Name: "channel", Title: "channel"},
	{Name: "net_revenue", Title: "net", Kind: tabular.Money},
	{Name: "last_order", Title: "last", Kind: tabular.Date},
	{Name: "first name", Title: "name"},
	{Name: "active", Kind: tabular.Boolean},
}

func channelValues(column tabular.Column, prefix string) []string {
	if column.Name != "channel" {
		return nil
	}
	var found []string
	for _, v := range []string{"pos", "web shop", "or"} {
		if strings.HasPrefix(v, prefix) {
			found = append(found, v)
		}
	}
	return found
}

func TestCompleteFilter(t *testing.T) {
	tests := []struct { // the cursor stands at |
		filter string
		want   []string
		rest   string // the filter without the replaced range, | in its place
	}{
		{"|", []string{"channel", "net_revenue", "last_order", `"first name"`, "active"}, "|"},
		{"la|", []string{"last_order"}, "|"},
		{"e|", []string{"channel", "net_revenue", "last_order", `"first name"`, "active"}, "|"},
		{"NET|", []string{"net_revenue"}, "|"},
		{`"fir|`, []string{`"first name"`}, "|"},
		{"net| = 3", []string{"net_revenue"}, "| = 3"},
		{"active |", []string{"=", "!=", "is empty", "is not empty"}, "active |"},
		{"last_order !|", []string{"!="}, "last_order |"},
		{"channel is |", []string{"empty", "not empty"}, "channel is |"},
		{"channel is not |", []string{"empty"}, "channel is not |"},
		{"channel not |", []string{"in"}, "channel not |"},
		{"channel = |", []string{"pos", `"web shop"`, `"or"`}, "channel = |"},
		{"channel =p|", []string{"pos"}, "channel =|"},
		{"CHANNEL = |", []string{"pos", `"web shop"`, `"or"`}, "CHANNEL = |"},
		{`channel = "web|" and active`, []string{`"web shop"`}, "channel = | and active"},
		{"channel in |", []string{"("}, "channel in |"},
		{"channel in (|", []string{"pos", `"web shop"`, `"or"`}, "channel in (|"},
		{"channel in (pos |", []string{",", ")"}, "channel in (pos |"},
		{"active = t|", []string{"true"}, "active = |"},
		{"active = true |", []string{"and", "or"}, "active = true |"},
		{"(active = true |", []string{"and", "or", ")"}, "(active = true |"},
		{"active = true o|", []string{"or"}, "active = true |"},
		{"unknown = |", nil, "unknown = |"},
	}
	for _, tt := range tests {
		t.Run(tt.filter, func(t *testing.T) {
			before, after, _ := strings.Cut(tt.filter, "|")
			list, from, to := CompleteFilter(before+after, len(before), filterColumns, channelValues)
			var got []string
			for _, c := range list {
				got = append(got, c.Text)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("completions %q, want %q", got, tt.want)
			}
			if rest := (before + after)[:from] + "|" + (before + after)[to:]; rest != tt.rest {
				t.Errorf("replaces %q, want %q", rest, tt.rest)
			}
		})
	}
}

func TestCompleteFilterIsBounded(t *testing.T) {
	list, _, _ := CompleteFilter("", 0, make([]tabular.Column, 10_000), nil)
	if len(list) != maxFilterCompletions {
		t.Errorf("%d completions, want %d", len(list), maxFilterCompletions)
	}
	if list, _, _ = CompleteFilter("a = ", 4, filterColumns, nil); len(list) != 0 {
		t.Errorf("completions without values: %v", list)
	}
}

func FuzzCompleteFilter(f *testing.F) {
	f.Add("channel = pos and (net > 3", 5)
	f.Add(`"a"" in ('x`, 100)
	f.Add("王 ~ \xff\x1b[0m", 2)
	f.Fuzz(func(t *testing.T, text string, cursor int) {
		end := 0
		for _, token := range filter.Tokenize(text) {
			if token.Start < end || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("the token %+v of %q overlaps or is empty", token, text)
			}
			end = token.End
		}
		_, from, to := CompleteFilter(text, cursor, filterColumns, channelValues)
		if from < 0 || from > to || to > len(text) {
			t.Fatalf("CompleteFilter(%q, %d) replaces %d to %d", text, cursor, from, to)
		}
		if got := ansi.Strip(StyleFilter(text, theme.Dark())); Clean(got) != got {
			t.Fatalf("StyleFilter(%q) is not clean: %q", text, got)
		}
	})
}

func TestStyleFilterKeepsText(t *testing.T) {
	const filter = `channel = "web shop" and  net > 3 ?`
	if got := ansi.Strip(StyleFilter(filter, theme.Dark())); got != filter {
		t.Errorf("StyleFilter changed the text to %q", got)
	}
	if StyleFilter(filter, theme.Dark()) == filter {
		t.Error("StyleFilter drew no colours")
	}
}
