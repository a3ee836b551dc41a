package page

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/theme"
	"worth/ui/widget"
)

// The keys of the fields of the settings dialog.
const (
	setAsOf     = "as_of"
	setZone     = "time_zone"
	setCurrency = "currency"
	setRates    = "rates"
	setBasis    = "basis"
	setMargin   = "margin"
	setWindow   = "window"
	setScheme   = "scheme"
	setMonetary = "monetary"
	setMerge    = "merge_same_day"
	setSkipZero = "skip_zero"
)

// settings is the dialog over the assumptions that every number carries.
type settings struct {
	env  *Env
	form widget.Form
	err  error // why the settings were not applied
}

// NewSettings returns the dialog over the settings in force.
func NewSettings(env *Env) Overlay {
	set := env.Workspace.Settings()
	return &settings{env: env, form: widget.Form{Fields: settingFields(set, env.Header)}}
}

// settingFields are the fields of the dialog: what the numbers are counted in,
// then how customers are scored.
func settingFields(set workspace.Settings, now workspace.Header) []widget.Field {
	return append(countingFields(set, now), scoringFields(set)...)
}

func countingFields(set workspace.Settings, now workspace.Header) []widget.Field {
	asOf, latest, margin := "", "", ""
	if !set.AsOf.IsZero() {
		asOf = set.AsOf.Format(time.DateOnly)
	}
	if !now.AsOf.IsZero() { // something is loaded
		latest = now.AsOf.Format(time.DateOnly)
	}
	if set.MarginRate != 0 {
		margin = strconv.FormatFloat(set.MarginRate*100, 'f', -1, 64) + "%"
	}
	return []widget.Field{
		{
			Key: setAsOf, Label: i18n.T("As of"), Kind: widget.FieldDate, Value: asOf, Hint: latest,
			Note: i18n.T("last day that counts; empty: last order"), Check: checkDay,
		},
		{
			Key: setZone, Label: i18n.T("Time zone"), Value: set.TimeZone, Hint: "UTC", Check: checkZone,
			Note: i18n.T("in which days are counted"),
		},
		{
			Key: setCurrency, Label: i18n.T("Currency"), Value: set.Currency, Hint: now.Currency,
			Note: i18n.T("that counts; others stand apart"), Check: checkCurrency,
		},
		{
			Key: setRates, Label: i18n.T("Exchange rates"), Hint: ratesHint(set),
			Note: i18n.T("file: currency, rate, day; or none"),
		},
		{
			Key: setBasis, Label: i18n.T("Basis"), Kind: widget.FieldChoice, Value: string(basisOf(set)), Options: basisChoices(),
			Note: i18n.T("what value is counted in"),
		},
		{
			Key: setMargin, Label: i18n.T("Margin"), Kind: widget.FieldNumber, Value: margin, Hint: i18n.T("unknown"),
			Note: i18n.T("of net revenue, where no cost is known"), Check: checkRate,
		},
	}
}

func scoringFields(set workspace.Settings) []widget.Field {
	window := ""
	if set.Window != 0 {
		window = strconv.Itoa(set.Window)
	}
	return []widget.Field{
		{
			Key: setWindow, Label: i18n.T("Window"), Kind: widget.FieldNumber, Value: window, Hint: i18n.T("all history"),
			Note: i18n.T("months that count for F and M"), Check: checkMonths,
		},
		{
			Key: setScheme, Label: i18n.T("Scheme"), Kind: widget.FieldChoice, Value: set.Scheme, Options: schemeChoices(set),
			Note: i18n.T("how customers are segmented"),
		},
		{
			Key: setMonetary, Label: i18n.T("M measures"), Kind: widget.FieldChoice, Value: string(monetaryOf(set)),
			Options: []widget.Choice{
				{Value: string(workspace.TotalSpend), Label: i18n.T("total spend")},
				{Value: string(workspace.AverageSpend), Label: i18n.T("average order")},
			},
		},
		{
			Key: setMerge, Label: i18n.T("Merge same day"), Kind: widget.FieldToggle, Value: strconv.FormatBool(set.MergeSameDay),
			Note: i18n.T("orders of one day are one purchase"),
		},
		{
			Key: setSkipZero, Label: i18n.T("Skip zero orders"), Kind: widget.FieldToggle, Value: strconv.FormatBool(set.SkipZero),
			Note: i18n.T("orders of amount 0 do not count"),
		},
	}
}

func basisOf(set workspace.Settings) workspace.Basis {
	if set.Basis == "" {
		return workspace.NetRevenue
	}
	return set.Basis
}

func monetaryOf(set workspace.Settings) workspace.Monetary {
	if set.Monetary == "" {
		return workspace.TotalSpend
	}
	return set.Monetary
}

// BasisName names a basis in the reader's language.
func BasisName(b workspace.Basis) string { return workspace.BasisText(b) }

func basisChoices() []widget.Choice {
	var out []widget.Choice
	for _, b := range []workspace.Basis{workspace.NetRevenue, workspace.Margin, workspace.Contribution} {
		out = append(out, widget.Choice{Value: string(b), Label: BasisName(b)})
	}
	return out
}

// schemeChoices are the shipped schemes, the default under the empty name that
// settings have for it, and the analyst's own if it is in force.
func schemeChoices(set workspace.Settings) []widget.Choice {
	all, err := workspace.Schemes()
	if err != nil {
		return nil // the dialog of schemes says why
	}
	var out []widget.Choice
	for i, s := range all {
		value := s.Name
		if i == 0 && set.Scheme == "" {
			value = ""
		}
		out = append(out, widget.Choice{Value: value, Label: s.Name})
	}
	if set.SchemeText != "" {
		out = append(out, widget.Choice{Value: set.Scheme, Label: set.Scheme})
	}
	return out
}

// Key edits; ctrl+s, or enter on the last field, applies.
func (d *settings) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if msg.String() == "ctrl+s" {
		return d.apply(), false
	}
	if d.form.Key(msg) != widget.FormIgnored {
		d.err = nil
		return nil, false
	}
	switch msg.String() {
	case "esc":
		return nil, true
	case "enter":
		return d.apply(), false
	}
	return nil, false
}

// Update handles pastes, clicks and the reason why settings were not applied.
func (d *settings) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		d.form.Insert(msg.Content)
	case tea.MouseClickMsg:
		d.form.Hit(msg.Y - 1)
	case Failed:
		d.err = msg.Err
	}
	return nil
}

// apply asks for an analysis under the settings in the form, if they can be.
func (d *settings) apply() tea.Cmd {
	if !d.form.Validate() {
		return nil
	}
	set := d.typed()
	if path := strings.TrimSpace(d.form.Values()[setRates]); path != "" {
		return withRates(set, path)
	}
	return send(ApplySettings{set})
}

// typed returns the settings in the form, which has been validated.
func (d *settings) typed() workspace.Settings {
	set := d.env.Workspace.Settings()
	f := d.form.Values()
	set.AsOf, _ = parseDay(f[setAsOf])
	set.TimeZone = strings.TrimSpace(f[setZone])
	set.Currency = strings.ToUpper(strings.TrimSpace(f[setCurrency]))
	set.Basis = workspace.Basis(f[setBasis])
	set.MarginRate, _ = parseRate(f[setMargin])
	set.Window, _ = parseMonths(f[setWindow])
	if f[setScheme] != set.Scheme {
		set = WithScheme(set, f[setScheme])
	}
	set.Monetary = workspace.Monetary(f[setMonetary])
	set.MergeSameDay = f[setMerge] == "true"
	set.SkipZero = f[setSkipZero] == "true"
	return set
}

// View draws the form and, below it, why it was not applied.
func (d *settings) View(w, h int, t theme.Theme) string {
	d.form.Theme = t
	bodyW := min(w-dialogFrame, 78)
	var wrong []string
	if d.err != nil {
		wrong = wrapped(d.err.Error(), bodyW-2)
	}
	body := widget.ViewFunc(func(w, h int) string {
		lines := []string{d.form.View(w, max(h-len(wrong), 1))}
		for _, line := range wrong {
			lines = append(lines, " "+t.Bad.Render(line))
		}
		return strings.Join(lines, "\n")
	})
	return Dialog(t, i18n.T("Settings"), i18n.T("ctrl+s applies · Esc leaves"), body, bodyW, len(d.form.Fields)+1+len(wrong), w, h)
}
