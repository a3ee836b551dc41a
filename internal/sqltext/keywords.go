package sqltext

import "strings"

// keywords are the words drawn as such. DuckDB knows more, but many of them are
// good names for columns too.
var keywords = wordSet(`all and anti any array as asc asof at between both by case cast collate create cross cube current
 database default delete desc describe distinct drop else end escape except exclude exists explain analyze false fetch filter
 first following for from full glob group grouping sets having if ignore ilike in inner insert intersect interval into is
 isnull join lateral left like limit macro materialized natural not notnull null nulls offset on or order outer over
 partition pivot positional preceding prepare qualify range recursive replace respect right rollup row rows sample
 schema select semi set show similar some struct summarize table tablesample temp temporary then to true try_cast unbounded union
 unpivot update use using values view when where window with within`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}
