package workspace

import (
	"context"
	"math"

	"worth/internal/duck"
	"worth/internal/intake"
	"worth/internal/referral"
)

// referrals rebuilds who brought in whom and what that is worth. Without a
// referral there is nothing to do but to say so.
func (d *deriver) referrals(ctx context.Context) error {
	if err := d.exec(ctx, "derive/referral_tables"); err != nil {
		return err
	}
	res, err := d.tx.Query(ctx, duck.Call{Name: "derive/referral_facts"})
	if err != nil {
		return err
	}
	stated, _ := res.Rows[0][0].(int64)
	codes, _ := res.Rows[0][1].(int64)
	if stated == 0 && codes == 0 {
		return nil
	}
	d.parts["stated"] = duck.Call{Name: "derive/referral_stated"}
	if codes > 0 {
		d.parts["stated"] = duck.Call{Name: "derive/referral_coded"}
	}
	for _, step := range []string{"derive/referral_aliases", "derive/referral_edges"} {
		if err := d.exec(ctx, step); err != nil {
			return err
		}
	}
	var s statements
	if err := d.readEdges(ctx, &s); err != nil {
		return err
	}
	if d.out.Referred = len(s.edges) > 0; !d.out.Referred {
		return nil
	}
	if err := d.readPeople(ctx, &s); err != nil {
		return err
	}
	forest, err := s.forest(d.set.Referrals)
	if err != nil {
		return err
	}
	if err := d.exec(ctx, "derive/referral_scratch"); err != nil {
		return err
	}
	if err := d.keepForest(ctx, forest); err != nil {
		return err
	}
	return d.exec(ctx, "derive/referrals")
}

// statements are what files say about referrals, and about whom.
type statements struct {
	edges   []referral.Edge
	people  []referral.Person
	own     []float64 // by person
	counted []float64 // by person; nil: all of it
}

// forest builds the forest and credits it.
func (s *statements) forest(set Referrals) (*credited, error) {
	f, err := referral.Build(s.people, s.edges, set.options())
	if err != nil {
		return nil, err
	}
	values := referral.Values{Own: f.Arrange(s.own)}
	if s.counted != nil {
		values.Counted = f.Arrange(s.counted)
	}
	credit, err := f.Credit(values, set.Params())
	if err != nil {
		return nil, err
	}
	return &credited{Forest: f, credit: credit}, nil
}

func (d *deriver) readEdges(ctx context.Context, s *statements) error {
	type words struct{ status, kind string }
	type meaning struct {
		status referral.Status
		kind   referral.Kind
	}
	known := map[words]meaning{}
	return d.tx.Each(ctx, duck.Call{Name: "derive/referral_list"}, func(row []any) error {
		e := referral.Edge{At: referral.Undated}
		e.Referrer, _ = row[0].(int64)
		e.Referred, _ = row[1].(int64)
		if at, dated := row[2].(int64); dated {
			e.At = at
		}
		var said words
		said.status, _ = row[3].(string)
		said.kind, _ = row[4].(string)
		e.Reward, _ = row[5].(float64)
		m, seen := known[said]
		if !seen {
			var err error
			if m.status, m.kind, _, err = intake.ClassifyReferral(said.status, said.kind); err != nil {
				return err
			}
			known[said] = m
		}
		e.Status, e.Kind = m.status, m.kind
		s.edges = append(s.edges, e)
		return nil
	})
}

func (d *deriver) readPeople(ctx context.Context, s *statements) error {
	of := d.set.Referrals.own()
	var predicted []float64
	err := d.tx.Each(ctx, duck.Call{Name: "derive/referral_people"}, func(row []any) error {
		p := referral.Person{Until: referral.Undated}
		p.Key, _ = row[0].(int64)
		if until, bought := row[1].(int64); bought {
			p.Until = until
		}
		historic, _ := row[2].(float64)
		expected, _ := row[3].(float64)
		s.people, s.own = append(s.people, p), append(s.own, of.value(historic, expected))
		predicted = append(predicted, expected)
		return nil
	})
	if err != nil || d.set.Referrals.Window == 0 {
		return err
	}
	byKey := map[int64]float64{}
	c := d.call("derive/referral_window")
	c.Args["months"] = d.set.Referrals.Window
	err = d.tx.Each(ctx, c, func(row []any) error {
		key, _ := row[0].(int64)
		byKey[key], _ = row[1].(float64)
		return nil
	})
	s.counted = make([]float64, len(s.people))
	for i, p := range s.people {
		s.counted[i] = of.value(byKey[p.Key], predicted[i])
	}
	return err
}

// credited is a forest with its credit.
type credited struct {
	*referral.Forest
	credit *referral.Credit
}

// keepForest writes down the nodes that hang together, and what was refused.
func (d *deriver) keepForest(ctx context.Context, f *credited) error {
	const batch = 50_000 // rows are held while they are appended
	rows := make([][]any, 0, min(batch, f.Len()))
	flush := func(table string) error {
		err := d.tx.Append(ctx, "", table, rows)
		rows = rows[:0]
		return err
	}
	number := f.renumber()
	for node := range f.Len() {
		if f.Lone(node) {
			continue
		}
		rows = append(rows, f.row(node, number))
		if len(rows) == batch {
			if err := flush("referral_nodes"); err != nil {
				return err
			}
		}
	}
	if err := flush("referral_nodes"); err != nil {
		return err
	}
	for _, r := range f.Refused() {
		rows = append(rows, []any{int64(r.Edge), r.Reason.String()})
		if len(rows) == batch {
			if err := flush("referral_refusals"); err != nil {
				return err
			}
		}
	}
	return flush("referral_refusals")
}

// renumber numbers the nodes without those that hang together with nobody.
func (f *credited) renumber() []int32 {
	number := make([]int32, f.Len())
	next := int32(0)
	for node := range number {
		number[node] = next
		if !f.Lone(node) {
			next++
		}
	}
	return number
}

// row is a node as derived.referral_nodes has it.
func (f *credited) row(node int, number []int32) []any {
	c := f.credit
	var parent, edge any
	if p := f.Parent(node); p >= 0 {
		parent, edge = number[p], int64(f.Edge(node))
	}
	return []any{
		number[node], parent, f.Key(node), edge, int32(f.Generation(node)), int32(f.Direct(node)), int32(f.Descendants(node)), int32(f.Depth(node)), //nolint:gosec // nodes are int32
		c.Own[node], rounded(c.DirectValue[node]), rounded(c.Brought[node]), rounded(c.Influence[node]), rounded(c.Conserved[node]),
		rounded(c.Referral(node)), rounded(c.Passed(node)), rounded(c.CRV[node]),
		f.Reward(node), c.Counted[node],
	}
}

// rounded takes the noise of adding and halving off an amount: what is left are
// eight decimals.
func rounded(amount float64) float64 {
	const unit = 1e8
	if math.Abs(amount) > 1e7 { // the noise is before the decimals
		return amount
	}
	return math.Round(amount*unit) / unit
}
