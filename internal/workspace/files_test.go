package workspace

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
)

// What a workspace says of a file is what its load said, also when it is opened again.
func TestFilesKeepTheirColumns(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "shop.worth.duckdb")
	w, err := Open(ctx, path, Options{Create: true, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	said := load(t, w, file(t, "orders.csv", table("Order ID,Customer ID,Order Date,Total,Note,Note,", "1,a,2020-01-01,10,x,y,z", "2,a,soon,10,x,y,z"))).Files[0]
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := open(t, path, Options{Threads: 1}).Files(ctx)
	if err != nil || len(kept) != 1 {
		t.Fatalf("%d files: %v", len(kept), err)
	}
	if want := []string{"Order ID", "Customer ID", "Order Date", "Total", "Note", "Note_2", "column_7"}; !slices.Equal(kept[0].Columns, want) || !slices.Equal(said.Columns, want) {
		t.Errorf("the columns are %q, and were %q", kept[0].Columns, said.Columns)
	}
	if want := []string{"Note", "Note_2", "column_7"}; !slices.Equal(kept[0].Unmapped, want) || !slices.Equal(said.Unmapped, want) {
		t.Errorf("nothing was made of %q, then of %q", said.Unmapped, kept[0].Unmapped)
	}
	if want := (Reject{Line: 3, Column: "Order Date", Value: "soon", Reason: "this is not a date, or not written like the others"}); said.FirstReject == nil || *said.FirstReject != want {
		t.Errorf("the first reject is %+v", said.FirstReject)
	}
}
