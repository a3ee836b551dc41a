package workspace

import (
	"context"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/identity"
	"worth/internal/tabular"
)

// Suggestions are pairs of persons who may be one, likeliest first.
type Suggestions struct {
	Pairs []Suggestion
	Total int64 // pairs there are, of which Pairs may be the first
}

// Suggestion is a pair of persons who may be one.
type Suggestion struct {
	Score      float64  // 0–1, a rank and no probability
	Evidence   []string // what speaks for it, and against it, strongest first
	One, Other Side
}

// Pair returns the ids of a suggestion with its reasons, for a decision on it.
func (s Suggestion) Pair() Pair {
	return Pair{One: s.One.CustomerID, Other: s.Other.CustomerID, Score: &s.Score, Evidence: s.Evidence}
}

// Side is one of a pair of persons. All but CustomerID and what was bought is
// personal; empty texts are unknown.
type Side struct {
	CustomerID            string
	Name, Email, Phone    string
	Birth                 string // ISO date
	City, Region, Country string
	Orders                int64           // counted
	NetRevenue            tabular.Decimal // in the currency of the workspace
	FirstOrder, LastOrder string          // ISO dates
}

// Pair is two ids on which an analyst decides, shown ones or any that were merged
// into them, with the reasons if there are any.
type Pair struct {
	One, Other string
	Score      *float64 // 0–1
	Evidence   []string
}

// MergeState is what became of a merge.
type MergeState string

// The states of a merge.
const (
	MergeMade    MergeState = "made"
	MergeUndone  MergeState = "undone"  // taken back by hand
	MergeRefused MergeState = "refused" // said to be two persons
	MergeLapsed  MergeState = "lapsed"  // more ids share the key by now than one person has
)

// Merge is why ids were made one person, or a pair said to be two.
type Merge struct {
	Number     int64      // for UndoMerge
	State      MergeState // what became of it
	Rule       string     // the kind of key the ids share, or hand
	Value      string     // the key; personal; empty for those made by hand
	CustomerID string     // the person the ids are now, or the first of a refused pair
	Others     []string   // the other ids
	Score      *float64   // of the suggestion that was decided on
	Evidence   string     // likewise
	DecidedAt  time.Time  // UTC
	UndoneAt   *time.Time // UTC
}

// Reason says in words why the ids are one, or two.
func (m Merge) Reason() string {
	if m.Rule == "hand" {
		if m.Evidence != "" {
			return i18n.T("by hand: %s", m.Evidence)
		}
		return i18n.T("by hand")
	}
	for _, r := range identity.Rules {
		if string(r.Kind) == m.Rule {
			return r.Text.String()
		}
	}
	return m.Rule
}

// Merges are the merges and refusals, the latest first.
type Merges struct {
	List  []Merge
	Total int64 // how many there are, of which List may be the first
}

// Suggestions compares the persons who are left after exact keys have joined ids
// and returns at most limit pairs that look alike and were not decided on. It
// returns a *NoAnswerError when nothing is loaded.
func (w *Workspace) Suggestions(ctx context.Context, limit int) (Suggestions, error) {
	if err := w.peopled(ctx); err != nil {
		return Suggestions{}, err
	}
	args := duck.Args{"most": identity.MostInBlock, "near": identity.NameNear, "least": identity.Least, "limit": limit}
	for _, weight := range identity.Weights {
		args[weight.Name] = weight.Points
	}
	rows, err := w.ask(ctx, duck.Call{Name: "identity/pairs", Args: args})
	if err != nil || len(rows) == 0 {
		return Suggestions{}, err
	}
	keys := make([]int64, 0, 2*len(rows))
	for _, r := range rows {
		keys = append(keys, r.whole("one_key"), r.whole("other_key"))
	}
	sides, err := w.sides(ctx, keys)
	if err != nil {
		return Suggestions{}, err
	}
	out := Suggestions{Total: rows[0].whole("pairs")}
	for _, r := range rows {
		e := evidence(r)
		s := Suggestion{Score: identity.Score(e), Evidence: identity.Reasons(e), One: sides[r.whole("one_key")], Other: sides[r.whole("other_key")]}
		if s.Other.better(s.One) {
			s.One, s.Other = s.Other, s.One
		}
		out.Pairs = append(out.Pairs, s)
	}
	return out, nil
}

// better reports whether a person is shown before another: the one who ordered
// more, then by id.
func (s Side) better(than Side) bool {
	if s.Orders != than.Orders {
		return s.Orders > than.Orders
	}
	return s.CustomerID < than.CustomerID
}

func evidence(r row) identity.Evidence {
	is := func(name string) bool { yes, _ := r.cell(name).(bool); return yes }
	return identity.Evidence{
		SameName: is("same_name"), NearName: is("near_name"), SameCity: is("same_city"), SameBirth: is("same_birth"), OtherBirth: is("other_birth"),
		TypoEmail: is("typo_email"), NearEmail: is("near_email"), OtherEmail: is("other_email"), NearPhone: is("near_phone"), OtherPhone: is("other_phone"),
	}
}

// sides returns persons by key.
func (w *Workspace) sides(ctx context.Context, keys []int64) (map[int64]Side, error) {
	rows, err := w.ask(ctx, duck.Call{Name: "identity/sides", Args: duck.Args{"keys": keys}})
	out := make(map[int64]Side, len(rows))
	for _, r := range rows {
		out[r.whole("person_key")] = Side{
			CustomerID: r.text("customer_id"), Name: r.text("name"), Email: r.text("email"), Phone: r.text("phone"), Birth: r.day("birth"),
			City: r.text("city"), Region: r.text("region"), Country: r.text("country"), Orders: r.whole("orders"), NetRevenue: r.money("net_revenue"),
			FirstOrder: r.day("first_order"), LastOrder: r.day("last_order"),
		}
	}
	return out, err
}

// peopled returns a *NoAnswerError when nothing is loaded.
func (w *Workspace) peopled(ctx context.Context) error {
	empty, err := w.Empty(ctx)
	if err != nil {
		return err
	}
	if empty {
		return &NoAnswerError{i18n.T("nothing is loaded yet, so there is nobody to compare")}
	}
	return nil
}

// Merges returns at most limit merges and refusals, the latest first. It returns a
// *NoAnswerError when nothing is loaded.
func (w *Workspace) Merges(ctx context.Context, limit int) (Merges, error) {
	if err := w.peopled(ctx); err != nil {
		return Merges{}, err
	}
	rows, err := w.ask(ctx, duck.Call{Name: "identity/merges", Args: duck.Args{"limit": limit}})
	var out Merges
	for _, r := range rows {
		out.Total = r.whole("merges")
		m := Merge{
			Number: r.whole("merge_key"), State: MergeState(r.text("state")), Rule: r.text("rule"), Value: r.text("value"),
			CustomerID: r.text("customer_id"), Score: r.known("score"), Evidence: r.text("evidence"),
		}
		m.DecidedAt, _ = r.time("decided_at")
		if at, undone := r.time("undone_at"); undone {
			m.UndoneAt = &at
		}
		others, _ := r.cell("others").([]any)
		for _, other := range others {
			id, _ := other.(string)
			m.Others = append(m.Others, id)
		}
		out.List = append(out.List, m)
	}
	return out, err
}
