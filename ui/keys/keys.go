// Package keys holds the key bindings of the program as data. A binding joins
// keys to the id of a command and says what the command does; what the command
// means is decided by the page that receives the id. From the same tables come
// the footer, the help, the entries of the command palette and the key table of
// the README, so none of them can be wrong about a key.
//
// Bindings are grouped in maps. A page joins the maps it answers to, its own
// first, because the first binding of a key wins; Duplicates lists keys that
// would be shadowed that way.
//
// The package does not run commands and holds no state.
package keys

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
)

// Binding joins keys to a command.
type Binding struct {
	ID    string    // the command, one of the constants of this package or a page's own
	Keys  []string  // as bubbletea names them: "ctrl+d", "space", "G"; the first is the one shown in the footer
	Help  i18n.Text // what the command does, in a few words, lower case
	Group i18n.Text // the heading it stands under in the help
	Short bool      // shown in the footer
}

// Label returns the keys as a person reads them, joined by slashes, digits that
// follow one another as a range: 1–5 / 8–0.
func (b Binding) Label() string {
	var labels []string
	for i := 0; i < len(b.Keys); {
		last := i
		for last+1 < len(b.Keys) && nextDigit(b.Keys[last], b.Keys[last+1]) {
			last++
		}
		if last-i < 2 {
			last = i
			labels = append(labels, label(b.Keys[i]))
		} else {
			labels = append(labels, b.Keys[i]+"–"+b.Keys[last])
		}
		i = last + 1
	}
	return strings.Join(labels, " / ")
}

// nextDigit reports whether b is the digit right of a on a keyboard.
func nextDigit(a, b string) bool {
	i := strings.Index("1234567890", a)
	return len(a) == 1 && len(b) == 1 && i >= 0 && i < 9 && "1234567890"[i+1] == b[0]
}

// Map is an ordered list of bindings.
type Map []Binding

// Reason says why a command is not available now, in a few words; it returns
// "" for a command that is. A nil Reason means all are available.
type Reason func(id string) string

// why asks r, which may be nil.
func (r Reason) why(id string) string {
	if r == nil {
		return ""
	}
	return r(id)
}

// Join returns the bindings of all maps in order. Where maps share a key, the
// first one has it.
func Join(maps ...Map) Map { return slices.Concat(maps...) }

// Match returns the command bound to the pressed key and whether there is one.
func (m Map) Match(msg tea.KeyPressMsg) (id string, ok bool) {
	pressed := msg.String()
	for _, b := range m {
		if slices.Contains(b.Keys, pressed) {
			return b.ID, true
		}
	}
	return "", false
}

// Find returns the first binding of a command and whether there is one.
func (m Map) Find(id string) (Binding, bool) {
	i := slices.IndexFunc(m, func(b Binding) bool { return b.ID == id })
	if i < 0 {
		return Binding{}, false
	}
	return m[i], true
}

// Without returns the map less the bindings of some commands, for a page that
// cannot have them at all.
func (m Map) Without(ids ...string) Map {
	return slices.DeleteFunc(slices.Clone(m), func(b Binding) bool { return slices.Contains(ids, b.ID) })
}

// Duplicates returns the keys bound more than once, in order of appearance.
func (m Map) Duplicates() []string {
	count := map[string]int{}
	var twice []string
	for _, b := range m {
		for _, k := range b.Keys {
			if count[k]++; count[k] == 2 {
				twice = append(twice, k)
			}
		}
	}
	return twice
}

// names are the keys whose name is not what a keyboard says.
var names = map[string]string{
	"up": "↑", "down": "↓", "left": "←", "right": "→", "pgup": "PgUp", "pgdown": "PgDn", "home": "Home", "end": "End",
	"enter": "Enter", "esc": "Esc", "tab": "Tab", "space": "Space", "backspace": "Backspace", "delete": "Del",
}

// label returns the name of one key for a person.
func label(key string) string {
	modifier, last := "", key
	if i := strings.LastIndexByte(key, '+'); i > 0 && i < len(key)-1 {
		modifier, last = key[:i+1], key[i+1:]
	}
	if name, ok := names[last]; ok {
		last = name
	} else if len(last) == 2 && last[0] == 'f' { // F1 to F9
		last = strings.ToUpper(last)
	}
	return modifier + last
}
