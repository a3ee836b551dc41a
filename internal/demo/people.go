package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// customerHeader names the columns of customers.csv.
const customerHeader = "Customer ID,First Name,Last Name,Email,Phone,Gender,Birth Date,City,Country,Registered At,Tags,Referred By,Member No\n"

// person is everything customers.csv says about one customer.
type person struct {
	first, last, email, phone, gender, birth, city, tags string

	country    int
	registered time.Time
}

// prospects is how many people registered without ever ordering.
func (s *shop) prospects() int { return s.Customers * 8 / 100 }

// countryOf is where customer i lives: the first draw of the person's stream.
func (s *shop) countryOf(i int) uint8 {
	var d dice
	d.reseed(s.Seed, streamPerson, i)
	return uint8(d.weighted(countryCum)) //nolint:gosec // a small table
}

// personOf invents customer i, who joined on the given day.
func (s *shop) personOf(i, joinDay int) person {
	var d dice
	d.reseed(s.Seed, streamPerson, i)
	p := person{country: d.weighted(countryCum)}
	home := &countries[p.country]
	p.city = home.cities[d.below(len(home.cities))]
	culture := home.culture
	if culture < chinese && d.chance(0.16) {
		culture = d.weighted(strangers)
	}
	own := &cultures[culture]
	given := own.women
	p.gender = "female"
	if d.chance(0.42) {
		given, p.gender = own.men, "male"
	}
	first, last := given[d.below(len(given))], own.last[d.below(len(own.last))]
	p.first, p.last = first.written, last.written
	if d.chance(0.12) {
		p.gender = ""
	}
	if d.chance(0.94) {
		host := [...]string{"example.com", "example.org"}[d.below(2)]
		p.email = strings.ToLower(fmt.Sprintf("%s.%s.%d@%s", first.ascii, strings.ReplaceAll(last.ascii, " ", ""), i+1, host))
	}
	if p.email == "" || d.chance(0.62) {
		p.phone = phoneOf(i, culture)
	}
	if d.chance(0.55) {
		p.birth = time.Date(1948+d.below(60), time.January, 1+d.below(365), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	for _, tag := range [...]string{"newsletter", "club", "gift buyer", "wholesale"} {
		if d.chance(0.18) {
			p.tags = strings.TrimPrefix(p.tags+";"+tag, ";")
		}
	}
	p.registered = s.cal.start.AddDate(0, 0, joinDay)
	if d.chance(0.3) {
		p.registered = p.registered.AddDate(0, 0, -d.below(45))
	}
	return p
}

// phoneOf is customer i's phone, of a range kept for fiction: 199-0… for
// Chinese, Japanese and Korean names, 555-01… for others, and beyond the first
// 80,000 the country code 999, which no country has.
func phoneOf(i, culture int) string {
	switch {
	case culture >= chinese && i < 10_000_000:
		return fmt.Sprintf("+86 199 0%03d %04d", i/10_000, i%10_000)
	case i < 80_000:
		return fmt.Sprintf("+1 %03d-555-01%02d", 200+i/100, i%100)
	default:
		return fmt.Sprintf("+999 %03d %05d", i/100_000, i%100_000)
	}
}

// writeCustomers writes customers.csv: the buyers, the second accounts of some
// of them, then the people who never ordered.
func (s *shop) writeCustomers(ctx context.Context, e *export) {
	for i := range s.Customers {
		if i%chunk == 0 && ctx.Err() != nil {
			return
		}
		p := s.personOf(i, s.joinDay(i))
		s.customer(e, s.customerID(i), &p, s.parentPointer(i), s.memberNumber(i))
		if s.hasSecondAccount(i) {
			p.email = strings.ToUpper(p.email) // the app did not tidy what people typed
			p.phone = strings.NewReplacer(" ", "", "-", "").Replace(p.phone)
			p.tags, p.registered = "app", p.registered.AddDate(0, 0, 3)
			s.customer(e, string(s.appendAccount(nil, i, channelApp)), &p, "", "")
		}
	}
	var d dice
	for k := range s.prospects() {
		i := s.Customers + k
		d.reseed(s.Seed, streamPerson, -1-k)
		p := s.personOf(i, d.below(s.cal.days))
		s.customer(e, s.customerID(i), &p, "", "")
	}
}

// parentPointer is the referrer in customers.csv, which only some customers
// named when they registered.
func (s *shop) parentPointer(i int) string {
	if i%5 >= 2 || s.parents[i] >= staffBase {
		return ""
	}
	return s.referrer(i)
}

func (s *shop) customer(e *export, id string, p *person, referredBy, member string) {
	e.text(id, ',').text(p.first, ',').text(p.last, ',').text(p.email, ',').text(p.phone, ',').text(p.gender, ',')
	e.text(p.birth, ',').text(p.city, ',').text(countries[p.country].name, ',')
	e.text(p.registered.Format(time.DateOnly), ',').text(p.tags, ',').text(referredBy, ',').text(member, '\n')
}

// memberNumber is the number on the store's club card that the web shop knows
// of: half of the store's members who are web customers told it.
func (s *shop) memberNumber(i int) string {
	m := i / s.memberStride()
	if m >= s.members() || s.memberCustomer(m) != i || m%2 == 1 {
		return ""
	}
	return memberID(m)
}

// memberID is the number on a club card.
func memberID(m int) string { return "M" + strconv.Itoa(70_000_001+m*7) }
