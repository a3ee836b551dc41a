package workspace

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// FuzzLoad loads whatever bytes into a workspace: it answers with a report or with
// an error in valid text, and goes on to work.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		table(shop...), manyOrders(20), "", "\n", "a,b\n1,2\n", "\x1f\x8b", "PAR1", "[]", "{}", `[{"a":1}]`, `{"order_date":"2020-01-01"}`,
		plainHeader + "\n1,\"a,2020-01-01,10\n", plainHeader + "\r\n1,a,01/02/03,(5.00)\r\n", " 00001 19970101  1   11.77\n",
		"Order ID;Customer ID;Order Date;Total\n1;'; drop table x;1.2.2020;1.234,56 €\n", "\ufeff" + plainHeader + "\n1,a,9999-12-31,1e30\n",
		"InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\nC1,x,-1,1/13/2020 8:26,2.5,17850.0\n",
	} {
		f.Add([]byte(seed), "orders.csv")
		f.Add([]byte(seed), "orders.json.gz")
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		path := filepath.Join(dir, "export"+filepath.Ext(filepath.Base(name)))
		if !utf8.ValidString(path) || filepath.Dir(path) != dir {
			t.Skip("no name for a file")
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Skip("no name for a file")
		}
		w, err := Open(context.Background(), "", Options{Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		report, err := w.Load(context.Background(), LoadRequest{Sources: []string{path}}, nil)
		switch {
		case err != nil && !utf8.ValidString(err.Error()):
			t.Errorf("it says %q", err)
		case err == nil && len(report.Files) != 1:
			t.Errorf("%d files are reported", len(report.Files))
		case err == nil && report.Files[0].Kept > report.Files[0].Rows:
			t.Errorf("of %d rows %d are kept", report.Files[0].Rows, report.Files[0].Kept)
		}
		if _, err := w.Quality(context.Background()); err != nil {
			t.Errorf("afterwards it cannot answer: %v", err)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
}
