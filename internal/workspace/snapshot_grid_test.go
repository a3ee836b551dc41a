package workspace

import (
	"errors"
	"slices"
	"testing"

	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// gridded reads all rows of an answer and gives it up.
func gridded(t *testing.T, rows AnswerRows, err error) [][]any {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	all, err := rows.Page(t.Context(), 0, rows.Len())
	if err := errors.Join(err, rows.Close()); err != nil {
		t.Fatal(err)
	}
	if len(all) != rows.Len() {
		t.Fatalf("%d rows of %d", len(all), rows.Len())
	}
	return all
}

// TestSnapshotGrid lists snapshots in orders and under filters.
func TestSnapshotGrid(t *testing.T) {
	w := loaded(t, shop...)
	save(t, w, "first", pageOf(snapshot.Segments))
	save(t, w, "second", pageOf(snapshot.Overview))
	save(t, w, "third", statement("select 1::hugeint * 10 ** 20 as huge, [1, 2] as list"))
	names := func(v View) (out []string) {
		t.Helper()
		rows, err := w.SnapshotGrid(t.Context(), v)
		for _, row := range gridded(t, rows, err) {
			out = append(out, row[0].(string))
		}
		return out
	}
	for _, tt := range []struct {
		view View
		want []string
	}{
		{View{}, []string{"third", "second", "first"}},
		{View{Sort: "name"}, []string{"first", "second", "third"}},
		{View{Sort: "page", Desc: true}, []string{"third", "first", "second"}},
		{View{Filter: "page = segments"}, []string{"first"}},
		{View{Filter: "rows >= 1 and scheme ~ rfm and not name = first", Sort: "rows"}, []string{"third", "second"}},
		{View{Filter: "saved_at >= 2020-01-01 and as_of >= 2019-01-01", Sort: "name"}, []string{"first", "second", "third"}},
	} {
		if got := names(tt.view); !slices.Equal(got, tt.want) {
			t.Errorf("%+v lists %v, want %v", tt.view, got, tt.want)
		}
	}
	if _, err := w.SnapshotGrid(t.Context(), View{Sort: "colour"}); err == nil {
		t.Error("snapshots are sorted by a column that there is not")
	}
	if CheckSnapshotFilter("rows > many") == nil || CheckSnapshotFilter("rows > 3") != nil {
		t.Error("filters are not checked")
	}
}

// TestSnapshotOpensSorted reads the rows of snapshots in orders, under filters, and
// what the same questions answer now.
func TestSnapshotOpensSorted(t *testing.T) {
	w := loaded(t, shop...)
	save(t, w, "customers", snapshot.Question{Page: snapshot.Customers, Filter: "orders >= 1", Sort: "orders"})
	save(t, w, "odd", statement("select i, i::hugeint * 10 ** 20 as huge, [i] as list from range(3) t(i)"))
	for _, name := range []string{"customers", "odd"} {
		s := snap(t, w, name)
		column := s.Columns()[0].Name
		for _, open := range []func(sort string, desc bool, filter string) (AnswerRows, error){
			func(sort string, desc bool, filter string) (AnswerRows, error) {
				return s.Open(t.Context(), sort, desc, filter)
			},
			func(sort string, desc bool, filter string) (AnswerRows, error) {
				return s.Now(t.Context(), sort, desc, filter)
			},
		} {
			rows, err := open("", false, "")
			plain := gridded(t, rows, err)
			rows, err = open(column, false, "")
			up := gridded(t, rows, err)
			rows, err = open(column, true, "")
			down := gridded(t, rows, err)
			n := len(plain)
			if n == 0 || len(up) != n || len(down) != n || up[0][0] != down[n-1][0] || up[n-1][0] != down[0][0] {
				t.Errorf("%s: %v up, %v down", name, up, down)
			}
			filter := column + " = " + tabular.Plain(plain[0][0], tabular.Text)
			if s.CheckFilter(filter) != nil || s.CheckFilter("nowhere = 1") == nil {
				t.Errorf("%s: filters are not checked", name)
			}
			rows, err = open("", false, filter)
			if one := gridded(t, rows, err); len(one) != 1 || one[0][0] != plain[0][0] {
				t.Errorf("%s: %s finds %v", name, filter, one)
			}
		}
	}
}

// TestFreeSnapshotName offers names that no snapshot has.
func TestFreeSnapshotName(t *testing.T) {
	w := loaded(t, shop...)
	for _, tt := range [][2]string{{"Monday", "Monday"}, {"Monday", "Monday 2"}, {"Monday 2", "Monday 3"}, {"Q 4", "Q 4"}, {"Q 4", "Q 4 2"}} {
		free, err := w.FreeSnapshotName(t.Context(), tt[0])
		if err != nil || free != tt[1] {
			t.Fatalf("beside the others %q may be called %q, %v; want %q", tt[0], free, err, tt[1])
		}
		save(t, w, free, pageOf(snapshot.Overview))
	}
	_, err := w.SaveSnapshot(t.Context(), SnapshotRequest{Name: "Monday", Question: pageOf(snapshot.Overview)}, nil)
	var taken *NameTakenError
	if !errors.As(err, &taken) || taken.Name != "Monday" {
		t.Errorf("a taken name is %v", err)
	}
}
