package clv

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"worth/internal/i18n"
)

// Score is what the models say of all customers with one history. Money is in
// multiples of the customer's Spend.Scale, so that customers who differ in what
// they spent, not in when, share it: see Of.
type Score struct {
	Alive      float64 // probability of being still active, 0–1
	Orders     float64 // expected orders within the horizon
	Discounted float64 // the same, each at its present value
	None       float64 // probability of no order within the horizon
	OrdersLow  int     // P10 of orders: in 8 of 10 cases they lie within low and high
	OrdersHigh int     // P90 of orders

	Valued bool // whether expected spend exists; if not, PerOrder and Value are 0
	// Multiples of the scale:
	PerOrder  float64 // expected value of an order
	Value     float64 // expected discounted margin within the horizon
	ValueLow  float64 // its P10
	ValueHigh float64 // its P90
}

// Worth is what the models say of one customer's money, in currency.
type Worth struct {
	PerOrder float64 // expected value of an order
	Revenue  float64 // expected spend within the horizon, undiscounted
	CLV      float64 // expected discounted margin within the horizon
	CLVLow   float64 // its P10
	CLVHigh  float64 // its P90
}

// Of returns the worth of a customer of the score with the given Spend.Scale. It
// reports false where expected spend does not exist.
func (s Score) Of(scale float64) (Worth, bool) {
	return Worth{
		PerOrder: s.PerOrder * scale,
		Revenue:  s.PerOrder * s.Orders * scale,
		CLV:      s.Value * scale,
		CLVLow:   s.ValueLow * scale,
		CLVHigh:  s.ValueHigh * scale,
	}, s.Valued
}

// The ends of the interval shown for one customer.
const (
	shareLow  = 0.1
	shareHigh = 0.9
)

// directMonths is the longest horizon in months that is scored month by month;
// beyond it curves at nodes are cheaper.
const directMonths = 24

// Scores computes the score of every group on all processors. The quantiles of
// value are those of undiscounted spend times the ratio of discounted to
// undiscounted value, which is within 0.2 % over 12 months and 6 % over 120 months
// at 10 %. Without a spend model – nil – nothing is valued. The result does not
// depend on the number of processors. It fails if the terms cannot be used, or
// when ctx is done.
func Scores(ctx context.Context, p Purchases, spend *Spend, groups []Group, terms Terms) ([]Score, error) {
	if err := terms.Check(); err != nil {
		return nil, err
	}
	for i, g := range groups {
		if err := g.check(); err != nil {
			return nil, i18n.Errorf("history %d cannot be scored: %v", i+1, err)
		}
	}
	present, err := cheapQuadrature(p, groups, terms)
	if err != nil {
		return nil, err
	}
	s := scorer{purchases: p, spend: spend, terms: terms, present: present, end: terms.End()}
	scores := make([]Score, len(groups))
	tasks := s.plan(groups)
	err = eachTask(ctx, len(tasks), func(task int) {
		s.score(scores, groups, tasks[task])
	})
	return scores, err
}

// check returns a sentence on a history no customer can have.
func (h History) check() error {
	if h.X >= 0 && h.TX >= 0 && h.T >= h.TX && h.T <= largestParam && (h.X > 0 || h.TX == 0) {
		return nil
	}
	return i18n.Errorf("%d repeat order{s}, the last at %s of %s observed, are not possible", h.X, figure(h.TX), figure(h.T))
}

// cheapQuadrature returns the functional that gives discounted orders, by months or,
// for long horizons, by nodes.
func cheapQuadrature(p Purchases, groups []Group, terms Terms) (quadrature, error) {
	direct := terms.quadrature()
	if len(direct.times) <= directMonths {
		return direct, nil
	}
	nodes, err := ChooseNodes(p, groups, terms)
	if err != nil {
		return quadrature{}, err
	}
	return quadrature{nodes.Times, nodes.weights(direct)}, nil
}

// scorer scores histories.
type scorer struct {
	purchases Purchases
	spend     *Spend
	terms     Terms
	present   quadrature
	end       float64
}

// scoreTask are some of the groups with equal x, which share a table.
type scoreTask struct {
	members []int // of groups
	table   func() *revenueTable
}

// scoreTaskSize is the most groups of a task.
const scoreTaskSize = 256

// plan cuts the groups into tasks of equal x.
func (s *scorer) plan(groups []Group) []scoreTask {
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(groups[a].X, groups[b].X) })
	var tasks []scoreTask
	for lo := 0; lo < len(order); {
		hi, shortest := lo, groups[order[lo]].History
		for hi < len(order) && groups[order[hi]].X == shortest.X {
			shortest.T = min(shortest.T, groups[order[hi]].T)
			hi++
		}
		members := hi - lo
		table := sync.OnceValue(func() *revenueTable { return s.table(shortest, members) })
		for _, c := range chunksOf(members, scoreTaskSize) {
			tasks = append(tasks, scoreTask{order[lo+c.lo : lo+c.hi], table})
		}
		lo = hi
	}
	return tasks
}

// table returns the table of members histories with the x of h and at least its T,
// or nil if solving each is cheaper. It reaches as many orders as anybody among them
// may place: somebody seen as briefly as that who has only just ordered.
func (s *scorer) table(h History, members int) *revenueTable {
	const rowsPerSolution = 1000 // a solution costs about as much as this many rows
	if h.X > 0 {
		h.TX = h.T
	}
	counts := len(Orders(s.purchases, h, s.end))
	table, ok := newRevenueTable(s.spend.P, s.spend.shape(h.X), counts)
	if !ok || table.rows > rowsPerSolution*members {
		return nil
	}
	return table
}

// score scores the members of a task.
func (s *scorer) score(scores []Score, groups []Group, task scoreTask) {
	var atLeast OrderDistribution
	var mass []float64
	expected := make([]float64, len(s.present.times))
	for _, i := range task.members {
		h := groups[i].History
		atLeast = s.purchases.AtLeast(atLeast[:0], h, s.end)
		discounted := s.present.orders(s.purchases, h, expected)
		score := Score{
			Alive:      s.purchases.Alive(h),
			Orders:     expected[len(expected)-1],
			Discounted: discounted,
			None:       atLeast.None(),
			OrdersLow:  atLeast.Quantile(shareLow),
			OrdersHigh: atLeast.Quantile(shareHigh),
		}
		if s.spend != nil {
			mass = s.value(&score, h, atLeast, task, mass)
		}
		scores[i] = score
	}
}

// value adds what the orders are worth. It returns mass, grown, for the next call.
func (s *scorer) value(score *Score, h History, atLeast OrderDistribution, task scoreTask, mass []float64) []float64 {
	score.PerOrder, score.Valued = s.spend.meanFactor(h.X)
	if !score.Valued {
		score.PerOrder = 0
		return mass
	}
	margin := s.terms.Margin
	score.Value = margin * score.PerOrder * score.Discounted
	present := margin
	if score.Orders > 0 {
		present *= score.Discounted / score.Orders
	}
	low, high := shareLow, shareHigh
	if margin < 0 { // the more is spent the more is lost
		low, high = high, low
	}
	quantile, mass := s.quantiles(h, atLeast, task, mass)
	score.ValueLow, score.ValueHigh = present*quantile(low), present*quantile(high)
	return mass
}

// quantiles returns the quantile function of a history's spend, by the task's table
// where that reaches.
func (s *scorer) quantiles(h History, atLeast OrderDistribution, task scoreTask, mass []float64) (func(float64) float64, []float64) {
	none := atLeast.None()
	solve := func(share float64) float64 {
		if share <= none {
			return 0
		}
		return revenueOf(*s.spend, h.X, atLeast).Quantile(share)
	}
	if none >= shareHigh {
		return solve, mass
	}
	table := task.table()
	if table == nil {
		return solve, mass
	}
	mass = appendMass(mass[:0], atLeast)
	return func(share float64) float64 {
		if q, ok := table.quantile(none, mass, share); ok {
			return q
		}
		return solve(share)
	}, mass
}
