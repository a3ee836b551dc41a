package workspace

import (
	"context"
	"slices"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/referral"
	"worth/internal/tabular"
)

// Fork returns the tree of one person, or every tree when id is empty, over the
// same people as t and under assumptions of its own, which are kept no more than
// those of Recompute. It reads nothing that t's methods change, so it may run
// beside them. The error names an id that is in no tree, or an assumption that
// cannot be.
func (t *ReferralTree) Fork(id string, r Referrals) (*ReferralTree, error) {
	root := -1
	if id != "" {
		if root = t.ids.find(id); root < 0 {
			return nil, i18n.Errorf("%s is in no tree of referrals: they brought in nobody and nobody brought them in", id)
		}
	}
	credit, err := t.forest.Credit(referral.Values{Own: t.credit.Own, Counted: t.credit.Counted}, r.Params())
	if err != nil {
		return nil, err
	}
	return &ReferralTree{forest: t.forest, credit: credit, view: referral.NewView(t.forest, root), ids: t.ids, known: t.known}, nil
}

// TopRoots returns the people nobody brought in with the highest values of a
// numeric column of ReferralColumns, at most n, under the assumptions in force.
// Those who brought in nobody are left out.
func (t *ReferralTree) TopRoots(column string, n int) ([]TreeLine, error) {
	value, ok := t.measures()[column]
	if !ok {
		return nil, unknownMeasure(column)
	}
	roots := t.forest.TopRoots(n, value)
	lines := make([]TreeLine, 0, len(roots))
	for _, node := range roots {
		lines = append(lines, t.describe(node))
	}
	return lines, nil
}

// ReferralStanding returns the row of a person with the columns of
// ReferralColumns, and none when nobody brought them in and they brought in
// nobody.
func (w *Workspace) ReferralStanding(ctx context.Context, id string) (*tabular.Table, error) {
	res, err := w.query(ctx, duck.Call{Name: "ask/referral_standing", Args: duck.Args{"id": id}})
	if err != nil {
		return nil, err
	}
	return &tabular.Table{Columns: referralColumns, Rows: res.Rows}, nil
}

// wholeTree is a tree as rows.
type wholeTree struct{ t *ReferralTree }

// Whole is everybody of the tree with the columns of ReferralColumns, shown or
// not, parents before children and siblings as they are sorted. Rows are made
// when they are read; the tree must not be changed meanwhile.
func (t *ReferralTree) Whole() tabular.Source { return wholeTree{t} }

// Columns implements tabular.Source.
func (w wholeTree) Columns() []tabular.Column { return referralColumns }

// Len implements tabular.Source.
func (w wholeTree) Len() int { return w.t.view.Size() }

// Page implements tabular.Source.
func (w wholeTree) Page(ctx context.Context, from, n int) ([][]any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	end := min(from+n, w.Len())
	rows := make([][]any, 0, max(end-from, 0))
	for place := from; place < end; place++ {
		rows = append(rows, w.t.row(w.t.view.At(place)))
	}
	return rows, nil
}

// Veil returns a source of referrals in which the phones and e-mail addresses by
// which files call people nobody knows are hidden: the cells of customer_id,
// referrer_id and referred_id that are nobody's customer id.
func Veil(rows tabular.Source) tabular.Source {
	t := tabular.Table{Columns: rows.Columns()}
	v := veil{Source: rows}
	for _, column := range []struct{ id, known string }{{"customer_id", "known"}, {"referrer_id", "referrer_known"}, {"referred_id", ""}} {
		if at := t.Index(column.id); at >= 0 {
			v.cells = append(v.cells, [2]int{at, t.Index(column.known)})
		}
	}
	return v
}

type veil struct {
	tabular.Source
	cells [][2]int // columns of an id and of whether it is a customer's; -1 for unknown
}

// Page implements tabular.Source.
func (v veil) Page(ctx context.Context, from, n int) ([][]any, error) {
	page, err := v.Source.Page(ctx, from, n)
	shown := make([][]any, len(page))
	for i, row := range page {
		shown[i] = slices.Clone(row)
		for _, cell := range v.cells {
			if cell[1] >= 0 {
				if known, _ := row[cell[1]].(bool); known {
					continue
				}
			}
			if id, ok := row[cell[0]].(string); ok {
				shown[i][cell[0]] = MaskStated(id)
			}
		}
	}
	return shown, err
}
