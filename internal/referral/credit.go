package referral

import (
	"math"

	"worth/internal/i18n"
)

// Params are the assumptions of credit.
type Params struct {
	Lambda float64 // what influence keeps from generation to generation, 0–1
	Theta  float64 // share of a tree's value that is passed up to the parent, 0–1

	TypeOne  float64 // p1: share of referred customers who would not have come by themselves, 0–1
	Keep     float64 // what keeping a referred customer costs, in currency
	SavedCAC float64 // acquisition cost that a referral saves, in currency
}

// DefaultParams halve with every generation, and take every referred customer
// for one who would not have come.
var DefaultParams = Params{Lambda: 0.5, Theta: 0.5, TypeOne: 1}

// Check returns an error that names the parameter that cannot be.
func (p Params) Check() error {
	for _, s := range []struct {
		name  string
		value float64
	}{{"lambda", p.Lambda}, {"theta", p.Theta}, {"p1", p.TypeOne}} {
		if !(s.value >= 0 && s.value <= 1) {
			return i18n.Errorf("%s cannot be %s; give a share from 0 to 1", s.name, i18n.Number(s.value, 2))
		}
	}
	for _, m := range []struct {
		name  string
		value float64
	}{{"the cost of keeping a customer", p.Keep}, {"the acquisition cost saved", p.SavedCAC}} {
		if math.IsNaN(m.value) || math.IsInf(m.value, 0) {
			return i18n.Errorf("%s is no amount", m.name)
		}
	}
	return nil
}

// Values are what people are worth themselves, by node, in currency; stubs are
// worth nothing.
type Values struct {
	Own []float64
	// Counted is the part of a node's own value that those above take part in,
	// where a referral counts for some months only. Nil: all of it. That of a
	// root makes no difference: nobody stands above.
	Counted []float64
}

// Credit is what people are worth with those they brought in, by node, in
// currency. See the package's documentation for the definitions.
type Credit struct {
	Own         []float64
	Counted     []float64
	DirectValue []float64
	Brought     []float64
	Influence   []float64
	Conserved   []float64
	CRV         []float64

	forest *Forest
	total  []float64 // T: a node's own value and what its children pass up
	theta  float64
}

// Arrange puts values given by person into the order of the nodes, zero for
// stubs.
func (f *Forest) Arrange(byPerson []float64) []float64 {
	out := make([]float64, len(f.person))
	for node, p := range f.person {
		if p != none && int(p) < len(byPerson) {
			out[node] = byPerson[p]
		}
	}
	return out
}

// Credit computes the credit of every node. The error is that of parameters out
// of range, or of values that are not one for every node.
func (f *Forest) Credit(v Values, p Params) (*Credit, error) {
	n := f.Len()
	if v.Counted == nil {
		v.Counted = v.Own
	}
	if len(v.Own) != n || len(v.Counted) != n {
		return nil, i18n.Errorf("a forest of %d nodes cannot be credited with %d values, %d of them counted", n, len(v.Own), len(v.Counted))
	}
	c := &Credit{
		Own: v.Own, Counted: v.Counted, DirectValue: make([]float64, n), Brought: make([]float64, n),
		Influence: make([]float64, n), Conserved: make([]float64, n), CRV: make([]float64, n), forest: f, total: make([]float64, n),
	}
	for i := n - 1; i >= 0; i-- { // children before parents
		if parent := f.parent[i]; parent != none {
			c.DirectValue[parent] += v.Counted[i]
			c.Brought[parent] += v.Counted[i] + c.Brought[i]
		}
	}
	return c, c.Recompute(p)
}

// Recompute computes the credit anew under other parameters, in one pass over
// the nodes. On an error everything stays as it was.
func (c *Credit) Recompute(p Params) error {
	if err := p.Check(); err != nil {
		return err
	}
	c.theta = p.Theta
	parents, rewards := c.forest.parent, c.forest.reward
	counted, influence, total, crv := c.Counted, c.Influence, c.total, c.CRV
	clear(influence)
	clear(crv)
	copy(total, counted)
	for i := len(parents) - 1; i >= 0; i-- { // children before parents
		kept := total[i]
		if parent := parents[i]; parent != none {
			influence[parent] += p.Lambda * (counted[i] + influence[i])
			crv[parent] += p.TypeOne*(counted[i]-p.Keep) + p.SavedCAC - rewards[i]
			up := p.Theta * total[i]
			total[parent] += up
			kept -= up
		}
		// What nobody above takes part in stays with whom it is of.
		c.Conserved[i] = kept + (c.Own[i] - counted[i])
	}
	return nil
}

// Referral returns the part of a node's value that is word of mouth: what is
// credited to it less what it passes up. Over all nodes it sums to zero.
func (c *Credit) Referral(node int) float64 { return c.Conserved[node] - c.Own[node] }

// Passed returns what a node passes up to its parent, zero for a root. What is
// credited to a node is Referral and Passed together.
func (c *Credit) Passed(node int) float64 {
	if c.forest.parent[node] == none {
		return 0
	}
	return c.theta * c.total[node]
}
