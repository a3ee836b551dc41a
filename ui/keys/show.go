package keys

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"worth/internal/i18n"
	"worth/ui/theme"
)

// Entry is a command as the help and the palette list it.
type Entry struct {
	ID     string // the command
	Title  string // what it does, in the current language
	Group  string // the heading it stands under
	Keys   string // its keys, for a person
	Reason string // why it is not available now; "" when it is
}

// Entries returns the commands of the map once each, in order, with the reasons
// why some are not available.
func (m Map) Entries(reason Reason) []Entry {
	seen := map[string]bool{}
	entries := make([]Entry, 0, len(m))
	for _, b := range m {
		if seen[b.ID] {
			continue
		}
		seen[b.ID] = true
		entries = append(entries, Entry{
			ID: b.ID, Title: b.Help.String(), Group: b.Group.String(), Keys: b.Label(), Reason: reason.why(b.ID),
		})
	}
	return entries
}

// Footer returns one line of exactly width columns with the short bindings that
// are available, as many as fit, in order.
func (m Map) Footer(t theme.Theme, width int, reason Reason) string {
	const gap = 3
	var b strings.Builder
	used := 0
	for _, binding := range m {
		if !binding.Short || len(binding.Keys) == 0 || reason.why(binding.ID) != "" {
			continue
		}
		key, help := label(binding.Keys[0]), binding.Help.String()
		need := ansi.StringWidthWc(key) + 1 + ansi.StringWidthWc(help)
		if used > 0 {
			need += gap
		}
		if used+need > width {
			break
		}
		if used > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		b.WriteString(t.Accent.Render(key) + " " + t.Muted.Render(help))
		used += need
	}
	b.WriteString(strings.Repeat(" ", max(width-used, 0)))
	return b.String()
}

// HelpTable returns the help as lines of exactly width columns: the groups in
// order of appearance, each with its heading, its commands and their keys.
// Commands that are not available are muted and say why.
func (m Map) HelpTable(t theme.Theme, width int, reason Reason) []string {
	entries := m.Entries(reason)
	keyWidth := 0
	for _, e := range entries {
		keyWidth = max(keyWidth, ansi.StringWidthWc(e.Keys))
	}
	keyWidth = min(keyWidth, max(width/2-2, 0))

	var lines []string
	for _, group := range groupsOf(entries) {
		if lines != nil {
			lines = append(lines, fit("", width))
		}
		lines = append(lines, t.Strong.Render(fit(group, width)))
		for _, e := range entries {
			if e.Group == group {
				lines = append(lines, helpLines(t, e, keyWidth, width)...)
			}
		}
	}
	return lines
}

// helpLines returns one command of the help, in as many lines as it needs.
func helpLines(t theme.Theme, e Entry, keyWidth, width int) []string {
	if width < keyWidth+3 {
		return []string{fit(e.Title, width)}
	}
	key, text, rest := t.Accent, t.Text, max(width-keyWidth-3, 1)
	title := e.Title
	if e.Reason != "" {
		key, text = t.Muted, t.Muted
		title = i18n.T("%s (not now: %s)", e.Title, e.Reason)
	}
	var lines []string
	label := fit(e.Keys, keyWidth)
	for line := range strings.SplitSeq(ansi.WrapWc(title, rest, ""), "\n") {
		lines = append(lines, " "+key.Render(label)+"  "+text.Render(fit(line, width-keyWidth-3)))
		label = fit("", keyWidth)
	}
	return lines
}

// groupsOf returns the headings of entries in order of appearance.
func groupsOf(entries []Entry) []string {
	var groups []string
	for _, e := range entries {
		if !slices.Contains(groups, e.Group) {
			groups = append(groups, e.Group)
		}
	}
	return groups
}

// fit cuts or pads plain text to exactly width columns.
func fit(s string, width int) string {
	s = ansi.TruncateWc(s, max(width, 0), "…")
	return s + strings.Repeat(" ", max(width-ansi.StringWidthWc(s), 0))
}

// MarkdownTable returns the bindings as a Markdown table for the README, ending
// in a newline.
func (m Map) MarkdownTable() string {
	escape := strings.NewReplacer("|", `\|`)
	var b strings.Builder
	b.WriteString("| " + i18n.T("Keys") + " | " + i18n.T("What they do") + " |\n|---|---|\n")
	entries := m.Entries(nil)
	for _, group := range groupsOf(entries) {
		b.WriteString("| **" + group + "** | |\n")
		for _, e := range entries {
			if e.Group == group {
				codes := "`" + strings.ReplaceAll(e.Keys, " / ", "` `") + "`"
				b.WriteString("| " + escape.Replace(codes) + " | " + escape.Replace(e.Title) + " |\n")
			}
		}
	}
	return b.String()
}
