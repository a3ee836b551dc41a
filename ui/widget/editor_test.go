package widget

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"worth/ui/theme"
)

// editorKey is the message of a key by its name.
func editorKey(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"left": tea.KeyLeft, "right": tea.KeyRight, "up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd,
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "pgup": tea.KeyPgUp,
		"pgdown": tea.KeyPgDown, "esc": tea.KeyEscape, "f5": tea.KeyF5,
	}
	var mod tea.KeyMod
	for _, m := range []struct {
		prefix string
		mod    tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} {
		if rest, ok := strings.CutPrefix(name, m.prefix); ok && rest != "" {
			name, mod = rest, mod|m.mod
		}
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	if mod != 0 {
		return tea.KeyPressMsg{Code: []rune(name)[0], Mod: mod}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// TestEditorKeys gives keys to a text whose cursor is a bar.
func TestEditorKeys(t *testing.T) {
	for _, tt := range []struct{ from, keys, want string }{
		{"|", "s e l", "sel|"},
		{"ab|c", "backspace", "a|c"},
		{"a|bc", "delete", "a|c"},
		{"a|\nb", "delete", "a|b"},
		{"a\n|b", "backspace", "a|b"},
		{"select 客|户", "left", "select |客户"},
		{"select 客户|", "backspace", "select 客|"},
		{"select a, b|", "ctrl+w ctrl+w", "select |"},
		{"|select a", "alt+right", "select| a"},
		{"select a|", "ctrl+left ctrl+left", "|select a"},
		{"a\n|b", "ctrl+left", "a|\nb"},
		{"  ab|", "home", "  |ab"},
		{"  |ab", "home", "|  ab"},
		{"ab|cd", "end", "abcd|"},
		{"  a|", "enter b", "  a\n  b|"},
		{"a|", "tab", "    a|"},
		{"     a|", "shift+tab", "    a|"},
		{"    |a", "backspace", "|a"},
		{"abc|def", "ctrl+k", "abc|"},
		{"abc|\nd", "ctrl+k", "abc|d"},
		{"abc|def", "ctrl+u", "|def"},
		{"long line|\nx\nlong again", "down down", "long line\nx\nlong agai|n"},
		{"ab\nc|d", "up up", "|ab\ncd"},
		{"a|b\ncd", "down down", "ab\ncd|"},
		{"a|b\nc", "ctrl+end", "ab\nc|"},
		{"ab\nc|", "ctrl+home", "|ab\nc"},
		{"|", "a b space c ctrl+z", "ab |"},
		{"|", "a b space c ctrl+z ctrl+z ctrl+z", "|"},
		{"|", "a b space c ctrl+z ctrl+z ctrl+y", "ab |"},
		{"abc|", "backspace backspace ctrl+z", "abc|"},
		{"|abc", "delete delete ctrl+z", "|abc"},
		{"a|c", "b left x ctrl+z", "a|bc"},
		{"|x", "enter enter ctrl+z ctrl+z ctrl+y", "\n|x"},
		{"a|", "b ctrl+z c ctrl+y", "ac|"},
	} {
		before, after, _ := strings.Cut(tt.from, "|")
		e := NewEditor(theme.Dark(), before+after)
		row := strings.Count(before, "\n")
		e.SetCursor(row, len(before)-strings.LastIndex(before, "\n")-1)
		e.View(40, 10)
		for _, key := range strings.Fields(tt.keys) {
			if !e.Key(editorKey(key)) {
				t.Errorf("%s is no key of an editor", key)
			}
		}
		at := e.Offset()
		if got := e.Text()[:at] + "|" + e.Text()[at:]; got != tt.want {
			t.Errorf("%q after %s is %q, want %q", tt.from, tt.keys, got, tt.want)
		}
	}
	if NewEditor(theme.Dark(), "").Key(editorKey("f5")) {
		t.Error("F5 is taken for a letter")
	}
}

func TestEditorCleansPastes(t *testing.T) {
	e := NewEditor(theme.Dark(), "")
	e.Insert("select 1\r\n\tfrom \x1b[31mred\u202e\x00\rx")
	if got, want := e.Text(), "select 1\n    from ␛[31mred␀\nx"; got != want {
		t.Errorf("a paste becomes %q, want %q", got, want)
	}
	if e.Undo(); e.Text() != "" {
		t.Errorf("undone: %q", e.Text())
	}
	many := strings.Repeat("select 'x' -- y\n", 20_000)
	e.Insert(many)
	e.View(200, 60)
	if got := strings.Count(e.Text(), "\n"); got != 20_000 {
		t.Errorf("%d lines", got)
	}
	e.Rewrite("a\nb")
	if e.Undo(); e.Text() != many {
		t.Error("a text that was replaced does not come back")
	}
}

// TestEditorOffers completes a word.
func TestEditorOffers(t *testing.T) {
	e := NewEditor(theme.NoColor(), "select sum(net_r")
	e.Focused = true
	e.Offer([]Suggestion{{Text: "net_revenue", Note: "column"}, {Text: "net_rest\x1b", Note: "column"}}, 5)
	text := ansi.Strip(e.View(60, 6))
	if !strings.Contains(text, "▸ net_revenue") || strings.Contains(text, "\x1b") {
		t.Errorf("the offers are\n%s", text)
	}
	e.Key(editorKey("down"))
	e.Key(editorKey("up"))
	e.Key(editorKey("tab"))
	if e.Text() != "select sum(net_revenue" || e.Offering() {
		t.Errorf("taken: %q", e.Text())
	}
	e.Offer([]Suggestion{{Text: "x"}}, 3)
	if e.Key(editorKey("esc")); e.Offering() || e.Text() != "select sum(net_revenue" {
		t.Error("Esc does not close the offers")
	}
	e.Offer([]Suggestion{{Text: "x"}}, 300)
	if e.Offering() {
		t.Error("an offer for another text is shown")
	}
}

// TestEditorFillsAnySize draws texts with wide letters in all sizes, with the
// cursor in sight.
func TestEditorFillsAnySize(t *testing.T) {
	text := "select 客户, '名字很长很长很长' as \"列\" -- コメント\n" + strings.Repeat("long_name, ", 40) + "\n\n/* open\nstill 'here'"
	for _, th := range []theme.Theme{theme.Dark(), theme.Light(), theme.NoColor()} {
		e := NewEditor(th, text)
		e.Focused = true
		e.Mark(0, len(text))
		for i := range 400 {
			e.SetCursor(i%6, i*7%480)
			if i%3 == 0 {
				e.Offer([]Suggestion{{Text: "客户名", Note: "column"}, {Text: "b"}, {Text: "c"}}, 1)
			}
			w, h := i*13%97, i*5%9
			view := e.View(w, h)
			if h == 0 {
				continue
			}
			lines := strings.Split(view, "\n")
			if len(lines) != h {
				t.Fatalf("%d×%d has %d lines", w, h, len(lines))
			}
			for _, line := range lines {
				if Width(line) != w {
					t.Fatalf("%d×%d: a line is %d wide: %q", w, h, Width(line), line)
				}
			}
		}
	}
}

func TestSQLLines(t *testing.T) {
	lines := SQLLines("select 客户, b from "+strings.Repeat("t, ", 30)+"\n-- done", 24, theme.Dark())
	whole := ""
	for _, line := range lines {
		if Width(line) != 24 {
			t.Errorf("a line is %d wide: %q", Width(line), line)
		}
		whole += strings.TrimSpace(ansi.Strip(line)) + " "
	}
	if strings.Count(strings.ReplaceAll(whole, " ", ""), "t,") != 30 || !strings.HasSuffix(whole, "-- done ") {
		t.Errorf("the lines say %q", whole)
	}
}

// BenchmarkEditorKey is a keystroke in the middle of a long text, drawn.
func BenchmarkEditorKey(b *testing.B) {
	e := NewEditor(theme.Dark(), strings.Repeat("select segment, count(*) as n, sum(net_revenue) /* all */ from derived.customers where orders > 3 and city = 'x' -- why\n", 5000))
	e.Focused = true
	e.SetCursor(2500, 20)
	b.ReportAllocs()
	for b.Loop() {
		e.Key(editorKey("x"))
		e.View(200, 60)
	}
}

func BenchmarkEditorView(b *testing.B) {
	e := NewEditor(theme.Dark(), strings.Repeat("select segment, count(*) as n, sum(net_revenue) from derived.customers where orders > 3 and city = 'x' -- why\n", 500))
	e.Focused = true
	b.ReportAllocs()
	for b.Loop() {
		e.View(200, 60)
	}
}

// FuzzEditor types and undoes anything.
func FuzzEditor(f *testing.F) {
	f.Add("select 1\nfrom x", "a\b\n\t客zZ<>^v")
	f.Fuzz(func(t *testing.T, text, typed string) {
		e := NewEditor(theme.NoColor(), text)
		e.Focused = true
		names := map[rune]string{
			'\b': "backspace", '\n': "enter", '\t': "tab", 'z': "ctrl+z", 'Z': "ctrl+y", '<': "left", '>': "right", '^': "up", 'v': "down",
			'w': "ctrl+w", 'd': "alt+d", 'k': "ctrl+k", 'u': "ctrl+u", 'D': "delete", 'H': "home", 'E': "end", 'T': "shift+tab", 'P': "pgdown",
		}
		first := e.Text()
		for _, r := range typed {
			if name, ok := names[r]; ok {
				e.Key(editorKey(name))
			} else {
				e.Insert(string(r))
			}
			if at := e.Offset(); at < 0 || at > len(e.Text()) {
				t.Fatalf("the cursor is at %d of %d", at, len(e.Text()))
			}
			for _, line := range strings.Split(e.View(30, 5), "\n") {
				if Width(line) != 30 {
					t.Fatalf("a line is %d wide: %q", Width(line), line)
				}
			}
		}
		for e.Undo() {
		}
		if len(typed) < maxEdits && e.Text() != first {
			t.Fatalf("undone it is %q, and was %q", e.Text(), first)
		}
	})
}
