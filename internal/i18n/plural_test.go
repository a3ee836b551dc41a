package i18n

import (
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"
)

func TestNounsAgreeWithTheirNumber(t *testing.T) {
	tests := []struct {
		wording string
		args    []any
		want    string
	}{
		{"%d file{s}", []any{1}, "1 file"},
		{"%d file{s}", []any{0}, "0 files"},
		{"%d file{s}", []any{int64(1234)}, "1,234 files"},
		{"%d file{s}", []any{uint32(1)}, "1 file"},
		{"%s row{s}", []any{"1"}, "1 row"},
		{"%s day{s}", []any{"1.0"}, "1.0 days"},
		{"%d {person is|people are} known", []any{1}, "1 person is known"},
		{"%d {person is|people are} known", []any{2}, "2 people are known"},
		{"%d order{s} of %d customer{s}", []any{2, 1}, "2 orders of 1 customer"},
		{"%d order{s} of %d customer{s}", []any{1, 2}, "1 order of 2 customers"},
		{"%[2]d row{s} of %[1]s", []any{"a.csv", 1}, "1 row of a.csv"},
		{"%[2]d of %d row{s}", []any{3, 1, 4}, "1 of 4 rows"},
		{"100 %% of %d row{s}", []any{1}, "100 % of 1 row"},
		{"%q: %d row{s}", []any{"{s}", 1}, `"{s}": 1 row`},
		{"%5.1f point{s}", []any{1.0}, "  1.0 points"},
		{`such as {"to": 0.35}, not %s`, []any{"{s}"}, `such as {"to": 0.35}, not {s}`},
		{"%d open { brace{s}", []any{1}, "1 open { brace"},
	}
	for _, tt := range tests {
		if got := T(tt.wording, tt.args...); got != tt.want {
			t.Errorf("T(%q, %v) is %q, want %q", tt.wording, tt.args, got, tt.want)
		}
		if got := Errorf(tt.wording, tt.args...).Error(); got != tt.want {
			t.Errorf("Errorf(%q, %v) is %q, want %q", tt.wording, tt.args, got, tt.want)
		}
	}
}

func TestTextsBesideANumberAgreeWithIt(t *testing.T) {
	const wording = "order{s} {was|were} refunded by %d customer{s}"
	for n, want := range map[int64]string{
		0: "orders were refunded by 1 customer",
		1: "order was refunded by 1 customer",
		7: "orders were refunded by 1 customer",
	} {
		if got := For(n, wording, 1); got != want {
			t.Errorf("For(%d) is %q, want %q", n, got, want)
		}
	}
}

func TestTranslationsHaveOneEntryForEachWording(t *testing.T) {
	const wording = "%d file{s}"
	entries := catalog.NewBuilder()
	if err := entries.SetString(language.SimplifiedChinese, wording, "%d 个文件"); err != nil {
		t.Fatal(err)
	}
	before := current.Swap(message.NewPrinter(language.SimplifiedChinese, message.Catalog(entries)))
	defer current.Store(before)
	for n, want := range map[int]string{1: "1 个文件", 2: "2 个文件"} {
		if got := T(wording, n); got != want {
			t.Errorf("T(%q, %d) is %q, want %q", wording, n, got, want)
		}
	}
}
