package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/rfm"
	"worth/internal/tabular"
)

// derived is what the tables of the schema derived stand for. It is kept with
// them, so that an opened workspace knows without asking the orders.
type derived struct {
	Settings Settings     `json:"settings"`
	AsOf     time.Time    `json:"as_of"`
	Currency string       `json:"currency"` // in which money is counted; empty when no order names one
	Pricing  pricing      `json:"pricing,omitempty"`
	Cuts     rfm.Cuts     `json:"cuts"`
	Ready    bool         `json:"ready"`   // whether there are orders to derive from
	Counted  bool         `json:"counted"` // whether any of them counts under the settings
	Scored   bool         `json:"scored"`
	Models   fittedModels `json:"models"`
	Referred bool         `json:"referred"` // whether anybody is said to have brought in somebody

	Marginless bool            `json:"marginless,omitempty"`  // whether value is to be counted in a margin and nothing says what it is
	Currencies []CurrencyTotal `json:"currencies,omitempty"`  // none where there is but one
	SpendApart int64           `json:"spend_apart,omitempty"` // lines of channel costs in currencies that do not count
}

// deriver rebuilds the derived tables in one transaction.
type deriver struct {
	tx     *duck.Tx
	set    Settings
	scheme rfm.Scheme
	tell   func(step string, share float64)
	out    derived
	frame

	measured bool      // temp.scored exists
	rules    rfm.Rules // of the scheme, statistics filled in
	costly   bool      // it is known what channels cost
}

// derive rebuilds everything that follows from the canonical tables and the
// settings. It returns what the tables now stand for.
func derive(ctx context.Context, tx *duck.Tx, set Settings, tell func(string, float64)) (derived, error) {
	scheme, err := set.scheme()
	if err != nil {
		return derived{}, err
	}
	if set.Monetary == AverageSpend {
		if scheme, err = scheme.ByAverage(); err != nil {
			return derived{}, err
		}
	}
	d := &deriver{tx: tx, set: set, scheme: scheme, tell: tell, out: derived{Settings: set}}
	if err := d.anchor(ctx); err != nil {
		return derived{}, err
	}
	steps := []struct {
		title string
		share float64
		do    func(context.Context) error
	}{
		{i18n.T("telling currencies apart"), 0.04, d.currencies},
		{i18n.T("adding up customers"), 0.05, d.activity},
		{i18n.T("cutting scores"), 0.5, d.score},
		{i18n.T("placing segments"), 0.6, d.place},
		{i18n.T("fitting models"), 0.61, d.predict},
		{i18n.T("writing customers"), 0.65, d.customers},
		{i18n.T("writing customers"), 0.84, d.purchaseDays},
		{i18n.T("chaining referrals"), 0.85, d.referrals},
		{i18n.T("placing segments"), 0.865, d.replace},
		{i18n.T("summing up"), 0.87, d.summaries},
	}
	for _, s := range steps {
		d.tell(s.title, s.share)
		if err := s.do(ctx); err != nil {
			return derived{}, err
		}
	}
	text, err := json.Marshal(d.out)
	if err != nil {
		return derived{}, i18n.Errorf("the settings cannot be kept: %v", err)
	}
	_, err = tx.Exec(ctx, duck.Call{Name: "derive/record", Args: duck.Args{"settings": string(text)}})
	return d.out, err
}

// anchor decides the as-of date and what follows from it.
func (d *deriver) anchor(ctx context.Context) error {
	location, err := d.locate(d.set)
	if err != nil {
		return err
	}
	res, err := d.tx.Query(ctx, duck.Call{Name: "derive/last_order", Args: d.args, Idents: d.idents})
	if err != nil {
		return err
	}
	last, ready := res.Rows[0][0].(time.Time)
	currency, _ := res.Rows[0][1].(string)
	several, _ := res.Rows[0][2].(bool)
	spend, _ := res.Rows[0][3].([]any)
	d.out.Ready, d.out.AsOf = ready, last
	if err := d.priceIn(ctx, currency, several, spend); err != nil {
		return err
	}
	if !d.set.AsOf.IsZero() {
		d.out.AsOf = d.set.AsOf
	}
	if err := d.date(ctx, d.tx, d.out, d.out.AsOf, location); err != nil {
		return err
	}
	d.out.Marginless = d.set.basis() != NetRevenue && d.set.MarginRate == 0 && d.parts["costs"].Name == noCosts
	return nil
}

// noCosts is the part of queries where no file says what goods cost.
const noCosts = "derive/no_costs"

func (d *deriver) exec(ctx context.Context, name string) error {
	_, err := d.tx.Exec(ctx, d.call(name))
	return err
}

func (d *deriver) activity(ctx context.Context) error {
	_, err := d.tx.Watch(ctx, d.call("derive/activity"), func(share float64) {
		const from, width = 0.05, 0.35
		d.tell(i18n.T("adding up customers"), from+width*share)
	})
	if err != nil {
		return err
	}
	return d.exec(ctx, "derive/first_days")
}

// score decides the cut-points.
func (d *deriver) score(ctx context.Context) error {
	cuts, err := d.cuts(ctx)
	if err != nil {
		return err
	}
	d.out.Cuts = cuts
	d.args["cuts_r"], d.args["cuts_f"], d.args["cuts_m"] = cuts.R, cuts.F, cuts.M
	d.args["levels"] = cuts.Levels()
	return nil
}

func (d *deriver) cuts(ctx context.Context) (rfm.Cuts, error) {
	levels := d.scheme.Levels
	if levels == 0 {
		levels = rfm.DefaultLevels
	}
	cuts := rfm.Cuts{RMode: rfm.ModeQuantile, FMode: rfm.ModeQuantile, MMode: rfm.ModeQuantile}
	if d.set.Cuts != nil {
		cuts = *d.set.Cuts
		if err := cuts.Validate(); err != nil {
			return rfm.Cuts{}, err
		}
		if cuts.Frozen || cuts.RMode == rfm.ModeFixed && cuts.FMode == rfm.ModeFixed && cuts.MMode == rfm.ModeFixed {
			d.out.Scored = true
			return cuts, nil
		}
	}
	shares := make([]float64, 0, levels-1)
	for i := 1; i < levels; i++ {
		shares = append(shares, float64(i)/float64(levels))
	}
	c := d.call("derive/cuts")
	c.Args["shares"] = shares
	res, err := d.tx.Query(ctx, c)
	if err != nil {
		return rfm.Cuts{}, err
	}
	row := res.Rows[0]
	n, _ := row[3].(int64)
	d.out.Scored = n > 0
	for i, measure := range []struct {
		mode   rfm.Mode
		points *[]float64
	}{{cuts.RMode, &cuts.R}, {cuts.FMode, &cuts.F}, {cuts.MMode, &cuts.M}} {
		if measure.mode == rfm.ModeQuantile {
			*measure.points = floats(row[i])
		}
	}
	return cuts, nil
}

func floats(cell any) []float64 {
	list, _ := cell.([]any)
	out := make([]float64, 0, len(list))
	for _, v := range list {
		f, _ := tabular.Number(v)
		out = append(out, f)
	}
	return out
}

// place finds out which segment of the scheme the customers fall into: by cell
// of scores where the scheme looks at nothing else, one by one otherwise.
func (d *deriver) place(ctx context.Context) error {
	d.parts["segments"] = duck.Call{Name: "derive/by_cell"}
	if err := d.exec(ctx, "derive/box_table"); err != nil {
		return err
	}
	if !d.out.Scored { // nobody to place
		return d.exec(ctx, "derive/cells")
	}
	stats, err := d.statistics(ctx)
	if err != nil {
		return err
	}
	if d.rules, err = d.scheme.Resolve(stats); err != nil {
		return err
	}
	if err := d.tx.Append(ctx, "derived", "boxes", boxRows(d.rules)); err != nil {
		return err
	}
	measures := d.rules.Measures()
	if len(measures) == 0 || measures[len(measures)-1] <= rfm.FM {
		return d.exec(ctx, "derive/cells")
	}
	d.parts["segments"] = duck.Call{Name: "derive/by_person"}
	if err := d.measure(ctx); err != nil {
		return err
	}
	return d.exec(ctx, "derive/boxes")
}

// replace places customers again in a scheme that asks whom they brought in: that
// is known only when the customers are.
func (d *deriver) replace(ctx context.Context) error {
	if !d.out.Referred || !d.out.Scored || !slices.Contains(d.rules.Measures(), rfm.Referred) {
		return nil
	}
	d.parts["referred"] = duck.Call{Name: "derive/referred"}
	for _, step := range []string{"derive/scored", "derive/boxes", "derive/replace"} {
		if err := d.exec(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// measure puts the measures of every customer down, once.
func (d *deriver) measure(ctx context.Context) error {
	if d.measured {
		return nil
	}
	d.measured = true
	return d.exec(ctx, "derive/scored")
}

// statistics answers what the scheme's symbolic bounds stand for.
func (d *deriver) statistics(ctx context.Context) (rfm.Stats, error) {
	stats := rfm.Stats{}
	for _, need := range d.scheme.Needs() {
		if err := d.measure(ctx); err != nil {
			return nil, err
		}
		c := duck.Call{Name: "derive/statistic_quantile", Args: duck.Args{"p": need.P}, Idents: duck.Idents{"measure": need.Measure.String()}}
		if need.Mean {
			c.Name = "derive/statistic_mean"
		}
		res, err := d.tx.Query(ctx, c)
		if err != nil {
			return nil, err
		}
		value, ok := tabular.Number(res.Rows[0][0])
		if !ok {
			value = math.NaN() // Resolve says which statistic the data do not give
		}
		stats[need] = value
	}
	return stats, nil
}

func boxRows(rules rfm.Rules) [][]any {
	rows := make([][]any, 0, len(rules.Boxes))
	for _, b := range rules.Boxes {
		row := []any{int32(b.Rank), b.Segment} //nolint:gosec // at most 500 rules
		for _, r := range b.Ranges {
			row = append(row, r.Lo, r.LoOpen, r.Hi, r.HiOpen)
		}
		rows = append(rows, row)
	}
	return rows
}

func (d *deriver) customers(ctx context.Context) error {
	_, err := d.tx.Watch(ctx, d.call("derive/customers"), func(share float64) {
		const from, width = 0.65, 0.2
		d.tell(i18n.T("writing customers"), from+width*share)
	})
	return err
}

func (d *deriver) purchaseDays(ctx context.Context) error { return d.exec(ctx, "derive/purchase_days") }

func (d *deriver) summaries(ctx context.Context) error {
	names := []string{"derive/overview", "derive/curve", "derive/months", "derive/segments", "derive/heat", "derive/no_channels"}
	if d.costly {
		names = append(names, "derive/channels", "derive/channel_months")
	}
	for _, name := range names {
		if err := d.exec(ctx, name); err != nil {
			return err
		}
	}
	res, err := d.tx.Query(ctx, duck.Call{Name: "ask/header"})
	if err != nil {
		return err
	}
	orders, _ := res.Rows[0][1].(int64)
	d.out.Counted = orders > 0
	return nil
}

// marginless reports whether value is to be counted in a margin that is not known.
func (s derived) marginless() bool {
	return s.Marginless && s.Counted
}

func marginUnknown() string {
	return i18n.T("the margin is not known: the files do not say what goods cost; give a margin such as 35%% (--margin), or choose the basis net revenue")
}

// basis returns the basis in force.
func (s Settings) basis() Basis {
	if s.Basis == "" {
		return NetRevenue
	}
	return s.Basis
}

// Settings returns the settings in force, defaults left empty.
func (w *Workspace) Settings() Settings {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.set
}

// Apply validates settings, rebuilds everything derived under them and keeps
// them with the workspace. On an error, or when ctx ends, everything stays as it
// was. Progress may be called from another goroutine.
func (w *Workspace) Apply(ctx context.Context, s Settings, progress func(Progress)) error {
	if err := s.check(); err != nil {
		return &SettingError{err}
	}
	var out derived
	err := w.write(ctx, waitingFor(progress), func(ctx context.Context, tx *duck.Tx) error {
		var err error
		if out, err = w.rebuild(ctx, tx, s, progress, 0); err == nil && out.marginless() {
			err = &NoAnswerError{marginUnknown()}
		}
		return err
	})
	if err != nil {
		return err
	}
	w.adopt(s, out)
	return nil
}

// rebuild derives within a transaction and keeps the settings; from is the share
// of the whole step that is done already.
func (w *Workspace) rebuild(ctx context.Context, tx *duck.Tx, s Settings, progress func(Progress), from float64) (derived, error) {
	tell := func(step string, share float64) {
		if progress != nil {
			progress(Progress{Step: step, Share: from + (1-from)*share})
		}
	}
	if err := rezone(ctx, tx, s); err != nil {
		return derived{}, err
	}
	out, err := derive(ctx, tx, s, tell)
	if err != nil {
		return derived{}, err
	}
	return out, keepSettings(ctx, tx, s)
}

func keepSettings(ctx context.Context, tx *duck.Tx, s Settings) error {
	text, err := json.Marshal(s)
	if err != nil {
		return i18n.Errorf("the settings cannot be kept: %v", err)
	}
	return keep(ctx, tx, "settings", string(text))
}

func (w *Workspace) adopt(s Settings, out derived) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.set, w.state = s, out
	w.built++
}

// keptSettings reads the settings that a workspace was left with.
func (w *Workspace) keptSettings(ctx context.Context) (Settings, error) {
	s, err := settingsIn(ctx, w.db)
	if err != nil {
		return s, i18n.Errorf("%s: %v", w.path, err)
	}
	return s, nil
}

// settingsIn reads the settings that a database keeps.
func settingsIn(ctx context.Context, from duck.Runner) (Settings, error) {
	var s Settings
	text, err := kept(ctx, from, "settings")
	if err != nil || text == "" {
		return s, err
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, i18n.Errorf("the settings cannot be read: %v", err)
	}
	return s, nil
}

// restore reads the settings of an opened workspace.
func (w *Workspace) restore(ctx context.Context) error {
	s, err := w.keptSettings(ctx)
	if err != nil {
		return err
	}
	var out derived
	res, err := w.db.Query(ctx, duck.Call{Name: "ask/derived"})
	if err != nil {
		return err
	}
	if n, _ := res.Rows[0][0].(int64); n > 0 {
		res, err := w.db.Query(ctx, duck.Call{Name: "ask/settings"})
		if err != nil {
			return err
		}
		text, _ := res.Rows[0][0].(string)
		if err := json.Unmarshal([]byte(text), &out); err != nil {
			return i18n.Errorf("%s: the settings of the analysis cannot be read: %v", w.path, err)
		}
	}
	w.adopt(s, out)
	return nil
}

// waitingFor tells progress whom a write waits for.
func waitingFor(progress func(Progress)) func(error) {
	return func(err error) {
		if progress == nil {
			return
		}
		var locked *duck.LockedError
		if errors.As(err, &locked) {
			progress(Progress{Step: i18n.T("waiting: %s", strings.TrimSpace(locked.Error())), Waiting: true})
		}
	}
}
