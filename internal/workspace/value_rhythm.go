package workspace

import (
	"context"
	"sync"
	"time"

	"worth/internal/clv"
	"worth/internal/duck"
	"worth/internal/i18n"
)

// CustomerRhythm says when a customer's next order is due.
type CustomerRhythm struct {
	clv.Rhythm
	Last    time.Time // day of the last order
	Due     time.Time // the next order is due after this day
	Late    time.Time // it is late after this day
	AtRisk  time.Time // the customer is at risk after this day
	Silence int       // days from the last order to as-of
	Flag    clv.Flag  // at the as-of date
}

// AlivePoint is the probability that a customer was still active at the end of a
// day, from what was known then, by the model fitted to all that is known now.
type AlivePoint struct {
	Day   time.Time
	Alive float64 // 0–1
	Order bool    // the customer bought that day
}

// Pulse is a customer's rhythm and activity through time.
type Pulse struct {
	Rhythm *CustomerRhythm // nil: see RhythmReason
	Reason string          // why there is no rhythm
	Alive  []AlivePoint    // by day, the as-of date last; nil without a fitted model
}

// rhythms keeps the gaps of the population until the derived tables change.
type rhythms struct {
	mu    sync.Mutex
	of    int // how often the derived tables had been made; 0: nothing is kept
	known clv.Rhythms
}

// epoch is the day from which days are counted in lists.
var epoch = time.Unix(0, 0).UTC()

func dayOf(n int) time.Time { return epoch.AddDate(0, 0, n) }

func dayNumber(t time.Time) int { return daysBetween(epoch, t) }

// Pulse returns the rhythm of a customer and how likely they were to be active
// through time. The first call looks at the gaps of all customers, later ones use
// them again.
func (w *Workspace) Pulse(ctx context.Context, id string) (*Pulse, error) {
	if err := w.anybody(ctx); err != nil {
		return nil, err
	}
	w.mu.RLock()
	state, built := w.state, w.built
	w.mu.RUnlock()
	rows, err := w.ask(ctx, duck.Call{Name: "ask/customer_days", Args: duck.Args{"id": id}})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return &Pulse{Reason: i18n.T("no order of this person counts")}, nil
	}
	days := make([]int, len(rows))
	for i, r := range rows {
		days[i] = int(r.whole("day"))
	}
	all, err := w.rhythmsOf(ctx, built)
	if err != nil {
		return nil, err
	}
	out := &Pulse{}
	asOf := dayNumber(state.AsOf)
	if rhythm, ok := all.Of(days); ok {
		out.Rhythm = rhythmAt(rhythm, days[len(days)-1], asOf)
	} else {
		out.Reason = i18n.T("nobody ordered twice, so nothing tells when a next order is due")
	}
	if state.Models.Purchases != nil {
		p, err := state.Models.Purchases.purchases()
		if err != nil {
			return nil, err
		}
		out.Alive = aliveThrough(p, days, asOf)
	}
	return out, nil
}

// rhythmAt dates a rhythm.
func rhythmAt(r clv.Rhythm, last, asOf int) *CustomerRhythm {
	after := func(days float64) time.Time { return dayOf(last + int(days)) }
	return &CustomerRhythm{
		Rhythm: r, Last: dayOf(last), Due: after(r.Due), Late: after(r.Late), AtRisk: after(r.AtRisk),
		Silence: asOf - last, Flag: r.Flag(float64(asOf - last)),
	}
}

// aliveThrough returns P(alive) on every order day, at least once a month between,
// and at the end.
func aliveThrough(p clv.Purchases, days []int, asOf int) []AlivePoint {
	const month = 30
	var out []AlivePoint
	put := func(day, known int) {
		h := clv.History{X: known - 1, TX: float64(days[known-1] - days[0]), T: float64(day - days[0])}
		out = append(out, AlivePoint{Day: dayOf(day), Alive: p.Alive(h), Order: day == days[known-1]})
	}
	for i, day := range days {
		next := asOf
		if i+1 < len(days) {
			next = days[i+1]
		}
		for at := day; at < next || at == day; at += month {
			put(at, i+1)
		}
	}
	if last := days[len(days)-1]; last < asOf {
		put(asOf, len(days))
	}
	return out
}

// rhythmsOf returns the rhythms of the population, kept from an earlier question if
// nothing has changed since.
func (w *Workspace) rhythmsOf(ctx context.Context, built int) (clv.Rhythms, error) {
	w.rhythms.mu.Lock()
	defer w.rhythms.mu.Unlock()
	if w.rhythms.of == built && built > 0 {
		return w.rhythms.known, nil
	}
	c := duck.Call{Name: "ask/rhythms"}
	trace(ctx, c)
	var gaps []clv.GapCount
	err := w.db.Each(ctx, c, func(row []any) error {
		number, _ := row[0].(int64)
		days, _ := row[1].(int64)
		n, _ := row[2].(int64)
		gaps = append(gaps, clv.GapCount{Order: int(number), Days: int(days), N: int(n)})
		return nil
	})
	if err != nil {
		return clv.Rhythms{}, err
	}
	w.rhythms.of, w.rhythms.known = built, clv.TallyRhythms(gaps)
	return w.rhythms.known, nil
}

// BackTest is how the flags of silence would have done.
type BackTest struct {
	AsOf      time.Time // the past day the flags are of
	Window    int       // days after it in which an order counts as a return
	Rows      []clv.BackTestRow
	Unflagged int // customers without a rhythm
}

// BackTestDays is how far back the flags are tested by default, about six months.
const BackTestDays = 182

// BackTestFlags flags all customers as of a day that many days before the as-of
// date and counts who ordered since. It reads every order, which takes seconds at a
// million customers. It returns a *NoAnswerError when the data do not reach back.
func (w *Workspace) BackTestFlags(ctx context.Context, days int) (*BackTest, error) {
	if err := w.answerable(ctx, scores); err != nil {
		return nil, err
	}
	state := w.derivedState()
	asOf := dayNumber(state.AsOf) - days
	first, _, err := w.holdout(ctx, state, dayOf(asOf))
	if err != nil {
		return nil, err
	}
	var customers [][]int
	c := duck.Call{Name: "ask/order_days"}
	trace(ctx, c)
	err = w.db.Each(ctx, c, func(row []any) error {
		list, _ := row[0].([]any)
		own := make([]int, len(list))
		for i, d := range list {
			n, _ := d.(int64)
			own[i] = int(n)
		}
		customers = append(customers, own)
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows, unflagged := clv.BackTest(customers, asOf, days)
	flagged := 0
	for _, r := range rows {
		flagged += r.N
	}
	if flagged == 0 {
		return nil, &NoAnswerError{i18n.T("nobody had ordered twice by %s (orders begin on %s), so the flags cannot be tested", dayOf(asOf).Format(time.DateOnly), first.Format(time.DateOnly))}
	}
	return &BackTest{AsOf: dayOf(asOf), Window: days, Rows: rows, Unflagged: unflagged}, nil
}
