package intake

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"worth/internal/duck"
)

// readings evaluates a macro call over the column cell, for each cell, in the
// session that loads run in; what cannot be read is "null".
func readings(t *testing.T, db *duck.DB, call string, cells []string) []string {
	t.Helper()
	quoted := make([]string, len(cells))
	for i, cell := range cells {
		quoted[i] = "'" + strings.ReplaceAll(cell, "'", "''") + "'"
	}
	statement := "select coalesce((" + call + ")::varchar, 'null') from (select unnest(range(" + strconv.Itoa(len(cells)) + ")) as i, unnest([" +
		strings.Join(quoted, ", ") + "]) as cell) order by i"
	var out []string
	err := db.User(t.Context(), statement, func([]string, []string) error { return nil }, func(row []any) error {
		out = append(out, fmt.Sprint(row[0]))
		return nil
	})
	if err != nil || len(out) != len(cells) {
		t.Fatalf("%d readings: %v", len(out), err)
	}
	return out
}

// database opens one with the macros of a load on its only connection: there is no
// second as long as one question follows another.
func database(t *testing.T) *duck.DB {
	t.Helper()
	db, err := duck.Open(t.Context(), "", duck.ReadWrite, duck.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), duck.Call{Name: "session/macros"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// The loading SQL reads every amount as ParseAmount does.
func TestAmountsReadAlike(t *testing.T) {
	db := database(t)
	cells := []string{
		"12", "-12.5", "1,234.56", "1.234,56", "(50.00)", "(-50)", "( RM 50.00 )", "RM 1,234.56", "¥ 88", "￥88.00", "88.00元", "人民币 5", "CN¥12", "HK$ 3", "R$ 7,50",
		"kr.500", "Rs.500", "Rs 500", "500 kr", "12 zł", "12,5 Kč", "US$-3", "-$3", "$-3", "5-", "5.00−", "−5", "+5", "1473个", "1,473 件", "3 pcs", "1'234.50", "1’234",
		"1 234 567,89", "1\u00a0234.5", "1\u202f234", `="1234"`, "=1234", "'1234", "\t1234 ", "'=1", "12,50", "1,23,4", "12abc", "12 of 15", "1.5mil", "5万", "50%", "nan", ".",
		".5", "5.", ",5", "", "-", "USD", "eur 3", "EUR 3,50", "12 EUR", "99999999999999.99", "100000000000000", "0.00005", "=A1+B2", "2026-05-14", "1 23", "12-", "--5",
	}
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"1", "23", "456", "7890", ",", ".", " ", "-", "(", ")", "$", "RM", "元", "个", "€", "'", "0"}
	for range 4000 {
		var b strings.Builder
		for range 1 + random.IntN(5) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		cells = append(cells, b.String())
	}
	for style, call := range map[AmountStyle]string{AmountPoint: "amount_point(cell)", AmountComma: "amount_comma(cell)"} {
		for i, got := range readings(t, db, call, cells) {
			want := "null"
			if d, err := ParseAmount(cells[i], style); err == nil {
				want = d.String()
			}
			if !sameNumber(got, want) {
				t.Errorf("%q as %s: SQL reads %s, Go %s", cells[i], style, got, want)
			}
		}
	}
}

func sameNumber(a, b string) bool {
	trim := func(s string) string {
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		if s == "-0" {
			s = "0"
		}
		return s
	}
	return trim(a) == trim(b)
}

// The loading SQL cleans every id as NormaliseID does.
func TestIDsReadAlike(t *testing.T) {
	db := database(t)
	cells := []string{
		"00001", " 7 ", "\t6917000000000000001", `="6917"`, `="'6917"`, "=6917", "=A1", "'9000000000001", "17850.0", "-3.00", "\u200b12\ufeff", "a b", "", "\u3000林小满\u3000", `"q"`,
	}
	for i, got := range readings(t, db, "id_clean(cell)", cells) {
		if want, _ := NormaliseID(cells[i]); got != want {
			t.Errorf("%q: SQL reads %q, Go %q", cells[i], got, want)
		}
	}
}

// The loading SQL reads every date as ParseDate does, with the macro and the
// formats that ReadDates concludes on.
func TestDatesReadAlike(t *testing.T) {
	db := database(t)
	columns := map[string][]string{
		"wrapped ISO":   {"2026-05-14", `="2026-05-14"`, "'2026-05-14 11:23:45", "\t2026-05-14 11:23", "2026-05-14T11:23:45.250", "soon", "2026-02-30"},
		"hashes":        {"2019#3#11", "2019#12#1 08:30", "2019#13#1"},
		"station":       {"14JUN09:17:58:34", "01Jan2010:00:00:00", "14JUN09"},
		"days":          {"43905", "46156.4748263889", "46156.5", "2026-05-14", "17", "x"},
		"seconds":       {"1778757825", "1778757825.5", "12"},
		"milliseconds":  {"1778757825000", "1778757825250", "2026-05-14 00:00:00"},
		"microseconds":  {"1778757825000001", "1"},
		"wrapped other": {"'14/06/2019", `="15/06/2019"`, " 16/06/2019"},
		"offsets":       {"2026-05-14 11:23:45 +0100", "2026-05-14T11:23:45Z", "2026-05-14 11:23:45+08:00", "'2026-05-14 11:23:45 -0330"},
	}
	for name, cells := range columns {
		r := ReadDates(cells, "")
		quoted := "['" + strings.Join(r.Format.Formats, "', '") + "']"
		for i, got := range readings(t, db, "strftime("+dateAs(r)+"(cell, "+quoted+"), '%Y-%m-%d %H:%M:%S.%f')", cells) {
			want := "null"
			if at, ok := r.Parse(cells[i]); ok {
				want = at.Format("2006-01-02 15:04:05.000000")
			}
			if got != want {
				t.Errorf("%s: %q with %s: SQL reads %s, Go %s", name, cells[i], dateAs(r), got, want)
			}
		}
	}
}
