package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/sqltext"
	"worth/internal/tabular"
)

// asking is how the question of a snapshot is put to the derived tables.
type asking struct {
	call      duck.Call
	variables duck.Args        // of an analyst's own query
	columns   []tabular.Column // nil: as the answer has them
	key       []string         // columns that tell rows apart; none for a single row
	members   *duck.Call       // who is in which segment, where that belongs to the answer
	sql       string           // as an analyst would run it
	values    duck.Args        // bound in it
}

// asked returns how a question is put under what the derived tables stand for.
// The sort column and the filter of customers are checked, and so is a query.
func (s derived) asked(q snapshot.Question) (asking, error) {
	var a asking
	var err error
	switch q.Page {
	case snapshot.Overview:
		a = asking{call: duck.Call{Name: "snapshot/overview"}, columns: overviewColumns}
	case snapshot.Segments:
		a, err = s.askedSegments()
	case snapshot.Customers:
		a, err = askedCustomers(q)
	case snapshot.Customer:
		a = asking{
			call:    duck.Call{Name: "snapshot/customers", Parts: map[string]duck.Call{"where": equals("customer_id", q.Customer)}},
			columns: customerColumns, key: []string{"customer_id"},
		}
	case snapshot.Referrals:
		a = asking{call: duck.Call{Name: "snapshot/referrals"}, columns: referralColumns, key: []string{"customer_id"}}
	case snapshot.SQL:
		return s.askedSQL(q.SQL)
	case snapshot.Scenario, snapshot.Series:
		return a, i18n.Errorf("%s was worked out by the program and cannot be asked again", string(q.Page))
	default:
		return a, i18n.Errorf("there is no page %q to keep; choose overview, segments, customers, customer, referrals or sql", string(q.Page))
	}
	if err != nil {
		return a, err
	}
	text, err := duck.Render(a.call)
	a.sql, a.values = text.SQL, text.Args
	return a, err
}

func (s derived) askedSegments() (asking, error) {
	scheme, err := s.Settings.scheme()
	if err != nil {
		return asking{}, err
	}
	names := make([]string, len(scheme.Segments))
	for i, segment := range scheme.Segments {
		names[i] = segment.Name
	}
	return asking{
		call:    duck.Call{Name: "snapshot/segments", Args: duck.Args{"names": names}},
		columns: segmentColumns, key: []string{"segment"}, members: &duck.Call{Name: "snapshot/members"},
	}, nil
}

// askedCustomers does not mind a segment that the scheme does not have: nobody is
// in it.
func askedCustomers(q snapshot.Question) (asking, error) {
	where, err := condition(q.Filter)
	if err != nil {
		return asking{}, err
	}
	if q.Segment != "" {
		where = both(where, equals("segment", q.Segment))
	}
	if q.R != 0 {
		where = both(where, equals("r", int64(q.R)))
	}
	if q.F != 0 {
		where = both(where, equals("f", int64(q.F)))
	}
	order, err := orderOf(View{Sort: q.Sort, Desc: q.Desc})
	if err != nil {
		return asking{}, err
	}
	a := asking{
		call:    duck.Call{Name: "snapshot/customers", Parts: map[string]duck.Call{"where": where}},
		columns: customerColumns, key: []string{"customer_id"},
	}
	if order.Name != "grid/natural" { // as they stand they need no sorting
		a.call.Name, a.call.Parts["order"] = "grid/customers_rows", order
	}
	return a, nil
}

// askedSQL binds the parameters of an analyst's query from the settings.
func (s derived) askedSQL(statement string) (asking, error) {
	if sqltext.First(statement) == "" {
		return asking{}, errNoQuery()
	}
	under := &Workspace{set: s.Settings, state: s}
	text, variables, err := under.bound(statement)
	if err != nil {
		return asking{}, err
	}
	return asking{
		call:      duck.Call{Name: "snapshot/statement", Args: duck.Args{"statement": text, "limit": maxResultRows}},
		variables: variables, sql: statement, values: variables,
	}, nil
}

// vet refuses a query that does more than read the workspace: it is run where there
// is nothing else to read, and where a query without an end holds up nobody.
func (w *Workspace) vet(ctx context.Context, statement string) error {
	if sqltext.First(statement) == "" {
		return errNoQuery()
	}
	r, err := w.RunSQL(ctx, statement, nil)
	if err != nil {
		return err
	}
	if r.table != nil {
		return i18n.Errorf("a plan cannot be kept as a snapshot; keep what the query answers")
	}
	return r.Close()
}

func errNoQuery() error { return i18n.Errorf("there is no query to keep; write one") }

// textValues writes bound values down, by name.
func textValues(args duck.Args) []snapshot.Value {
	out := make([]snapshot.Value, 0, len(args))
	for name, value := range args {
		if day, ok := value.(duck.Day); ok {
			value = isoOf(day)
		}
		p := Parameter{Value: value, Kind: kindOfValue(value)}
		text := p.Text()
		if n, ok := value.(int); ok {
			text = (Parameter{Value: int64(n), Kind: tabular.Integer}).Text()
		}
		out = append(out, snapshot.Value{Name: name, Value: text})
	}
	slices.SortFunc(out, func(a, b snapshot.Value) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// recordOf fills a record with what the derived tables stand for.
func (s derived) recordOf(q snapshot.Question) (snapshot.Record, error) {
	r := snapshot.Record{
		Version: snapshot.Version, Page: q.Page, Question: q, Basis: string(s.Settings.basis()), Window: s.Settings.Window,
		Currency: s.Currency, Cuts: s.Cuts, Files: []snapshot.File{}, Values: []snapshot.Value{}, Key: []string{},
	}
	if !s.AsOf.IsZero() {
		r.AsOf = isoOf(s.AsOf)
	}
	if scheme, err := s.Settings.scheme(); err == nil {
		r.Scheme = scheme.Name
	}
	var err error
	if r.Settings, err = json.Marshal(s.Settings); err != nil {
		return r, i18n.Errorf("the settings cannot be kept: %v", err)
	}
	if r.Model, err = json.Marshal(s.Models); err != nil {
		return r, i18n.Errorf("the models cannot be kept: %v", err)
	}
	return r, nil
}

// segmentColumns and overviewColumns are the columns of snapshot/segments and
// snapshot/overview.
var (
	segmentColumns = []tabular.Column{
		{Name: "segment", Title: "segment", Doc: "segment of the scheme"},
		{Name: "customers", Title: "customers", Kind: tabular.Integer, Doc: "customers in the segment"},
		{Name: "customer_share", Title: "of customers", Kind: tabular.Share, Doc: "share of all customers"},
		{Name: "net_revenue", Title: "net revenue", Kind: tabular.Money, Doc: "net revenue of the segment's customers"},
		{Name: "net_revenue_share", Title: "of revenue", Kind: tabular.Share, Doc: "share of all customers' net revenue"},
		{Name: "recency_days", Title: "recency", Kind: tabular.Float, Unit: "days", Doc: "mean days since the last order"},
		{Name: "orders", Title: "orders", Kind: tabular.Float, Doc: "mean counted orders per customer"},
		{Name: "aov", Title: "AOV", Kind: tabular.Money, Doc: "net revenue per counted order"},
		{Name: "expected_orders", Title: "exp. orders", Kind: tabular.Float, Doc: "expected orders over the horizon, of all together"},
		{Name: "historic", Title: "historic", Kind: tabular.Money, Doc: "value brought so far, on the basis in force"},
		{Name: "predicted", Title: "predicted", Kind: tabular.Money, Doc: "value expected over the horizon"},
		{Name: "referral", Title: "referral", Kind: tabular.Money, Doc: "value credited for referrals, less value passed up"},
		{Name: "cost", Title: "cost", Kind: tabular.Money, Doc: "what it cost to win the customers, where channel costs are known"},
		{Name: "value", Title: "value", Kind: tabular.Money, Doc: "historic + predicted + referral − cost"},
		{Name: "clv_mean", Title: "mean CLV", Kind: tabular.Money, Doc: "mean discounted expected value per customer"},
		{Name: "clv_median", Title: "median CLV", Kind: tabular.Money, Doc: "median discounted expected value per customer"},
	}
	overviewColumns = []tabular.Column{
		{Name: "customers", Title: "customers", Kind: tabular.Integer, Doc: "with at least one counted order"},
		{Name: "orders", Title: "orders", Kind: tabular.Integer, Doc: "counted, of anybody"},
		{Name: "net_revenue", Title: "net revenue", Kind: tabular.Money, Doc: "after discounts and refunds"},
		{Name: "aov", Title: "AOV", Kind: tabular.Money, Doc: "net revenue per counted order"},
		{Name: "median_aov", Title: "median AOV", Kind: tabular.Money, Doc: "median net revenue of counted orders"},
		{Name: "value_per_customer", Title: "value per customer", Kind: tabular.Money, Doc: "net revenue of customers per customer"},
		{Name: "repeat_rate", Title: "repeat rate", Kind: tabular.Share, Doc: "share of customers with two orders or more"},
		{Name: "gini", Title: "Gini", Kind: tabular.Float, Doc: "of net revenue over customers, 0–1"},
		{Name: "top_20_share", Title: "top 20 %", Kind: tabular.Share, Doc: "net revenue share of the best 20 % of customers"},
		{Name: "median_value", Title: "median value", Kind: tabular.Money, Doc: "median net revenue per customer"},
		{Name: "active_customers", Title: "active", Kind: tabular.Integer, Doc: "with an order in the 365 days up to as-of"},
		{Name: "persons_no_order", Title: "without an order", Kind: tabular.Integer, Doc: "persons without an order that counts"},
		{Name: "anonymous_orders", Title: "orders of nobody", Kind: tabular.Integer, Doc: "counted orders that name nobody"},
		{Name: "anonymous_revenue", Title: "revenue of nobody", Kind: tabular.Money, Doc: "their net revenue"},
		{Name: "revenue_12mo", Title: "last 365 days", Kind: tabular.Money, Doc: "net revenue of the 365 days up to as-of"},
		{Name: "revenue_12mo_before", Title: "365 days before", Kind: tabular.Money, Doc: "net revenue of the 365 days before those"},
		{Name: "clamped_customers", Title: "below zero", Kind: tabular.Integer, Doc: "customers with negative net revenue"},
		{Name: "first_order", Title: "first order", Kind: tabular.Date, Doc: "day of the first counted order"},
		{Name: "last_order", Title: "last order", Kind: tabular.Date, Doc: "day of the last counted order"},
		{Name: "share_for_80", Title: "share for 80 %", Kind: tabular.Share, Doc: "smallest share of customers that brings 80 % of net revenue"},
	}
)
