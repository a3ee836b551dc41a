// Package demo invents a shop and writes its exports: orders, order lines, a
// store till, customers, referrals, products, campaigns, channel costs and
// interactions, as a real shop's systems would hand them out.
//
// The idea: purchases that count follow the BG/NBD model with Gamma-Gamma spend
// in an operational time that runs faster in busy months and on busy weekdays,
// so that a model fitted to the files has a truth to be compared with (see
// [Parameters]). Everything that is not in the model comes on top and is small:
// guests, unpaid, cancelled and returned orders, campaign uplift, partial
// refunds, a second account for one customer in a hundred.
//
// What holds in orders.csv, to the cent: Total = Subtotal − Discount + Shipping
// + Tax, and net revenue = Subtotal − Discount − Refunded Amount. Discount
// includes points redeemed (one cent each); refunds never include shipping or
// tax. A status of refunded returns all goods, so its net revenue is 0. The rows
// of order_lines.csv (Quantity × Unit Price − Line Discount) sum to the order's
// Subtotal.
//
// Guarantees: the same Options give the same bytes on every machine and with
// any number of processors; floating point is kept to operations that round the
// same everywhere. Files appear under their names only when all of them are
// complete. Names, phones and addresses belong to nobody: e-mails end in
// example.com or example.org, phones come from ranges kept for fiction.
//
// Memory grows with the shop, at about 20 bytes an order and 16 a customer; the
// text of the files is streamed.
//
// What it does not do: several currencies, price changes over the years, and
// order lines beyond [MaxOrdersWithLines] orders.
package demo

import (
	"context"
	"runtime"
	"strconv"
	"time"

	"worth/internal/i18n"
)

const (
	// DefaultCustomers is the number of buying customers of Options' zero value.
	DefaultCustomers = 3000
	// MinCustomers is the smallest shop in which every export has something to show.
	MinCustomers = 300
	// MaxCustomers is the largest shop Write accepts.
	MaxCustomers = 20_000_000
	// MaxOrdersWithLines is the largest number of orders for which
	// order_lines.csv is written; it then covers the orders of the web channel.
	MaxOrdersWithLines = 200_000

	defaultSeed = 20261031
	// ordersPerCustomer sizes the population when only Orders is given.
	ordersPerCustomer = 10
)

// Options size the invented shop; the zero value is the default shop.
type Options struct {
	Customers int       // people with at least one order; 0 means DefaultCustomers, or Orders/10 when Orders is set
	Orders    int       // rows of orders.csv, met within 2 %; 0 leaves the number to the model
	Seed      uint64    // 0 means the default seed; other seeds give other shops
	End       time.Time // last day of the data (its calendar date); zero means 2026-10-31
}

// File is one export that Write left in the folder.
type File struct {
	Name string    // name within the folder
	Rows int       // records without the header
	What i18n.Text // what one row is
}

// Truth holds the parameters the purchases were drawn from. Time is in days of
// operational time, which over a whole year runs as fast as the calendar; spend
// is net revenue per order in the shop's currency.
type Truth struct {
	R, Alpha float64 // orders a day: λ ~ Gamma(R, rate Alpha)
	A, B     float64 // chance of leaving after each repeat order: p ~ Beta(A, B)
	P, Q, V  float64 // spend ~ Gamma(P, rate ν), ν ~ Gamma(Q, rate V)
	Uplift   float64 // chance of one extra order per campaign for a treated, still active customer, 0–1
}

// standard is the truth of a shop whose number of orders was left to the model.
// P is whole, so that a spend costs a single logarithm.
var standard = Truth{R: 0.62, Alpha: 62, A: 0.85, B: 6.4, P: spendShape, Q: 3.9, V: 31, Uplift: 0.08}

// Parameters returns the truth behind the shop that Write makes from o. When
// o.Orders is set, Alpha is the one that reaches that number. It returns the
// errors of Write for options that cannot be met.
func Parameters(o Options) (Truth, error) {
	s, err := plan(context.Background(), o)
	if err != nil {
		return Truth{}, err
	}
	return s.truth, nil
}

// Write makes the shop and writes its exports into dir, which is created when
// missing. Exports of an earlier demo shop there are replaced; a file that has
// one of their names and is none is never touched but refused. progress, which
// may be nil, is called now and then, by one goroutine at a time, with how many
// of total parts of the work are done. When ctx ends or a file cannot be written,
// Write removes what it had begun and returns the cause.
func Write(ctx context.Context, dir string, o Options, progress func(done, total int)) ([]File, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	s, err := plan(ctx, o)
	if err != nil {
		return nil, err
	}
	out, err := openFolder(dir, s.headers())
	if err != nil {
		return nil, err
	}
	defer out.discard()
	report := func(thousandths int) { progress(thousandths, 1000) }
	report(50)
	if err := s.simulate(ctx, report); err != nil {
		return nil, err
	}
	if err := s.writeAll(ctx, out, report); err != nil {
		return nil, err
	}
	files, err := out.commit()
	if err != nil {
		return nil, err
	}
	report(1000)
	return files, nil
}

// shop is one invented shop: its plan, then what simulate found out.
type shop struct {
	Options
	truth     Truth
	cal       *calendar
	campaigns []campaign
	idWidth   int // digits of a customer id

	people   []trait    // by customer
	parents  []uint32   // by customer: see forest.go
	months   [][]uint64 // order keys by calendar month, sorted when written
	orders   int        // keys in months
	arrivals [][]int    // first orders by month and channel
}

// trait is what every order of a customer needs to know about them.
type trait struct {
	spend   float32 // 1/ν of the spend model, in the shop's currency
	country uint8   // index into countries
}

// plan checks and completes the options and settles the truth.
func plan(ctx context.Context, o Options) (*shop, error) {
	o, err := complete(o)
	if err != nil {
		return nil, err
	}
	cal := newCalendar(o.End)
	s := &shop{Options: o, truth: standard, cal: cal, campaigns: planCampaigns(cal, o.Customers)}
	s.idWidth = max(5, len(strconv.Itoa(o.Customers+s.prospects())))
	if o.Orders == 0 {
		return s, ctx.Err()
	}
	pace, err := s.calibrate(ctx)
	if err != nil {
		return nil, err
	}
	s.truth.Alpha /= pace
	return s, nil
}

// complete fills in the defaults and refuses sizes that make no shop.
func complete(o Options) (Options, error) {
	if o.Customers == 0 {
		o.Customers = DefaultCustomers
		if o.Orders != 0 {
			o.Customers = max(MinCustomers, o.Orders/ordersPerCustomer)
		}
	}
	if o.Customers < MinCustomers || o.Customers > MaxCustomers {
		return o, i18n.Errorf("a demo shop has between %d and %d customers, not %d; choose another number of customers",
			MinCustomers, MaxCustomers, o.Customers)
	}
	if o.Orders < 0 {
		return o, i18n.Errorf("a demo shop cannot have %d orders; leave the number out or give a positive one", o.Orders)
	}
	if o.Seed == 0 {
		o.Seed = defaultSeed
	}
	if o.End.IsZero() {
		o.End = time.Date(2026, time.October, 31, 0, 0, 0, 0, time.UTC)
	}
	if y := o.End.Year(); y < 1970 || y > 9000 {
		return o, i18n.Errorf("a demo shop cannot end in the year %s; choose one between 1970 and 9000", strconv.Itoa(y))
	}
	return o, nil
}

// workers is how many goroutines share the work. The result does not depend on it.
func workers() int { return runtime.GOMAXPROCS(0) }
