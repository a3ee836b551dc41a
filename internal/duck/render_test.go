package duck

import (
	"maps"
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	equals := func(column string, value any) Call {
		return Call{Name: "filter/equals", Idents: Idents{"column": column}, Args: Args{"value": value}}
	}
	for _, c := range []struct {
		name string
		call Call
		want string
		args Args
	}{
		{
			"parameter",
			Call{Name: "ask/near_ids", Args: Args{"id": "a'b"}},
			"select customer_id from derived.customers\norder by jaro_winkler_similarity(lower(customer_id), lower($id)) desc, customer_id limit 3;",
			Args{"id": "a'b"},
		},
		{"unused argument", Call{Name: "ask/loaded", Args: Args{"id": 1}}, "select count(*) as n from raw.files;", Args{}},
		{"identifier", equals("segment", "x"), `"segment" = $value`, Args{"value": "x"}},
		{"hostile identifier", equals(`'; drop table "x`, 1), `"'; drop table ""x" = $value`, Args{"value": 1}},
		{"braces in an identifier", equals(`{> filter/all}`, 1), `"{> filter/all}" = $value`, Args{"value": 1}},
		{"shared query", Call{Name: "grid/customers_all"}, "select customer_id, first_order, last_order", Args{}},
		{
			"parts with their own arguments",
			Call{Name: "filter/both", Parts: map[string]Call{"left": equals("a", 1), "right": equals("b", 2)}},
			`("a" = $value_1) and ("b" = $value_2)`,
			Args{"value_1": 1, "value_2": 2},
		},
		{
			"parts in parts",
			Call{Name: "filter/either", Parts: map[string]Call{
				"left":  {Name: "filter/neither", Parts: map[string]Call{"of": equals("a", 1)}},
				"right": equals("b", 2),
			}},
			`(not coalesce(("a" = $value_2), false)) or ("b" = $value_3)`,
			Args{"value_2": 1, "value_3": 2},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Render(c.call)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(got.SQL, c.want) || !maps.Equal(got.Args, c.args) {
				t.Errorf("got %s with %v", got.SQL, got.Args)
			}
			if strings.Contains(got.SQL, "--") {
				t.Errorf("comments are sent along: %s", got.SQL)
			}
		})
	}
}

func TestRenderFails(t *testing.T) {
	for name, c := range map[string]Call{
		"an unknown query":          {Name: "ask/nothing"},
		"a path out of the folder":  {Name: "../queries"},
		"an identifier not given":   {Name: "filter/equals", Args: Args{"value": 1}},
		"a part not given":          {Name: "filter/both"},
		"a part that is no query":   {Name: "filter/neither", Parts: map[string]Call{"of": {Name: "ask/nothing"}}},
		"an identifier of the part": {Name: "filter/neither", Parts: map[string]Call{"of": {Name: "filter/empty"}}},
	} {
		if text, err := Render(c); err == nil {
			t.Errorf("%s renders as %q", name, text.SQL)
		}
	}
}

// Whatever a name holds, it stays one name.
func TestQuoteHolds(t *testing.T) {
	db := memory(t)
	for _, name := range []string{`'; drop table x; --`, `"`, `a"b""c`, "tab\tline\n", "{x}", "$y", "", "面积", "nul\x00"} {
		if name == "" {
			continue
		}
		quoted := Quote(name)
		names, _, err := ask(t.Context(), db, "select 1 as "+quoted)
		if err != nil || len(names) != 1 || names[0] != strings.ReplaceAll(name, "\x00", "") {
			t.Errorf("%q became %q: %v", name, names, err)
		}
	}
}
