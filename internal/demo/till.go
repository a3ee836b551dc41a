package demo

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
)

// tillMonths is how far back the till's export goes.
const tillMonths = 10

// stores are the branches whose till is a system of its own.
var stores = [...]string{"柏林米特店", "巴黎十三区店", "米兰华人街店"}

// tillHeader names the columns of the till's export: order, member, phone, time,
// store, status, goods, discount, paid, refunded, currency. Prices there include
// tax, and 商品金额 − 优惠金额 = 实付金额.
const tillHeader = "订单号\t会员号\t手机号\t下单时间\t门店\t订单状态\t商品金额\t优惠金额\t实付金额\t退款金额\t币种\n"

// members is how many people shop in those stores with a club card or phone.
func (s *shop) members() int { return min(max(s.Customers/12, 30), 20_000) }

// memberStride is the distance of web customers who may be members.
func (s *shop) memberStride() int { return s.Customers / s.members() }

// memberCustomer is the web customer who is member m, −1 if the web shop does
// not know the member: four in ten are known there, by phone or card only.
func (s *shop) memberCustomer(m int) int {
	var d dice
	d.reseed(s.Seed, streamMember, 1<<20+m)
	if !d.chance(0.4) {
		return -1
	}
	return m*s.memberStride() + d.below(s.memberStride())
}

// tillName is the name of the till's export; the year is that of the shop's end.
func (s *shop) tillName() string { return "pos_" + strconv.Itoa(s.End.Year()) + ".tsv" }

// tillSale is one order at the till.
type tillSale struct{ second, member, spend int }

// writeTill writes the till's orders, which are in no other file: the same
// model, joined evenly over the till's months.
func (s *shop) writeTill(_ context.Context, e *export) {
	from := s.cal.busy[s.cal.dayOf(s.cal.start.AddDate(years, -tillMonths, 0))]
	var sales []tillSale
	for m := range s.members() {
		sales = s.memberSales(sales, m, from)
	}
	slices.SortFunc(sales, func(a, b tillSale) int {
		return cmp.Or(cmp.Compare(a.second, b.second), cmp.Compare(a.member, b.member))
	})
	var d dice
	for n, sale := range sales {
		d.reseed(s.Seed, streamTillRow, n)
		s.tillRow(e, n, sale, &d)
	}
}

// memberSales adds the orders of member m since the operational time from.
func (s *shop) memberSales(sales []tillSale, m int, from float64) []tillSale {
	var d dice
	d.reseed(s.Seed, streamTill, m)
	horizon := float64(s.cal.days)
	now := from + times(times(d.unit(), d.unit()), horizon-from)
	rate := d.gamma(standard.R) / standard.Alpha
	leave, spend := d.beta(standard.A, standard.B), standard.V/d.gamma(standard.Q)
	for n := 0; n <= maxRepeats && now < horizon; n++ {
		day := s.cal.day(now)
		if s.cal.weekday[day] == 0 && day > 0 {
			day-- // closed on Sundays
		}
		cents := max(100, int(times(times(d.erlang(spendShape), spend), 100)+0.5))
		sales = append(sales, tillSale{second: s.cal.moment(&d, day, channelPOS), member: m, spend: cents})
		if n > 0 && d.chance(leave) {
			break
		}
		now += d.exponential() / rate
	}
	return sales
}

// tillRow writes one order of the till.
func (s *shop) tillRow(e *export, n int, sale tillSale, d *dice) {
	card, phone := memberID(sale.member), s.memberPhone(sale.member)
	if phone != "" && sale.member%3 == 0 {
		card = "" // this member gives the phone at the till
	}
	if card != "" && d.chance(0.5) {
		phone = ""
	}
	off := 0
	if d.chance(0.15) {
		off = sale.spend / 9
	}
	status, refunded := "交易完成", 0
	switch lot := d.unit(); {
	case lot < 0.015:
		status, refunded = "已退款", sale.spend
	case lot < 0.03:
		status = "交易关闭"
	}
	moment := string(s.cal.appendMoment(nil, sale.second))
	e.text("T"+moment[2:4]+string(appendPadded(nil, n+1, 7)), '\t').text(card, '\t').text(phone, '\t').text(moment, '\t')
	e.text(stores[sale.member%len(stores)], '\t').text(status, '\t')
	e.money(sale.spend+off, '\t').money(off, '\t').money(sale.spend, '\t').money(refunded, '\t').text("EUR", '\n')
}

// memberPhone is the phone the till knows, written as at the till: digits only,
// without the country code of China.
func (s *shop) memberPhone(m int) string {
	i := s.memberCustomer(m)
	if i < 0 {
		if m%2 == 0 {
			return ""
		}
		return "1991" + string(appendPadded(nil, m, 7))
	}
	p := s.personOf(i, 0)
	return strings.NewReplacer("+86 ", "", "+", "", " ", "", "-", "").Replace(p.phone)
}
