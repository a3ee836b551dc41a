package demo

import (
	"context"
	"slices"
	"strconv"
	"sync"
)

const (
	// spendShape is Truth.P as the whole number it is.
	spendShape = 6
	// firstOrderNumber is the number of the shop's first order less one.
	firstOrderNumber = 10_000_000
	// block is how many orders are formatted at a time.
	block = 8192

	freeShippingFrom = 6000 // cents
	shippingFee      = 490  // cents
)

// orderHeader names the columns of orders.csv.
const orderHeader = "Order ID,Customer ID,Order Date,Status,Sales Channel,Campaign,Coupon Code,Currency," +
	"Subtotal,Discount,Shipping,Tax,Total,Refunded Amount,Points Redeemed,Shipping Country\n"

// order is one row of orders.csv on its way to text. Money is in cents.
type order struct {
	customer, second, channel, kind int

	status, campaign, coupon string
	country                  int

	subtotal, discount, shipping, tax, refunded, points int
}

// batch is a run of orders in the order of their time.
type batch struct {
	keys  []uint64
	first int // rank of the first order among all
	done  chan struct{}

	orders, lines []byte
	lineCount     int
}

// writeOrders sorts the orders by time and writes them, and the lines of the web
// orders when lines is not nil. Batches are formatted in parallel and written in
// order.
func (s *shop) writeOrders(ctx context.Context, orders, lines *export, report func(thousandths int)) error {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()

	pending, work := make(chan *batch, 4*workers()), make(chan *batch)
	spare := sync.Pool{New: func() any { return new(batch) }}
	group.Go(func() {
		defer close(pending)
		defer close(work)
		s.cutBatches(ctx, &spare, pending, work)
	})
	for range workers() {
		group.Go(func() {
			for b := range work {
				s.format(b, lines != nil)
				close(b.done)
			}
		})
	}
	written := 0
	for b := range pending {
		select {
		case <-b.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		orders.write(b.orders, len(b.keys))
		if lines != nil {
			lines.write(b.lines, b.lineCount)
		}
		written += len(b.keys)
		report(250 + 600*written/s.orders)
		if err := orders.failure(); err != nil {
			return err
		}
		spare.Put(b)
	}
	return ctx.Err()
}

// cutBatches sends every batch to pending, in the order to be written, and to
// work, until ctx ends.
func (s *shop) cutBatches(ctx context.Context, spare *sync.Pool, pending, work chan<- *batch) {
	rank := 0
	for _, keys := range s.months {
		slices.Sort(keys)
		for run := range slices.Chunk(keys, block) {
			b, _ := spare.Get().(*batch)
			b.keys, b.first, b.done = run, rank, make(chan struct{})
			rank += len(run)
			for _, to := range []chan<- *batch{pending, work} {
				select {
				case to <- b:
				case <-ctx.Done():
					return
				}
			}
		}
	}
}

// format turns the keys of b into text.
func (s *shop) format(b *batch, withLines bool) {
	var d dice
	var o order
	var id []byte
	b.orders, b.lines, b.lineCount = b.orders[:0], b.lines[:0], 0
	for i, key := range b.keys {
		rank := b.first + i
		d.reseed(s.Seed, streamOrder, rank)
		s.fill(&o, key, &d)
		id = strconv.AppendInt(id[:0], int64(firstOrderNumber+rank+1), 10)
		b.orders = s.appendOrder(b.orders, id, &o)
		if withLines && o.channel == channelWeb {
			n := 0
			b.lines, n = appendLines(b.lines, &d, id, o.customer%len(families), o.subtotal)
			b.lineCount += n
		}
	}
}

// fill draws everything about an order that its key does not say.
func (s *shop) fill(o *order, key uint64, d *dice) {
	*o = order{
		second:   int(key >> secondShift),
		customer: int(key >> customerShift & guest),
		kind:     int(key) & (1<<customerShift - 1) &^ 3, //nolint:gosec // low bits only
		channel:  int(key & (1<<customerShift - 1) & 0b11),
	}
	var spend float64
	if o.customer == guest {
		spend = float64(float32(s.truth.V / d.gamma(s.truth.Q)))
		o.country = d.weighted(countryCum)
	} else {
		t := &s.people[o.customer]
		spend, o.country = float64(t.spend), int(t.country)
	}
	net := max(100, int(times(times(d.erlang(spendShape), spend), 100)+0.5))
	percent := s.reduction(o, d)
	if d.chance(0.05) && percent < 100 {
		o.points = 100 * (1 + d.below(8))
	}
	if percent == 100 {
		o.subtotal, o.discount, net = net, net, 0
	} else {
		o.subtotal = net*100/(100-percent) + o.points
		o.discount = o.subtotal - net
	}
	if o.channel != channelPOS && net < freeShippingFrom && net > 0 {
		o.shipping = shippingFee
	}
	o.tax = ((net+o.shipping)*countries[o.country].taxPercent + 50) / 100
	s.settle(o, net, d)
}

// reduction decides on campaign and coupon, and returns the percentage they
// take off.
func (s *shop) reduction(o *order, d *dice) int {
	day := o.second / 86400
	if c := s.campaignOn(day); c >= 0 && o.customer != guest {
		drawn := d.chance(0.3) // attribution also claims orders that would have come anyway
		if o.kind == kindUplift || drawn && s.arm(c, o.customer) == armTreated && o.kind == 0 {
			o.campaign, o.coupon = s.campaigns[c].id, s.campaigns[c].coupon
			return s.campaigns[c].percent
		}
	}
	lot := d.unit()
	switch {
	case lot < 0.001:
		o.coupon = "GIFT100"
		return 100
	case o.kind == kindFirst && s.parents[o.customer] != 0:
		o.coupon = s.friendCoupon(o.customer)
		return 10
	case o.kind == kindFirst && lot < 0.35:
		o.coupon = "WELCOME10"
		return 10
	case lot < 0.07:
		o.coupon = seasonCoupons[(s.cal.months[s.cal.month[day]].Month()-1)/3]
		return 15
	}
	return 0
}

// seasonCoupons are the public codes by quarter.
var seasonCoupons = [...]string{"FRESH15", "SUMMER15", "AUTUMN15", "GLOW15"}

// settle decides how the order ended. Orders that count are exactly those of the
// model: attempts end cancelled, unpaid or returned whole, others never do.
func (s *shop) settle(o *order, net int, d *dice) {
	lot := d.unit()
	switch {
	case o.kind == kindAttempt && lot < 0.4:
		o.status = "cancelled"
	case o.kind == kindAttempt && lot < 0.68:
		o.status = "unpaid"
	case o.kind == kindAttempt:
		o.status, o.refunded = "refunded", net
	case lot < 0.03 && net > 500:
		o.status, o.refunded = "partially_refunded", net*(10+d.below(50))/100
	case o.second/86400 >= s.cal.days-10 && o.channel != channelPOS:
		o.status = "paid" // still under way
	default:
		o.status = "completed"
	}
}

// appendOrder writes a row of orders.csv.
func (s *shop) appendOrder(dst, id []byte, o *order) []byte {
	dst = append(append(dst, id...), ',')
	if o.customer != guest {
		dst = s.appendAccount(dst, o.customer, o.channel)
	}
	dst = s.cal.appendMoment(append(dst, ','), o.second)
	dst = append(append(dst, ','), o.status...)
	dst = append(append(dst, ','), channelNames[o.channel]...)
	dst = append(append(dst, ','), o.campaign...)
	dst = append(append(dst, ','), o.coupon...)
	dst = append(dst, ",EUR,"...)
	total := o.subtotal - o.discount + o.shipping + o.tax
	for _, cents := range [...]int{o.subtotal, o.discount, o.shipping, o.tax, total, o.refunded} {
		dst = append(appendMoney(dst, cents), ',')
	}
	dst = append(appendPadded(dst, o.points, 1), ',')
	return append(append(dst, countries[o.country].code...), '\n')
}

// appendAccount writes the id under which a customer orders in a channel.
func (s *shop) appendAccount(dst []byte, customer, channel int) []byte {
	prefix := byte('c')
	if channel == channelApp && s.hasSecondAccount(customer) {
		prefix = 'a'
	}
	return appendPadded(append(dst, prefix, '-'), customer+1, s.idWidth)
}

// customerID is a customer's id in the web shop.
func (s *shop) customerID(customer int) string {
	return string(s.appendAccount(nil, customer, channelWeb))
}

// hasSecondAccount tells whether the app knows the customer under another id.
func (s *shop) hasSecondAccount(customer int) bool {
	return float64(mix(s.Seed^uint64(customer)<<8)>>11)*0x1p-53 < secondAccountShare //nolint:gosec // not negative
}
