package page

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
)

// keptScenarios is what a question about saved scenarios ends in.
type keptScenarios struct {
	list    []workspace.SavedScenario
	totals  []whatif.Line // of everybody, by scenario; nil where nobody wants to compare
	saved   string        // name under which the scenario was just saved
	taken   string        // name that another scenario has, which was not replaced
	notice  string        // what was done
	renamed [2]string     // from and to
}

// askName asks under which name the scenario is saved.
func (p *whatIf) askName() tea.Cmd {
	return send(OpenOverlay{newNaming(p.env.Theme, i18n.T("Save the scenario as"), p.saved.Name, cmdSaveAs)})
}

// saveAs keeps the scenario under a name, unless another one has it.
func (p *whatIf) saveAs(name string) tea.Cmd {
	name = strings.TrimSpace(name)
	own := name == p.saved.Name
	ws := p.env.Workspace
	s, mode := p.history.Now(), p.mode
	return ask(&p.keeping, i18n.T("saving"), func(ctx context.Context) (keptScenarios, error) {
		list, err := ws.Scenarios(ctx)
		if err != nil {
			return keptScenarios{}, err
		}
		if !own && slices.ContainsFunc(list, func(k workspace.SavedScenario) bool { return k.Scenario.Name == name }) {
			return keptScenarios{taken: name}, nil
		}
		s.Name = name
		return keptScenarios{saved: name}, ws.SaveScenario(ctx, s, mode)
	})
}

// replace keeps the scenario under a name, whoever has it.
func (p *whatIf) replace(name string) tea.Cmd {
	s, mode, ws := p.history.Now(), p.mode, p.env.Workspace
	s.Name = name
	return ask(&p.keeping, i18n.T("saving"), func(ctx context.Context) (keptScenarios, error) {
		return keptScenarios{saved: name}, ws.SaveScenario(ctx, s, mode)
	})
}

// listSaved values all saved scenarios on the model and then shows them; notice is said
// with them.
func (p *whatIf) listSaved(notice string) tea.Cmd {
	ws, model := p.env.Workspace, p.model
	return ask(&p.keeping, i18n.T("comparing scenarios"), func(ctx context.Context) (keptScenarios, error) {
		return compareSaved(ctx, ws, model, notice)
	})
}

func compareSaved(ctx context.Context, ws *workspace.Workspace, model *workspace.WhatIf, notice string) (keptScenarios, error) {
	out := keptScenarios{notice: notice, totals: []whatif.Line{}}
	var err error
	if out.list, err = ws.Scenarios(ctx); err != nil {
		return out, err
	}
	for _, k := range out.list {
		result, err := model.Evaluate(ctx, k.Scenario)
		if err != nil {
			return out, err
		}
		out.totals = append(out.totals, result.Total)
	}
	return out, nil
}

// onKept takes over what became of a question about saved scenarios.
func (p *whatIf) onKept(msg reply[keptScenarios]) tea.Cmd {
	if !p.keeping.settle(msg.generation) {
		return nil
	}
	v := msg.value
	switch {
	case canceled(msg.err):
		return send(Notice{Text: i18n.T("stopped")})
	case msg.err != nil:
		return send(Notice{Text: msg.err.Error(), Bad: true})
	case v.taken != "":
		return send(OpenOverlay{&confirm{
			title: i18n.T("Save the scenario"), text: i18n.T("There is a scenario %q already. Replace it?", v.taken), then: cmdReplaceScenario + v.taken,
		}})
	case v.saved != "":
		p.keep(v.saved)
		return send(Notice{Text: i18n.T("saved as %q", v.saved)})
	}
	if p.kept = v.list; v.renamed[0] != "" && v.renamed[0] == p.saved.Name {
		p.saved.Name = v.renamed[1]
	}
	open := send(OpenOverlay{&savedDialog{list: v.list, totals: v.totals, terms: p.basisText()}})
	if v.notice != "" {
		return tea.Batch(open, send(Notice{Text: v.notice}))
	}
	return open
}

// loadSaved makes a saved scenario the present one, which can be undone.
func (p *whatIf) loadSaved(name string) tea.Cmd {
	for _, k := range p.kept {
		if k.Scenario.Name != name {
			continue
		}
		p.load(k.Scenario)
		if k.Mode != p.mode {
			return p.switchMode()
		}
		return p.refresh()
	}
	return send(Notice{Text: i18n.T("there is no scenario %q any more", name), Bad: true})
}

// deleteSaved forgets a saved scenario and lists the others.
func (p *whatIf) deleteSaved(name string) tea.Cmd {
	ws, model := p.env.Workspace, p.model
	return ask(&p.keeping, i18n.T("deleting"), func(ctx context.Context) (keptScenarios, error) {
		if err := ws.DeleteScenario(ctx, name); err != nil {
			return keptScenarios{}, err
		}
		return compareSaved(ctx, ws, model, i18n.T("deleted %q", name))
	})
}

// askRename asks for another name of a saved scenario.
func (p *whatIf) askRename(name string) tea.Cmd {
	return send(OpenOverlay{newNaming(p.env.Theme, i18n.T("Rename %q to", name), name, cmdRenameScenario+name+"\x00")})
}

// rename gives a saved scenario another name and lists all.
func (p *whatIf) rename(names string) tea.Cmd {
	from, to, _ := strings.Cut(names, "\x00")
	ws, model := p.env.Workspace, p.model
	return ask(&p.keeping, i18n.T("renaming"), func(ctx context.Context) (keptScenarios, error) {
		if err := ws.RenameScenario(ctx, from, to); err != nil {
			return keptScenarios{}, err
		}
		out, err := compareSaved(ctx, ws, model, i18n.T("renamed to %q", strings.TrimSpace(to)))
		out.renamed = [2]string{from, strings.TrimSpace(to)}
		return out, err
	})
}
