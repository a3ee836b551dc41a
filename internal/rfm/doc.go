// Package rfm scores customers by recency, frequency and money, and sorts them
// into the segments of a scheme. It is pure: numbers in, numbers and names out.
//
// # Scores
//
// [Cuts] turns a customer's three values into scores from 1 to 5, 5 best. A
// score is one more than the number of cut-points strictly below the value (for
// recency: strictly above, as fewer days are better), so equal values always
// get equal scores. Cut-points are type-7 quantiles of the values, or fixed.
//
// # Schemes
//
// A [Scheme] is a YAML file, shipped ([Builtin]) or the analyst's own ([Parse]).
// It lists its segments, best first, and says who belongs to them with a map
// over two scores, with rules over measures, or with both (rules go first):
//
//	name: shop-4
//	match: first                  # or exactly-one: no two segments may share a customer
//	unmatched: refused            # or allowed: some customers may belong to no segment
//	segments:
//	  - name: Stars
//	    zh-Hans: 明星客户          # optional, as are zh-Hant, meaning and bits
//	    meaning: Bought this month, and more per order than most.
//	  - name: New
//	  - name: Regulars
//	  - name: Asleep
//	parameters:
//	  asleep_after: 180           # a number to play with, used by its name below
//	rules:
//	  - segment: New
//	    orders: 1
//	    tenure_days: <= 30
//	  - segment: Stars
//	    recency_days: <= 30
//	    aov: "> p80"              # a bound that starts with > needs quotes in YAML
//	  - segment: Asleep
//	    recency_days: "> asleep_after"
//	  - segment: Regulars         # no condition: everyone who is left
//
// A rule holds for a customer for whom all of its bounds hold. A bound is a
// number (1), a range with both ends in it (3..5), a comparison (<= 30, < 30,
// "> 30", ">= 30", also ≤ and ≥), or two comparisons joined by a comma. In place
// of a number may stand a parameter or a statistic of the measure over all
// scored customers: mean, median, p80. [Measure] lists the measures. A map gives
// one row for each score of one measure and one segment for each score of
// another:
//
//	map:
//	  rows: r
//	  columns: fm
//	  grid:
//	    5: [New, Potential Loyalist, Potential Loyalist, Champions, Champions]
//	    4: …
//
// # Guarantees
//
// A scheme that Parse accepts leaves no customer without a segment unless it
// says "unmatched: allowed", gives no customer two segments if it says "match:
// exactly-one", and has no rule that can never apply. This is proved, not
// sampled: every score triple is tried together with every interval that the
// bounds cut out of the other measures. Statistics are known only with the data,
// so [Scheme.Resolve] proves it again on their values.
//
// Every scheme comes down to [Rules], an ordered list of boxes that one query
// can apply to all customers. [Rules.Segment] is the reference for that query.
//
// # What it does not do
//
// It reads no files and no database, counts no orders and measures no
// customers. Persons without a counted order have no scores and no segment, and
// take no part in any statistic. Nothing here is changed after it was made
// except by its owner, so everything may be used from several goroutines.
package rfm
