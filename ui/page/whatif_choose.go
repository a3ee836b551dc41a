package page

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// chooseScope asks for whom sliders are set.
func (p *whatIf) chooseScope() tea.Cmd {
	commands := []widget.Command{{ID: cmdTakeScope, Title: scopeName(whatif.Everyone)}}
	for _, name := range p.model.Segments() {
		commands = append(commands, widget.Command{ID: cmdTakeScope + name, Title: scopeName(whatif.Scope(name))})
	}
	return send(OpenOverlay{newChoice(p.env.Theme, i18n.T("Set sliders for"), commands)})
}

// settingText says what is set, as "margin = 35 %".
func settingText(o whatif.Override) string {
	text := i18n.T("%s = %s", o.Lever.Name(), o.Lever.FormatSetting(o.Setting))
	if o.Scope != whatif.Everyone {
		text = i18n.T("%s: %s", scopeName(o.Scope), text)
	}
	return text
}

// chooseOverride lists everything that is set; choosing one takes it away.
func (p *whatIf) chooseOverride() tea.Cmd {
	var commands []widget.Command
	for _, o := range p.history.Now().Settings() {
		commands = append(commands, widget.Command{
			ID: cmdRemove + string(o.Scope) + "\x00" + o.Lever.String(), Title: settingText(o), Keys: i18n.T("remove"),
		})
	}
	return send(OpenOverlay{newChoice(p.env.Theme, i18n.T("What is set; Enter removes it"), commands)})
}

// remove takes away the setting of an id of chooseOverride.
func (p *whatIf) remove(id string) tea.Cmd {
	scope, key, _ := strings.Cut(id, "\x00")
	lever, err := whatif.ParseLever(key)
	if err != nil {
		return send(Notice{Text: err.Error(), Bad: true})
	}
	return p.do(p.history.Now().Without(whatif.Scope(scope), lever))
}

// chooseMovers asks which customers who change tier are to be shown.
func (p *whatIf) chooseMovers() tea.Cmd {
	var commands []widget.Command
	for from, row := range p.spread.value.Moves {
		for to, n := range row {
			if from == to || n == 0 {
				continue
			}
			commands = append(commands, widget.Command{
				ID:    cmdMoved + strconv.Itoa(from) + strconv.Itoa(to),
				Title: i18n.T("%s → %s", whatif.Tier(from).Name(), whatif.Tier(to).Name()),
				Keys:  i18n.T("%d customer{s}", n),
			})
		}
	}
	return send(OpenOverlay{newChoice(p.env.Theme, i18n.T("Customers who change tier, of everyone"), commands)})
}

// openMovers shows the customers who go from a tier to another.
func (p *whatIf) openMovers(id string) tea.Cmd {
	if len(id) != 2 {
		return nil
	}
	return p.openRows(workspace.Picked{Moving: true, From: whatif.Tier(id[0] - '0'), To: whatif.Tier(id[1] - '0')})
}

// openRows shows customers under the scenario.
func (p *whatIf) openRows(pick workspace.Picked) tea.Cmd {
	return send(OpenPage{newWhatIfCustomers(p.env, p, pick)})
}
