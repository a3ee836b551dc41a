package ui

import (
	"strconv"

	"worth/internal/i18n"
	"worth/ui/keys"
)

// Commands of the program beside those of package keys.
const (
	cmdSettings = "settings"
	cmdLoad     = "load"
	cmdQuality  = "quality"
	cmdAdd      = "add"
	cmdTheme    = "theme"
	cmdMouse    = "mouse"
	cmdQuit     = "quit"

	cmdGoTo   = "go:"     // and the name of a root page
	cmdScheme = "scheme:" // and the name of a scheme
)

const groupProgram i18n.Text = "Program"

// Bindings returns the keys of the program itself, those of package keys
// included. Pages' own keys go first.
func Bindings() keys.Map {
	digits := make([]string, len(rootPages))
	for i := range digits {
		digits[i] = strconv.Itoa(i + 1)
	}
	return keys.Join(keys.Map{
		{ID: keys.Page, Keys: digits, Help: "go to the page of that number", Group: groupProgram},
		{ID: cmdSettings, Keys: []string{","}, Help: "settings", Group: groupProgram, Short: true},
		{ID: cmdLoad, Keys: []string{"L"}, Help: "show what was loaded", Group: groupProgram},
		{ID: cmdQuality, Keys: []string{"D"}, Help: "show the quality of the data", Group: groupProgram},
		{ID: cmdAdd, Keys: []string{"a"}, Help: "add files or open a workspace", Group: groupProgram},
		{ID: cmdTheme, Keys: []string{"T"}, Help: "change the theme: dark, light, plain", Group: groupProgram},
		{ID: cmdMouse, Help: "turn the mouse on or off", Group: groupProgram},
		{ID: cmdQuit, Help: "leave worth", Group: groupProgram},
	}, keys.Global().Without(keys.Page))
}
