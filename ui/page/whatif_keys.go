package page

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/keys"
)

// Commands of the what-if page.
const (
	cmdLess            = "whatif.less"
	cmdMore            = "whatif.more"
	cmdMuchLess        = "whatif.less.much"
	cmdMuchMore        = "whatif.more.much"
	cmdType            = "whatif.type"
	cmdDigit           = "whatif.digit"
	cmdResetLever      = "whatif.reset"
	cmdBaseline        = "whatif.baseline"
	cmdUndoMove        = "whatif.undo"
	cmdRedoMove        = "whatif.redo"
	cmdScope           = "whatif.scope"
	cmdOverrides       = "whatif.overrides"
	cmdSwitchMode      = "whatif.mode"
	cmdTiming          = "whatif.timing"
	cmdSaveScenario    = "whatif.save"
	cmdScenarios       = "whatif.scenarios"
	cmdGrid            = "whatif.grid"
	cmdMovers          = "whatif.movers"
	cmdHere            = "whatif.here"
	cmdRowsOfScope     = "whatif.customers"
	cmdTakeScope       = "whatif.scope:"    // and the name of a segment, nothing for everyone
	cmdRemove          = "whatif.override:" // and scope, NUL, lever
	cmdMoved           = "whatif.moved:"    // and two tiers
	cmdSaveAs          = "whatif.save:"     // and a name
	cmdReplaceScenario = "whatif.replace:"  // and a name that another scenario has
	cmdLoadSaved       = "whatif.load:"     // and a name
	cmdDeleteScenario  = "whatif.delete:"   // and a name
	cmdAskRename       = "whatif.rename?"   // and a name
	cmdRenameScenario  = "whatif.rename:"   // and two names with a NUL between
)

const groupWhatIf i18n.Text = "What if"

// whatIfKeys are the page's bindings with the sliders in focus.
var whatIfKeys = keys.Join(
	keys.Map{
		{ID: cmdMore, Keys: []string{"right", "l"}, Help: "move the slider up", Group: groupWhatIf},
		{ID: cmdLess, Keys: []string{"left", "h"}, Help: "move the slider", Group: groupWhatIf, Short: true},
		{ID: cmdMuchMore, Keys: []string{"+", "shift+right", "L"}, Help: "move the slider up by a large step", Group: groupWhatIf},
		{ID: cmdMuchLess, Keys: []string{"-", "shift+left", "H"}, Help: "move the slider down by a large step", Group: groupWhatIf},
		{ID: cmdType, Keys: []string{"enter", "="}, Help: "type a value", Group: groupWhatIf, Short: true},
		{
			ID: cmdDigit, Keys: []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "×", "*"},
			Help: "type a value that begins so; Tab lets digits go to pages", Group: groupWhatIf,
		},
	},
	whatIfCommon,
)

// whatIfListKeys are the page's bindings with the segments in focus.
var whatIfListKeys = keys.Join(
	keys.Map{
		{ID: keys.Open, Keys: []string{"enter"}, Help: "show the customers under the scenario", Group: groupWhatIf, Short: true},
		{ID: cmdHere, Keys: []string{"space"}, Help: "set sliders for this segment", Group: groupWhatIf, Short: true},
	},
	whatIfCommon,
)

// whatIfCommon are the bindings that hold in both.
var whatIfCommon = keys.Join(
	keys.Map{
		{ID: cmdScope, Keys: []string{"o"}, Help: "choose for whom", Group: groupWhatIf, Short: true},
		{ID: cmdUndoMove, Keys: []string{"u"}, Help: "undo", Group: groupWhatIf, Short: true},
		{ID: cmdRedoMove, Keys: []string{"U", "ctrl+r"}, Help: "redo", Group: groupWhatIf},
		{ID: cmdSaveScenario, Keys: []string{"w"}, Help: "save", Group: groupWhatIf, Short: true},
		{ID: cmdScenarios, Keys: []string{"s"}, Help: "compare saved scenarios, load, rename or delete one", Group: groupWhatIf},
		{ID: cmdResetLever, Keys: []string{"x", "backspace", "delete"}, Help: "put the slider back", Group: groupWhatIf},
		{ID: cmdBaseline, Keys: []string{"X"}, Help: "put all sliders back, overrides too", Group: groupWhatIf},
		{ID: cmdOverrides, Keys: []string{"O"}, Help: "list what is set, to remove it", Group: groupWhatIf},
		{ID: cmdGrid, Keys: []string{"t"}, Help: "two inputs against each other", Group: groupWhatIf},
		{ID: cmdRowsOfScope, Keys: []string{"c"}, Help: "show the customers the sliders are set for, under the scenario", Group: groupWhatIf},
		{ID: cmdMovers, Keys: []string{"m"}, Help: "customers who change tier", Group: groupWhatIf},
		{ID: cmdSwitchMode, Keys: []string{"f"}, Help: "formula or fitted model", Group: groupWhatIf, Short: true},
		{ID: cmdTiming, Keys: []string{"y"}, Help: "formula: profit at the end or start of years, or without end", Group: groupWhatIf},
		{ID: keys.NextPane, Keys: []string{"tab"}, Help: "sliders or segments", Group: groupPage, Short: true},
		{ID: keys.PreviousPane, Keys: []string{"shift+tab"}, Help: "sliders or segments", Group: groupPage},
		{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
	},
	exportBinding, sqlBinding,
	keys.Moving().Without(keys.Left, keys.Right),
)

// whatIfTypingKeys are the bindings while a number is typed.
var whatIfTypingKeys = keys.Map{
	{ID: cmdType, Keys: []string{"enter"}, Help: "take it: 35%%, +3pt, ×1.2, -10%%; empty puts the slider back", Group: groupWhatIf, Short: true},
	{ID: keys.Back, Keys: []string{"esc"}, Help: "leave it", Group: groupWhatIf, Short: true},
}

// Keys returns the page's bindings.
func (p *whatIf) Keys() keys.Map {
	switch {
	case p.sliders.Typing():
		return whatIfTypingKeys
	case p.pane == paneScopes, p.model == nil:
		return whatIfListKeys
	}
	return whatIfKeys
}

// Reason says why a command cannot be used.
func (p *whatIf) Reason(id string) string {
	if p.model == nil {
		if _, own := keys.Join(whatIfKeys, whatIfListKeys).Find(id); own && id != cmdSwitchMode && id != cmdRetry {
			return i18n.T("there is no model yet")
		}
		return ""
	}
	switch id {
	case keys.Open, cmdHere:
		if p.pane == paneScopes && p.beyondAt(p.list.Cursor) {
			return i18n.T("these people have no order and are known by their referrals only")
		}
	case cmdUndoMove:
		if !p.history.CanUndo() {
			return i18n.T("nothing was changed")
		}
	case cmdRedoMove:
		if !p.history.CanRedo() {
			return i18n.T("nothing was undone")
		}
	case cmdOverrides, cmdBaseline:
		if p.history.Now().IsBaseline() {
			return i18n.T("nothing is set")
		}
	case cmdTiming:
		if p.mode != whatif.ModeFormula {
			return i18n.T("a fitted model counts every month at its end; f goes to the formula")
		}
	case cmdMovers:
		if !p.spread.fresh(p.history.Now()) || p.spread.value.Moved() == 0 {
			return i18n.T("nobody is known to change tier")
		}
	case keys.Export:
		if !p.valued {
			return i18n.T("there is no answer yet")
		}
	case keys.SQL:
		if len(p.asked) == 0 {
			return noQuestion()
		}
	}
	return ""
}

// Do carries out a command.
func (p *whatIf) Do(id string) tea.Cmd {
	if id == cmdRetry {
		p.forget()
		return p.Init()
	}
	if id == cmdSwitchMode {
		return p.switchMode()
	}
	if p.model == nil {
		return nil
	}
	if cmd, done := p.doSlider(id); done {
		return cmd
	}
	if cmd, done := p.doScenario(id); done {
		return cmd
	}
	switch id {
	case keys.NextPane, keys.PreviousPane:
		p.pane = paneScopes - p.pane
	case keys.Open:
		return p.open()
	case keys.Export:
		return export(p.env, 0, p.exports()...)
	case keys.SQL:
		return behind(p.asked, false)
	default:
		if rows, _, ok := step(id, listPage); ok && p.pane == paneScopes {
			p.list.Move(rows)
		} else if ok {
			p.sliders.Move(rows)
		}
	}
	return nil
}

// doSlider carries out the commands that move the slider under the cursor.
func (p *whatIf) doSlider(id string) (cmd tea.Cmd, done bool) {
	switch id {
	case cmdMore:
		return p.nudge(+1, false), true
	case cmdLess:
		return p.nudge(-1, false), true
	case cmdMuchMore:
		return p.nudge(+1, true), true
	case cmdMuchLess:
		return p.nudge(-1, true), true
	case cmdResetLever:
		return p.reset(), true
	case cmdBaseline:
		return p.do(whatif.Scenario{}), true
	case cmdUndoMove:
		return p.undo(false), true
	case cmdRedoMove:
		return p.undo(true), true
	case cmdType, cmdDigit:
		return p.beginTyping(""), true
	}
	return nil, false
}

// beginTyping lets a number be typed for the slider under the cursor.
func (p *whatIf) beginTyping(text string) tea.Cmd {
	p.pane = paneSliders
	if at, ok := p.standing(p.lever()); ok && at.Off != "" {
		return p.whyOff(at)
	}
	p.sliders.BeginTyping(text)
	return nil
}

// whatIfWith are the commands that carry what they are about.
var whatIfWith = []struct {
	prefix string
	do     func(p *whatIf, what string) tea.Cmd
}{
	{cmdTakeScope, func(p *whatIf, what string) tea.Cmd { return p.sliding(whatif.Scope(what)) }},
	{cmdRemove, (*whatIf).remove},
	{cmdMoved, (*whatIf).openMovers},
	{cmdSaveAs, (*whatIf).saveAs},
	{cmdReplaceScenario, (*whatIf).replace},
	{cmdLoadSaved, (*whatIf).loadSaved},
	{cmdDeleteScenario, (*whatIf).deleteSaved},
	{cmdAskRename, (*whatIf).askRename},
	{cmdRenameScenario, (*whatIf).rename},
}

// doScenario carries out the commands about whole scenarios and scopes.
func (p *whatIf) doScenario(id string) (cmd tea.Cmd, done bool) {
	for _, with := range whatIfWith {
		if what, ok := strings.CutPrefix(id, with.prefix); ok {
			return with.do(p, what), true
		}
	}
	switch id {
	case cmdScope:
		return p.chooseScope(), true
	case cmdHere:
		return p.sliding(p.scopeAt(p.list.Cursor)), true
	case cmdOverrides:
		return p.chooseOverride(), true
	case cmdMovers:
		return p.chooseMovers(), true
	case cmdTiming:
		return p.switchTiming(), true
	case cmdRowsOfScope:
		return p.openRows(workspace.Picked{Scope: p.scope}), true
	case cmdGrid:
		return send(OpenPage{newWhatIfGrid(p.env, p.model, p.history.Now(), p.scope)}), true
	case cmdSaveScenario:
		return p.askName(), true
	case cmdScenarios:
		return p.listSaved(""), true
	}
	return nil, false
}

// switchMode goes from the fitted model to the formula and back; the scenario stays.
func (p *whatIf) switchMode() tea.Cmd {
	p.mode = whatif.ModeFormula - p.mode
	p.ready, p.err, p.model = false, nil, nil
	return p.Init()
}

// open shows the customers of the segment under the cursor.
func (p *whatIf) open() tea.Cmd {
	return p.openRows(workspace.Picked{Scope: p.scopeAt(p.list.Cursor)})
}

// beyondAt reports whether a row of the list is that of people who are no customers.
func (p *whatIf) beyondAt(row int) bool { return row > len(p.result.Segments) }

// scopeAt returns the scope of a row of the list: everyone first, then the segments.
func (p *whatIf) scopeAt(row int) whatif.Scope {
	if row < 1 || row > len(p.result.Segments) {
		return whatif.Everyone
	}
	return p.result.Segments[row-1].Scope
}
