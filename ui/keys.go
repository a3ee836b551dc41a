package ui

import (
	"worth/internal/i18n"
	"worth/ui/keys"
)

// Commands of the program beside those of package keys.
const (
	cmdSettings = "settings"
	cmdUndo     = "settings.undo"
	cmdRedo     = "settings.redo"
	cmdHistory  = "settings.history"
	cmdLoad     = "load"
	cmdQuality  = "quality"
	cmdModels   = "models"
	cmdIdentity = "identity"
	cmdAdd      = "add"
	cmdTheme    = "theme"
	cmdMouse    = "mouse"
	cmdQuit     = "quit"

	cmdGoTo   = "go:"     // and the name of a root page
	cmdScheme = "scheme:" // and the name of a scheme
	cmdPast   = "past:"   // and the number of settings that were in force
)

const groupProgram i18n.Text = "Program"

// Bindings returns the keys of the program itself, those of package keys
// included. Pages' own keys go first.
func Bindings() keys.Map {
	digits := make([]string, len(rootPages))
	for i, p := range rootPages {
		digits[i] = p.key
	}
	return keys.Join(keys.Map{
		{ID: keys.Page, Keys: digits, Help: "go to the page of that number", Group: groupProgram},
		{ID: cmdSettings, Keys: []string{","}, Help: "settings", Group: groupProgram, Short: true},
		{ID: cmdUndo, Keys: []string{"u"}, Help: "undo the last change of settings", Group: groupProgram},
		{ID: cmdRedo, Keys: []string{"ctrl+r"}, Help: "redo a change of settings", Group: groupProgram},
		{ID: cmdHistory, Keys: []string{"U"}, Help: "show the settings that were in force", Group: groupProgram},
		{ID: cmdLoad, Keys: []string{"L"}, Help: "show what was loaded", Group: groupProgram},
		{ID: cmdQuality, Keys: []string{"D"}, Help: "show the quality of the data", Group: groupProgram},
		{ID: cmdModels, Keys: []string{"V"}, Help: "show the fitted models of value", Group: groupProgram},
		{ID: cmdIdentity, Help: "review who is who: merged and suggested persons", Group: groupProgram},
		{ID: cmdAdd, Keys: []string{"a"}, Help: "add files or open a workspace", Group: groupProgram},
		{ID: cmdTheme, Keys: []string{"T"}, Help: "change the theme: dark, light, plain", Group: groupProgram},
		{ID: cmdMouse, Help: "turn the mouse on or off", Group: groupProgram},
		{ID: cmdQuit, Help: "leave worth", Group: groupProgram},
	}, keys.Global().Without(keys.Page))
}
