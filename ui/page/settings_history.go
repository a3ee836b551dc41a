package page

import (
	"strconv"
	"strings"
	"time"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// SettingsText writes settings one after the other, as a change is told.
func SettingsText(list []workspace.SettingText) string {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = s.Name + " " + s.Value
	}
	if len(texts) == 0 {
		return i18n.T("the same settings")
	}
	return strings.Join(texts, ", ")
}

// NewSettingsHistory returns the dialog over the settings that were in force, the
// latest first, each told by what it changed; it sends Run with prefix and the
// number of the chosen one.
func NewSettingsHistory(t theme.Theme, list []workspace.SettingsAt, current int, prefix string) Overlay {
	var commands []widget.Command
	for i := len(list) - 1; i >= 0; i-- {
		text := i18n.T("as it was at first")
		if i > 0 {
			text = SettingsText(list[i].Settings.Changes(list[i-1].Settings))
		}
		c := widget.Command{ID: prefix + strconv.Itoa(i), Title: text, Keys: list[i].Since.Local().Format(time.DateOnly + " 15:04")}
		if i == current {
			c.Disabled = i18n.T("in force")
		}
		commands = append(commands, c)
	}
	return newChoice(t, i18n.T("Settings that were in force"), commands)
}
