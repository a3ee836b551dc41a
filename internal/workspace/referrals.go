package workspace

import (
	"cmp"
	"context"
	"math"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/referral"
	"worth/internal/tabular"
)

// ReferralSummary is how far word of mouth reaches and whether it pays.
type ReferralSummary struct {
	Customers int64 `json:"customers"` // with a counted order
	Referrers int64 `json:"referrers"` // of them: who brought in somebody
	Referred  int64 `json:"referred"`  // of them: who were brought in
	Strangers int64 `json:"strangers"` // referrers nobody knows; they keep a place in the forest
	Roots     int64 `json:"roots"`     // trees
	Deepest   int64 `json:"deepest"`   // most generations below a root
	Refused   int64 `json:"refused"`   // statements that do not count

	ReferralRate         *float64 `json:"referral_rate"`          // referrers ÷ customers, 0–1
	ReferralsPerReferrer *float64 `json:"referrals_per_referrer"` // people brought in directly, customers or not yet
	KFactor              *float64 `json:"k_factor"`               // customers referred and new in the 365 days up to as-of ÷ customers active in them
	Rewards              float64  `json:"rewards"`                // given for the referrals that count, in currency
	RewardPerReferred    *float64 `json:"reward_per_referred"`    // rewards ÷ referred customers

	Groups      []ReferralGroup  `json:"groups"`      // customers who were brought in, and the others
	Generations []Generation     `json:"generations"` // 0: those nobody brought in
	Reasons     []RefusalReasons `json:"reasons"`     // most frequent first
}

// ReferralGroup is customers who were brought in, or those who were not.
type ReferralGroup struct {
	Referred    bool     `json:"referred"`
	Customers   int64    `json:"customers"`
	RepeatShare Estimate `json:"repeat_share"` // with two orders or more, 0–1
	Retention   Estimate `json:"retention"`    // of those who first ordered at least 365 days ago: ordered since, 0–1
	AOV         *float64 `json:"aov"`          // net revenue per counted order
	Value       Estimate `json:"value"`        // value so far per customer, in the basis of the settings
	MedianValue *float64 `json:"median_value"`
}

// Estimate is a number with its 95 % interval, Wilson's for shares, the normal
// one for means. Nil where the data give none.
type Estimate struct {
	Estimate *float64 `json:"estimate"`
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	N        int64    `json:"n"` // how many it rests on
}

// Generation is the people who stand equally far below their roots.
type Generation struct {
	Generation int64   `json:"generation"`
	People     int64   `json:"people"`
	Own        float64 `json:"own"`       // their own value
	Conserved  float64 `json:"conserved"` // what they keep
}

// RefusalReasons counts the statements refused for a reason.
type RefusalReasons struct {
	Reason string `json:"reason"` // self, cycle, late, …
	Text   string `json:"text"`   // in words
	Count  int64  `json:"count"`
}

// referable returns a *NoAnswerError when nobody is said to have brought in
// somebody.
func (w *Workspace) referable(ctx context.Context) error {
	if err := w.answerable(ctx, someOrders); err != nil {
		return err
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.state.Referred {
		return &NoAnswerError{i18n.T(
			"no referral was loaded; load a file of who brought in whom, customers with a column of who referred them, or orders that name a referrer")}
	}
	return nil
}

// Referrals tells how far word of mouth reaches and whether it pays. It returns a
// *NoAnswerError when no referral was loaded.
func (w *Workspace) Referrals(ctx context.Context) (ReferralSummary, error) {
	var s ReferralSummary
	if err := w.referable(ctx); err != nil {
		return s, err
	}
	totals, err := w.ask(ctx, duck.Call{Name: "ask/referral_totals"})
	if err != nil {
		return s, err
	}
	groups, err := w.ask(ctx, duck.Call{Name: "ask/referral_groups"})
	if err != nil {
		return s, err
	}
	s.fill(totals[0], groups)
	generations, err := w.ask(ctx, duck.Call{Name: "ask/referral_generations"})
	if err != nil {
		return s, err
	}
	for _, r := range generations {
		s.Generations = append(s.Generations, Generation{r.whole("generation"), r.whole("people"), r.float("own"), r.float("conserved")})
	}
	reasons, err := w.ask(ctx, duck.Call{Name: "ask/referral_reasons"})
	for _, r := range reasons {
		s.Reasons = append(s.Reasons, RefusalReasons{r.text("reason"), reasonText(r.text("reason")), r.whole("n")})
	}
	return s, err
}

// fill works the totals and groups out.
func (s *ReferralSummary) fill(totals row, groups []row) {
	s.Referrers, s.Strangers, s.Roots = totals.whole("referrers"), totals.whole("strangers"), totals.whole("roots")
	s.Deepest, s.Refused, s.Rewards = totals.whole("deepest"), totals.whole("refused"), totals.float("reward")
	var active, recruits int64
	for _, r := range groups {
		g := group(r)
		s.Groups = append(s.Groups, g)
		s.Customers += g.Customers
		active += r.whole("active")
		if g.Referred {
			s.Referred = g.Customers
			recruits = r.whole("recruits")
		}
	}
	s.ReferralRate = ratio(float64(s.Referrers), float64(s.Customers))
	s.ReferralsPerReferrer = ratio(totals.float("brought_in"), float64(s.Referrers))
	s.KFactor = ratio(float64(recruits), float64(active))
	if totals.whole("rewarded") > 0 {
		s.RewardPerReferred = ratio(s.Rewards, float64(s.Referred))
	}
}

func group(r row) ReferralGroup {
	referred, _ := r.cell("referred").(bool)
	return ReferralGroup{
		Referred: referred, Customers: r.whole("customers"), RepeatShare: share(r.whole("repeaters"), r.whole("customers")),
		Retention: share(r.whole("retained"), r.whole("mature")), AOV: ratio(r.float("net_revenue"), r.float("orders")),
		Value: mean(r.known("value"), r.known("spread"), r.whole("valued")), MedianValue: r.known("median_value"),
	}
}

// z95 is how many standard errors the 95 % interval reaches to either side.
const z95 = 1.959963984540054

// share returns a share with Wilson's interval.
func share(k, n int64) Estimate {
	p := ratio(float64(k), float64(n))
	if p == nil {
		return Estimate{}
	}
	size := float64(n)
	centre := (*p + z95*z95/(2*size)) / (1 + z95*z95/size)
	reach := z95 * math.Sqrt(*p*(1-*p)/size+z95*z95/(4*size*size)) / (1 + z95*z95/size)
	low, high := max(0, centre-reach), min(1, centre+reach)
	return Estimate{p, &low, &high, n}
}

// mean returns a mean with its normal interval, nil ends for a single value.
func mean(value, spread *float64, n int64) Estimate {
	e := Estimate{Estimate: value, N: n}
	if value == nil || spread == nil || n < 2 {
		return e
	}
	reach := z95 * *spread / math.Sqrt(float64(n))
	low, high := *value-reach, *value+reach
	e.Low, e.High = &low, &high
	return e
}

// referralColumns are the columns of grid/referral_columns.
var referralColumns = []tabular.Column{
	{Name: "customer_id", Title: "customer", Doc: "the customer, or a referrer nobody knows as the files call them"},
	{Name: "own", Title: "own value", Kind: tabular.Money, Doc: "value so far in the basis of the settings"},
	{Name: "direct", Title: "direct", Kind: tabular.Integer, Doc: "people brought in directly"},
	{Name: "descendants", Title: "all", Kind: tabular.Integer, Doc: "people who came through the customer, over all generations"},
	{Name: "direct_value", Title: "direct value", Kind: tabular.Money, Doc: "own value of those brought in directly"},
	{Name: "brought", Title: "brought", Kind: tabular.Money, Doc: "own value of everybody who came through the customer"},
	{Name: "influence", Title: "influence", Kind: tabular.Money, Doc: "the same, less with every generation (λ); counts value once for everybody above it, never to be added to what is kept"},
	{Name: "conserved", Title: "kept", Kind: tabular.Money, Doc: "own value, plus what those brought in pass up, less what is passed up (θ); over all customers the sum of own values"},
	{Name: "depth", Title: "depth", Kind: tabular.Integer, Doc: "generations below"},
	{Name: "referral", Title: "referral", Kind: tabular.Money, Doc: "value credited for referrals, less value passed up"},
	{Name: "passed_up", Title: "passed up", Kind: tabular.Money, Doc: "value passed up to the referrer"},
	{Name: "crv", Title: "CRV", Kind: tabular.Money, Doc: "customer referral value after Kumar: of those brought in directly, what would not have come, and acquisition cost saved, less rewards"},
	{Name: "generation", Title: "generation", Kind: tabular.Integer, Doc: "people above, up to the root"},
	{Name: "referrer_id", Title: "referred by", Doc: "who brought the customer in"},
	{Name: "known", Title: "known", Kind: tabular.Boolean, Doc: "whether the shop knows the person other than as a referrer"},
	{Name: "referrer_known", Title: "referrer known", Kind: tabular.Boolean, Doc: "whether the shop knows who brought the customer in other than as a referrer"},
}

// ReferralColumns are the columns of ReferralRows and Subtree, in order. Callers
// must not change them.
func ReferralColumns() []tabular.Column { return referralColumns }

// OwnValue says what people are worth themselves before word of mouth.
type OwnValue string

// The readings of own value.
const (
	HistoricValue  OwnValue = "historic"  // what they brought so far, in the basis of the settings
	PredictedValue OwnValue = "predicted" // what a fitted model expects of them
	TotalValue     OwnValue = "total"     // both
)

// value returns the own value of what somebody brought and is expected to bring.
func (o OwnValue) value(historic, predicted float64) float64 {
	switch o {
	case PredictedValue:
		return predicted
	case TotalValue:
		return historic + predicted
	case HistoricValue:
	}
	return historic
}

// OwnValues are the readings of own value, the default first.
var OwnValues = []OwnValue{HistoricValue, PredictedValue, TotalValue}

// creditable returns a *NoAnswerError when no referral was loaded, or when the
// own value of the settings is not known.
func (w *Workspace) creditable(ctx context.Context) error {
	if err := w.referable(ctx); err != nil {
		return err
	}
	w.mu.RLock()
	of, models := w.state.Settings.Referrals.own(), w.state.Models
	w.mu.RUnlock()
	reason := cmp.Or(models.Reason, models.SpendReason)
	if of != HistoricValue && reason != "" {
		return &NoAnswerError{i18n.T("%s value is not known: %s; ask for historic value", string(of), strings.TrimSuffix(reason, "."))}
	}
	return nil
}

// ReferralRows returns a row for every person and for every referrer nobody
// knows, most influence first. It returns a *NoAnswerError when no referral was
// loaded.
func (w *Workspace) ReferralRows(ctx context.Context) (*Rows, error) {
	if err := w.creditable(ctx); err != nil {
		return nil, err
	}
	return w.open(ctx, duck.Call{Name: "grid/referrals_view"}, referralColumns)
}

// TopRoots returns the roots of trees with the highest values of a column of
// ReferralColumns, at most n.
func (w *Workspace) TopRoots(ctx context.Context, column string, n int) (*tabular.Table, error) {
	if err := w.referable(ctx); err != nil {
		return nil, err
	}
	c, ok := columnNamed(referralColumns, column)
	if !ok || !c.Kind.Numeric() {
		return nil, unknownMeasure(column)
	}
	res, err := w.query(ctx, duck.Call{Name: "ask/referral_roots", Args: duck.Args{"limit": n}, Idents: duck.Idents{"measure": column}})
	if err != nil {
		return nil, err
	}
	return &tabular.Table{Columns: referralColumns, Rows: res.Rows}, nil
}

// Subtree returns a person and everybody who came through them, in pre-order. A
// person without referrals stands alone. It returns a *NotFoundError for an id
// nobody has.
func (w *Workspace) Subtree(ctx context.Context, id string) (*tabular.Table, error) {
	if err := w.creditable(ctx); err != nil {
		return nil, err
	}
	res, err := w.query(ctx, duck.Call{Name: "ask/referral_subtree", Args: duck.Args{"id": id}})
	if err != nil {
		return nil, err
	}
	if len(res.Rows) == 0 {
		if res, err = w.query(ctx, duck.Call{Name: "ask/referral_alone", Args: duck.Args{"id": id}}); err != nil {
			return nil, err
		}
	}
	if len(res.Rows) == 0 {
		return nil, w.notFound(ctx, id)
	}
	return &tabular.Table{Columns: referralColumns, Rows: res.Rows}, nil
}

// unknownMeasure is the error of a column that is none or has no numbers.
func unknownMeasure(name string) error {
	var measures []string
	for _, c := range referralColumns {
		if c.Kind.Numeric() {
			measures = append(measures, c.Name)
		}
	}
	return i18n.Errorf("there is no measure %q; choose %s", name, strings.Join(measures, ", "))
}

var refusedColumns = []tabular.Column{
	{Name: "file", Title: "file", Doc: "where it is stated"},
	{Name: "line", Title: "line", Kind: tabular.Integer, Doc: "record in the file, a header being 1"},
	{Name: "evidence", Title: "evidence", Doc: "what the statement rests on"},
	{Name: "referrer_id", Title: "referrer", Doc: "who is said to have brought in somebody"},
	{Name: "referred_id", Title: "referred", Doc: "who is said to have been brought in"},
	{Name: "at", Title: "at", Kind: tabular.Time, Doc: "when, in UTC"},
	{Name: "status", Title: "status", Doc: "in the words of the file"},
	{Name: "kind", Title: "kind", Doc: "of the referrer, in the words of the file"},
	{Name: "reason", Title: "reason", Doc: "why it does not count"},
}

// RefusedEdges returns the statements of who brought in whom that do not count,
// in the order of the files: those refused for a reason as RefusalReasons names
// it, or all when reason is empty.
func (w *Workspace) RefusedEdges(ctx context.Context, reason string) (*Rows, error) {
	if err := w.referable(ctx); err != nil {
		return nil, err
	}
	var only any
	if reason != "" {
		only = reason
	}
	args := duck.Args{"reason": only}
	trace(ctx, duck.Call{Name: "grid/refused_rows", Args: args})
	return w.open(ctx, duck.Call{Name: "grid/refused_view", Args: args}, refusedColumns)
}

// reasonText returns the words for a reason's name.
func reasonText(name string) string {
	for _, r := range referral.Reasons() {
		if r.String() == name {
			return r.Text()
		}
	}
	return name
}

// MaskStated hides an id by which files call somebody when it is an e-mail
// address or a phone number; any other is shown as it is. It is for ids of people
// the shop does not know, which are nobody's customer id.
func MaskStated(id string) string {
	if strings.Contains(id, "@") {
		return Mask("e-mail", id)
	}
	const shortest = 7 // digits of a phone number
	if digits := strings.Trim(id, "+0123456789 ()./-"); digits == "" && len(id) >= shortest {
		return Mask("phone", id)
	}
	return id
}
