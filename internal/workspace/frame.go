package workspace

import (
	"context"
	"maps"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// frame is what questions about orders are asked under: the parameters, names and
// parts of queries that the settings, the as-of date and the data ask for.
type frame struct {
	args   duck.Args
	idents duck.Idents
	parts  map[string]duck.Call
}

// locate starts a frame: in which zone days are counted.
func (f *frame) locate(set Settings) (*time.Location, error) {
	zone := set.TimeZone
	if zone == "" {
		zone = "UTC"
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		return nil, i18n.Errorf("the time zone %q is not known: %v", zone, err)
	}
	f.idents = duck.Idents{"local": "local_zone", "charged": set.charged()}
	if zone == "UTC" {
		f.idents["local"] = "local_utc"
	}
	f.args = duck.Args{"zone": zone}
	return location, nil
}

// date completes a located frame by the last day that counts.
func (f *frame) date(ctx context.Context, run duck.Runner, state derived, asOf time.Time, location *time.Location) error {
	set := state.Settings
	window := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	if set.Window > 0 {
		window = monthsBefore(asOf, set.Window).AddDate(0, 0, 1)
	}
	f.args["end"] = time.Date(asOf.Year(), asOf.Month(), asOf.Day()+1, 0, 0, 0, 0, location).UTC()
	f.args["as_of"], f.args["window_start"] = asOf.Format(time.DateOnly), window.Format(time.DateOnly)
	f.args["skip_zero"], f.args["margin"], f.args["basis"] = set.SkipZero, nil, string(set.basis())
	if set.MarginRate != 0 {
		f.args["margin"] = set.MarginRate
	}
	f.args["currency"] = state.Currency
	return f.chooseParts(ctx, run, state)
}

// chooseParts picks the parts of the queries that the settings and the data ask
// for, so that what nobody asked for costs nothing.
func (f *frame) chooseParts(ctx context.Context, run duck.Runner, state derived) error {
	set, sold := state.Settings, state.Pricing.parts(f.args)
	part := func(name string) duck.Call { return duck.Call{Name: name, Args: f.args, Idents: f.idents} }
	f.parts = map[string]duck.Call{
		"orders": part("derive/orders"), "recent": everything, "costs": part(noCosts),
		"count": part("derive/order_count"), "money": part("derive/total"), "referred": {Name: "derive/referred_none"},
	}
	for _, c := range []struct{ question, part, then string }{
		{"derive/refund_count", "orders", "derive/orders_refunded"},
		{"derive/has_costs", "costs", "derive/costs"},
	} {
		res, err := run.Query(ctx, duck.Call{Name: c.question})
		if err != nil {
			return err
		}
		if n, _ := res.Rows[0][0].(int64); n > 0 {
			f.parts[c.part] = part(c.then)
		}
	}
	f.parts["contacts"] = duck.Call{Name: "derive/no_contacts"}
	if set.basis() == Contribution {
		f.parts["contacts"] = part("derive/contacts")
	}
	if set.Window > 0 {
		f.parts["recent"] = part("derive/in_window")
	}
	if set.Monetary == AverageSpend {
		f.parts["money"] = part("derive/average")
	}
	if set.MergeSameDay {
		f.parts["count"] = part("derive/order_day_count")
	}
	for _, name := range []string{"costs", "count"} { // they ask for the window themselves
		c := f.parts[name]
		c.Parts = map[string]duck.Call{"recent": f.parts["recent"]}
		f.parts[name] = c
	}
	orders := f.parts["orders"]
	orders.Parts = sold
	f.parts["orders"] = orders
	maps.Copy(f.parts, sold)
	return nil
}

// call is a question under the frame.
func (f *frame) call(name string) duck.Call {
	return duck.Call{Name: name, Args: f.args, Idents: f.idents, Parts: f.parts}
}

// with is a question under the frame that has parameters of its own.
func (f *frame) with(name string, args duck.Args) duck.Call {
	c := f.call(name)
	maps.Copy(args, c.Args)
	c.Args = args
	return c
}

// framed returns what questions over the orders up to a day are asked under.
func (w *Workspace) framed(ctx context.Context, state derived, asOf time.Time) (*frame, error) {
	return framedIn(ctx, w.db, state, asOf)
}

// framedIn is framed for derived tables that stand elsewhere.
func framedIn(ctx context.Context, run duck.Runner, state derived, asOf time.Time) (*frame, error) {
	f := &frame{}
	location, err := f.locate(state.Settings)
	if err != nil {
		return nil, err
	}
	return f, f.date(ctx, run, state, asOf, location)
}

// monthsBefore goes back whole months and stays within the month: a month
// before 31 March is the last of February.
func monthsBefore(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()-time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return time.Date(first.Year(), first.Month(), min(t.Day(), last), 0, 0, 0, 0, time.UTC)
}
