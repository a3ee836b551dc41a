package keys_test

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"worth/ui/keys"
	"worth/ui/theme"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		name string
		msg  tea.KeyPressMsg
		want string
	}{
		{"letter", tea.KeyPressMsg{Code: 'j', Text: "j"}, keys.Down},
		{"capital", tea.KeyPressMsg{Code: 'g', Text: "G", Mod: tea.ModShift}, keys.Last},
		{"small letter of the same key", tea.KeyPressMsg{Code: 'g', Text: "g"}, keys.First},
		{"arrow", tea.KeyPressMsg{Code: tea.KeyUp}, keys.Up},
		{"control", tea.KeyPressMsg{Code: 'd', Mod: tea.ModCtrl}, keys.HalfDown},
		{"space", tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, keys.Mark},
		{"sign", tea.KeyPressMsg{Code: '4', Text: "$", Mod: tea.ModShift}, keys.LastColumn},
		{"shift+tab", tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}, keys.PreviousPane},
		{"f1", tea.KeyPressMsg{Code: tea.KeyF1}, keys.Help},
		{"enter", tea.KeyPressMsg{Code: tea.KeyEnter}, keys.Open},
		{"escape", tea.KeyPressMsg{Code: tea.KeyEscape}, keys.Back},
		{"page down", tea.KeyPressMsg{Code: tea.KeyPgDown}, keys.PageDown},
		{"first column", tea.KeyPressMsg{Code: '6', Text: "^", Mod: tea.ModShift}, keys.FirstColumn},
		{"zero is a page", tea.KeyPressMsg{Code: '0', Text: "0"}, keys.Page},
		{"digit", tea.KeyPressMsg{Code: '3', Text: "3"}, keys.Page},
		{"unbound", tea.KeyPressMsg{Code: 'z', Text: "z"}, ""},
	}
	m := keys.All()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id, ok := m.Match(tt.msg)
			if id != tt.want || ok != (tt.want != "") {
				t.Errorf("Match(%v) = %q, %v; want %q", tt.msg, id, ok, tt.want)
			}
		})
	}
}

func TestFirstMapWins(t *testing.T) {
	own := keys.Map{{ID: "own", Keys: []string{"?"}}}
	m := keys.Join(own, keys.Global())
	if id, _ := m.Match(tea.KeyPressMsg{Code: '?', Text: "?"}); id != "own" {
		t.Errorf("Match = %q, want the page's own command", id)
	}
	if got := m.Duplicates(); !slices.Equal(got, []string{"?"}) {
		t.Errorf("Duplicates = %q, want the shadowed key", got)
	}
}

func TestNoDuplicates(t *testing.T) {
	if twice := keys.All().Duplicates(); len(twice) > 0 {
		t.Errorf("keys bound twice: %q", twice)
	}
	seen := map[string]bool{}
	for _, b := range keys.All() {
		if seen[b.ID] {
			t.Errorf("the command %s stands in two bindings", b.ID)
		}
		seen[b.ID] = true
		if b.Help == "" || b.Group == "" || len(b.Keys) == 0 {
			t.Errorf("the binding of %s is incomplete: %+v", b.ID, b)
		}
	}
}

func TestWithout(t *testing.T) {
	all := keys.All()
	if _, ok := all.Without(keys.Mark).Find(keys.Mark); ok {
		t.Error("Without left the binding in")
	}
	if _, ok := all.Find(keys.Mark); !ok {
		t.Error("Without changed the map it was called on")
	}
}

func notNow(id string) string {
	if id == keys.Export {
		return "nothing to export"
	}
	return ""
}

func TestFooter(t *testing.T) {
	m := keys.All()
	for width := range 130 {
		footer := m.Footer(theme.Dark(), width, notNow)
		if got := ansi.StringWidth(footer); got != width {
			t.Fatalf("a footer of %d columns is %d wide", width, got)
		}
		if strings.Contains(footer, "export") {
			t.Fatal("the footer offers a command that is not available")
		}
	}
	want := "Enter open   / search   f filter   : find a command"
	if got := strings.TrimSpace(ansi.Strip(m.Footer(theme.Light(), 60, notNow))); got != want {
		t.Errorf("Footer = %q, want %q", got, want)
	}
	if !strings.Contains(m.Footer(theme.NoColor(), 100, nil), "export") {
		t.Error("the footer leaves out an available command")
	}
}

func TestHelpTable(t *testing.T) {
	m := keys.All()
	for _, width := range []int{0, 1, 10, 20, 40, 120} {
		for _, line := range m.HelpTable(theme.Dark(), width, notNow) {
			if got := ansi.StringWidth(line); got != width {
				t.Fatalf("a help line for %d columns is %d wide: %q", width, got, line)
			}
		}
	}
	text := ansi.Strip(strings.Join(m.HelpTable(theme.NoColor(), 90, notNow), "\n"))
	for _, want := range []string{"Columns", "↑ / k", "ctrl+u", "export what is shown (not now: nothing to export)", "Space"} {
		if !strings.Contains(text, want) {
			t.Errorf("the help does not say %q:\n%s", want, text)
		}
	}
}

func TestEntries(t *testing.T) {
	entries := keys.Join(keys.All(), keys.Global()).Entries(notNow)
	if len(entries) != len(keys.All()) {
		t.Errorf("%d entries for %d commands", len(entries), len(keys.All()))
	}
	i := slices.IndexFunc(entries, func(e keys.Entry) bool { return e.ID == keys.Export })
	if entries[i].Reason != "nothing to export" || entries[i].Keys != "e" {
		t.Errorf("the entry of export is %+v", entries[i])
	}
}

func TestMarkdownTable(t *testing.T) {
	m := keys.Map{
		{ID: "a", Keys: []string{"|", "ctrl+p"}, Help: "find", Group: "One"},
		{ID: "b", Keys: []string{"+"}, Help: "more", Group: "Two"},
	}
	want := "| Keys | What they do |\n|---|---|\n| **One** | |\n| `\\|` `ctrl+p` | find |\n| **Two** | |\n| `+` | more |\n"
	if got := m.MarkdownTable(); got != want {
		t.Errorf("MarkdownTable =\n%s\nwant\n%s", got, want)
	}
}

func TestLabelJoinsDigitsThatFollowOneAnother(t *testing.T) {
	tests := []struct {
		keys []string
		want string
	}{
		{[]string{"1", "2", "3", "4", "5", "8", "9", "0"}, "1–5 / 8–0"},
		{[]string{"1", "2"}, "1 / 2"},
		{[]string{"0", "1", "2", "3"}, "0 / 1–3"},
		{[]string{"enter", "="}, "Enter / ="},
		{nil, ""},
	}
	for _, tt := range tests {
		if got := (keys.Binding{Keys: tt.keys}).Label(); got != tt.want {
			t.Errorf("the label of %q is %q, want %q", tt.keys, got, tt.want)
		}
	}
}

func TestHelpTableWrapsLongTexts(t *testing.T) {
	m := keys.Map{{ID: "long", Keys: []string{"x"}, Help: "one two three four five", Group: "Page"}}
	lines := m.HelpTable(theme.NoColor(), 16, func(string) string { return "six seven" })
	text := ansi.Strip(strings.Join(lines, " "))
	if got := strings.Join(strings.Fields(text), " "); got != "Page x one two three four five (not now: six seven)" {
		t.Errorf("the help reads %q", got)
	}
	for _, line := range lines {
		if got := ansi.StringWidthWc(line); got != 16 {
			t.Errorf("%q is %d columns wide, want 16", line, got)
		}
	}
}
