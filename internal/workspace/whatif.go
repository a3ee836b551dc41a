package workspace

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/whatif"
)

// Unscored stands for the segment of customers who did not order within the window
// of the settings: they are not scored, but may come back.
const Unscored = "Unscored"

// WhatIf is what the customers of a workspace would be worth under other
// assumptions. It is a picture of the data and settings it was made under and may be
// used by any number of goroutines.
type WhatIf struct {
	*whatif.Model
	Terms     Terms // of the baseline; a formula has no model and horizon
	Customers int

	// Names returns the customer_id of every customer, by number. It reads them when it
	// is first called.
	Names func(ctx context.Context) (func(number int32) string, error)
}

// whatIfs keeps the models that were made until the derived tables change.
type whatIfs struct {
	mu        sync.Mutex
	of        int // how often the derived tables had been made
	models    map[whatif.Mode]*WhatIf
	customers *customerReader // the last that were read, for another mode
}

// at runs do with what is kept of the derived tables as they were made for the nth
// time; what was kept of earlier ones is dropped.
func (c *whatIfs) at(n int, do func(*whatIfs)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of < n || c.models == nil {
		c.of, c.models, c.customers = n, map[whatif.Mode]*WhatIf{}, nil
	}
	if c.of == n {
		do(c)
	}
}

// WhatIf returns the model of scenarios in a mode: customer by customer on the
// fitted model, or by formula segment by segment. The first call reads all customers;
// later ones return the same until the workspace changes. It returns a
// *NoAnswerError with the reason when the data carry neither. Progress may be nil and
// is called from the caller's goroutine.
func (w *Workspace) WhatIf(ctx context.Context, mode whatif.Mode, progress func(Progress)) (*WhatIf, error) {
	w.mu.RLock()
	built := w.built
	w.mu.RUnlock()
	var m *WhatIf
	from := starting{w.derivedState(), w.db}
	read := &customerReader{
		out:   whatif.Customers{Referrals: from.referrals(func() error { return w.unchanged(built) })},
		names: w.whatIfNames(built),
	}
	w.whatIf.at(built, func(kept *whatIfs) {
		m = kept.models[mode]
		if kept.customers != nil {
			read = kept.customers
		}
	})
	if m != nil {
		return m, nil
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	m, read, err := from.whatIf(ctx, mode, read, progress)
	if err != nil {
		return nil, err
	}
	w.whatIf.at(built, func(kept *whatIfs) { kept.models[mode], kept.customers = m, read })
	return m, nil
}

// starting is what scenarios start from: what derived tables stand for, and where they
// are asked.
type starting struct {
	derived
	from interface {
		duck.Runner
		Each(ctx context.Context, c duck.Call, visit func(row []any) error) error
	}
}

// whatIf makes the model of a mode.
func (s starting) whatIf(ctx context.Context, mode whatif.Mode, read *customerReader, progress func(Progress)) (*WhatIf, *customerReader, error) {
	if mode == whatif.ModeFormula {
		return s.formula(ctx, read, progress)
	}
	return s.fitted(ctx, read, progress)
}

// ask puts a question and holds its answer.
func (s starting) ask(ctx context.Context, c duck.Call) ([]row, error) {
	trace(ctx, c)
	res, err := s.from.Query(ctx, c)
	if err != nil {
		return nil, err
	}
	return rowsOf(res), nil
}

// fitted makes the model of the fitted mode.
func (s starting) fitted(ctx context.Context, kept *customerReader, progress func(Progress)) (*WhatIf, *customerReader, error) {
	if err := s.modelled(); err != nil {
		return nil, nil, err
	}
	models := s.Models
	if models.Spend == nil || models.Margin == nil {
		return nil, nil, &NoAnswerError{cmp.Or(models.SpendReason, i18n.T("what orders come to is not known, so customers cannot be valued"))}
	}
	purchases, err := models.Purchases.purchases()
	if err != nil {
		return nil, nil, err
	}
	read := &customerReader{spend: models.Spend.spend(), out: whatif.Customers{Referrals: kept.out.Referrals}, names: kept.names}
	if err := s.readCustomers(ctx, read, progress); err != nil {
		return nil, nil, err
	}
	progress(Progress{Step: i18n.T("projecting customers"), Share: readShare})
	m, err := whatif.NewFitted(ctx, whatif.Fitted{
		Purchases: purchases, Groups: read.histories, Group: read.group, Spend: read.perOrder, Customers: read.out, Segments: read.segments,
		Terms: s.Settings.terms(max(-1, min(1, *models.Margin))),
	})
	if err != nil {
		return nil, nil, err
	}
	return &WhatIf{Model: m, Terms: s.valueTerms(), Customers: len(read.out.Segment), Names: read.names}, read.shared(), nil
}

// readShare is how much of making a fitted model is reading the customers.
const readShare = 0.7

// customerReader gathers the columns of a baseline.
type customerReader struct {
	segments []string
	total    int64 // customers to come
	more     bool  // referral and cost are read
	out      whatif.Customers
	names    func(context.Context) (func(int32) string, error)
	tell     func(Progress)

	spend     *clv.Spend // nil: what the fitted mode takes beside is left out
	groups    map[int64]int32
	histories []clv.Group
	group     []int32
	perOrder  []float64
}

// shared returns what another mode can use.
func (r *customerReader) shared() *customerReader {
	return &customerReader{segments: r.segments, out: r.out, names: r.names}
}

// readCustomers streams the customers into a reader, unless they are there.
func (s starting) readCustomers(ctx context.Context, r *customerReader, tell func(Progress)) error {
	if r.out.Segment != nil {
		return nil
	}
	r.tell = tell
	if err := s.readSegments(ctx, r); err != nil {
		return err
	}
	c := duck.Call{
		Name: "ask/whatif_customers", Args: duck.Args{"segments": r.segments},
		Parts: map[string]duck.Call{"known": {Name: "ask/whatif_historic"}},
	}
	if r.more {
		c.Parts["known"] = duck.Call{Name: "ask/whatif_parts"}
		r.out.Referral, r.out.Cost = make([]float64, 0, r.total), make([]float64, 0, r.total)
	}
	r.out.Segment, r.out.Historic = make([]uint8, 0, r.total), make([]float64, 0, r.total)
	if r.spend != nil {
		const shared = 4 // customers to a history, or more
		r.group, r.perOrder = make([]int32, 0, r.total), make([]float64, 0, r.total)
		r.groups, r.histories = make(map[int64]int32, r.total/shared), make([]clv.Group, 0, r.total/shared)
	}
	trace(ctx, c)
	if err := s.from.Each(ctx, c, r.visit); err != nil {
		return err
	}
	if r.out.Referrals == nil {
		r.out.Referral = nil // nothing but zeros
	}
	return nil
}

// readSegments finds the segments that have customers, in the scheme's order.
func (s starting) readSegments(ctx context.Context, r *customerReader) error {
	rows, err := s.ask(ctx, duck.Call{Name: "ask/whatif_segments"})
	if err != nil {
		return err
	}
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = segmentOf(row)
		more, _ := row.cell("more").(bool)
		r.more = r.more || more
		r.total += row.whole("customers")
	}
	r.segments, err = s.inOrder(names)
	if most := 256; err == nil && len(r.segments) > most {
		return &NoAnswerError{i18n.T("the scheme has %d segment{s} and scenarios take at most %d; choose a coarser scheme", len(r.segments), most)}
	}
	return err
}

// segmentOf returns the name of the segment of a row, Unscored for none.
func segmentOf(r row) string { return cmp.Or(r.text("segment"), Unscored) }

// inOrder sorts segments as their scheme does, Unmatched and Unscored last.
func (s starting) inOrder(names []string) ([]string, error) {
	scheme, err := s.Settings.scheme()
	if err != nil {
		return nil, err
	}
	rank := map[string]int{Unmatched: len(scheme.Segments), Unscored: len(scheme.Segments) + 1}
	for i, segment := range scheme.Segments {
		rank[segment.Name] = i
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a, b)) })
	return names, nil
}

// How the key of ask/whatif_customers is packed.
const (
	spanBits = 18 // of t_x and t_cal
	timeMask = 1<<spanBits - 1
	xShift   = 2 * spanBits
	xMask    = 1<<19 - 1
	segShift = 55
	keyMask  = 1<<segShift - 1
)

// visit takes a customer over.
func (r *customerReader) visit(row []any) error {
	key, _ := row[0].(int64)
	c := &r.out
	historic, _ := row[2].(float64)
	c.Segment, c.Historic = append(c.Segment, uint8(key>>segShift)), append(c.Historic, historic) //nolint:gosec // at most 256 segments
	if r.more {
		referral, _ := row[3].(float64)
		cost, paid := tabular.Number(row[4])
		if !paid {
			cost = math.NaN()
		}
		c.Referral, c.Cost = append(c.Referral, referral), append(c.Cost, cost)
	}
	if r.spend != nil {
		mean, _ := row[1].(float64)
		r.visitHistory(key&keyMask, mean)
	}
	const often = 1 << 15
	if len(c.Segment)%often == 0 {
		r.tell(Progress{Step: i18n.T("reading customers"), Share: readShare * float64(len(c.Segment)) / float64(max(r.total, 1))})
	}
	return nil
}

// visitHistory takes over when a customer ordered, and what repeat orders came to on
// average.
func (r *customerReader) visitHistory(key int64, mean float64) {
	x := int(key >> xShift & xMask)
	group, known := r.groups[key]
	if !known {
		group = int32(len(r.histories)) //nolint:gosec // not more than customers
		r.groups[key] = group
		r.histories = append(r.histories, clv.Group{
			History: clv.History{X: x, TX: float64(key >> spanBits & timeMask), T: float64(key & timeMask)}, N: 1,
		})
	}
	perOrder, err := r.spend.Mean(x, mean)
	if err != nil { // it does not exist for one-time buyers of this model
		perOrder = math.NaN()
	}
	r.group, r.perOrder = append(r.group, group), append(r.perOrder, perOrder)
}
