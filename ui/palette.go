package ui

import (
	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// commands lists everything the palette offers: what the page can do, the root
// pages, the program, the schemes. What cannot be used says why.
func (r *root) commands() []widget.Command {
	var out []widget.Command
	moving := keys.Moving()
	for _, e := range keys.Join(r.stack.top().page.Keys(), Bindings()).Entries(r.reason) {
		if _, moves := moving.Find(e.ID); moves || e.ID == keys.Page || e.ID == keys.Palette {
			continue
		}
		out = append(out, widget.Command{ID: e.ID, Title: e.Title, Keys: e.Keys, Disabled: e.Reason})
	}
	for _, p := range rootPages {
		out = append(out, widget.Command{
			ID: cmdGoTo + p.name, Title: i18n.T("go to %s", p.title), Keys: p.key,
		})
	}
	schemes, err := workspace.Schemes()
	if err != nil {
		return out // the dialog of schemes says why
	}
	for _, s := range schemes {
		out = append(out, widget.Command{ID: cmdScheme + s.Name, Title: i18n.T("segment by %s", s.Title), Keys: s.Name})
	}
	return out
}
