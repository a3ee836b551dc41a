package snapshot

import (
	"slices"

	"worth/internal/tabular"
)

// What stands in place of a segment for customers of one time alone.
const (
	Newcomer = "new"               // not a customer at the earlier time
	Gone     = "no longer in data" // not a customer at the later time
)

// Move is how many customers went from one segment to another and what they brought.
type Move struct {
	From, To      string // Newcomer and Gone where there is none
	Customers     int64
	Before, After tabular.Decimal // net revenue at either time
}

// Matrix is who went from which segment to which. The rows are the segments of the
// earlier time and make up its sizes, with Newcomer last; the columns are those of
// the later time, with Gone last.
type Matrix struct {
	From, To []string
	Frozen   bool      // the later segments are scored with the earlier cut-points
	AsOf     [2]string // ISO dates
	Warnings []string  // sentences
	moves    map[[2]string]Move
}

// NewMatrix orders moves by the segments of either time; those that are not named
// come before Newcomer and Gone.
func NewMatrix(moves []Move, from, to []string) *Matrix {
	m := &Matrix{From: slices.Clone(from), To: slices.Clone(to), moves: map[[2]string]Move{}}
	for _, v := range moves {
		m.moves[[2]string{v.From, v.To}] = v
		if v.From != Newcomer && !slices.Contains(m.From, v.From) {
			m.From = append(m.From, v.From)
		}
		if v.To != Gone && !slices.Contains(m.To, v.To) {
			m.To = append(m.To, v.To)
		}
	}
	m.From, m.To = append(m.From, Newcomer), append(m.To, Gone)
	return m
}

// At returns the customers who went from one segment to another.
func (m *Matrix) At(from, to string) Move {
	v, ok := m.moves[[2]string{from, to}]
	if !ok {
		const scale = 4
		v = Move{From: from, To: to, Before: tabular.Decimal{Scale: scale}, After: tabular.Decimal{Scale: scale}}
	}
	return v
}

// Size returns the customers of a row: those of a segment at the earlier time.
func (m *Matrix) Size(from string) int64 {
	var n int64
	for _, to := range m.To {
		n += m.At(from, to).Customers
	}
	return n
}

// MatrixColumns are the columns of Matrix.Rows.
var MatrixColumns = []tabular.Column{
	{Name: "from", Title: "from", Doc: "segment at the earlier time, or new"},
	{Name: "to", Title: "to", Doc: "segment at the later time, or no longer in data"},
	{Name: "customers", Title: "customers", Kind: tabular.Integer, Doc: "who went this way"},
	{Name: "share", Title: "share", Kind: tabular.Share, Doc: "of the row: of the segment at the earlier time, 0–1"},
	{Name: "net_revenue_before", Title: "net before", Kind: tabular.Money, Doc: "what they had brought at the earlier time"},
	{Name: "net_revenue_after", Title: "net after", Kind: tabular.Money, Doc: "what they had brought at the later time"},
	{Name: "net_revenue_change", Title: "value moved", Kind: tabular.Money, Doc: "the difference"},
}

// Table returns a row for every pair of segments, also where nobody went.
func (m *Matrix) Table() *tabular.Table {
	t := &tabular.Table{Columns: MatrixColumns}
	for _, from := range m.From {
		size := m.Size(from)
		for _, to := range m.To {
			if from == Newcomer && to == Gone {
				continue
			}
			v := m.At(from, to)
			var share any
			if size > 0 {
				share = float64(v.Customers) / float64(size)
			}
			change := tabular.Decimal{Unscaled: v.After.Unscaled - v.Before.Unscaled, Scale: v.After.Scale}
			t.Rows = append(t.Rows, []any{from, to, v.Customers, share, v.Before, v.After, change})
		}
	}
	return t
}
