package demo

import (
	"context"
	"fmt"
	"time"
)

// campaign is one mailing with a control group. Campaigns do not overlap.
type campaign struct {
	id, name, coupon string
	fromDay, toDay   int     // days of the calendar, both included
	percent          int     // what the coupon takes off
	contact          int     // cents a treated member costs
	fixed            int     // cents the campaign costs besides
	share            float64 // of the customers known by then, who are asked or held out
}

// arms of a campaign.
const (
	armNone = iota
	armTreated
	armControl
)

// heldOut is the share of a campaign's members in the control group.
const heldOut = 0.25

// planCampaigns lays eight campaigns over the last two years. Large shops ask a
// smaller share, so that the files stay small.
func planCampaigns(cal *calendar, customers int) []campaign {
	share := min(0.3, 45_000/float64(customers))
	plan := []struct {
		name, coupon           string
		before, length         int // days from the end of the data to the start; days
		percent, contact, cost int
	}{
		{"Winter Tea Letter", "LETTER15", 680, 14, 15, 8, 45000},
		{"Spring Postcard", "CARD20", 560, 21, 20, 65, 80000},
		{"Summer App Push", "PUSH10", 480, 10, 10, 2, 30000},
		{"Autumn Catalogue", "LEAF20", 400, 28, 20, 140, 150000},
		{"New Year Message", "NEWYEAR15", 290, 14, 15, 6, 35000},
		{"Mother's Day Postcard", "BLOOM15", 180, 14, 15, 65, 60000},
		{"We Miss You", "RETURN20", 110, 21, 20, 12, 40000},
		{"Harvest Catalogue", "HARVEST20", 45, 28, 20, 140, 150000},
	}
	campaigns := make([]campaign, len(plan))
	for i, p := range plan {
		from := cal.days - p.before
		campaigns[i] = campaign{
			id: fmt.Sprintf("cmp-%02d", i+1), name: p.name, coupon: p.coupon,
			fromDay: from, toDay: from + p.length - 1,
			percent: p.percent, contact: p.contact, fixed: p.cost, share: share,
		}
	}
	return campaigns
}

// campaignOn is the index of the campaign that runs on a day, −1 for none.
func (s *shop) campaignOn(day int) int {
	for c := range s.campaigns {
		if day >= s.campaigns[c].fromDay && day <= s.campaigns[c].toDay {
			return c
		}
	}
	return -1
}

// arm is the arm of campaign c a customer was drawn for, if any. Whether the
// customer had joined by then is for the caller to ask.
func (s *shop) arm(c, customer int) int {
	lot := float64(mix(s.Seed+uint64(streamArm)<<56+uint64(customer)<<5+uint64(c))>>11) * 0x1p-53 //nolint:gosec // not negative
	switch share := s.campaigns[c].share; {
	case lot >= share:
		return armNone
	case lot >= times(share, heldOut):
		return armTreated
	default:
		return armControl
	}
}

const (
	campaignHeader = "Campaign ID,Campaign Name,From,To,Cost\n"
	memberHeader   = "Campaign ID,Customer ID,Arm,Cost\n"
	costHeader     = "Channel,From,To,Amount,Currency\n"
)

// writeCampaigns writes campaigns.csv; a campaign's cost is what it costs beside
// its contacts.
func (s *shop) writeCampaigns(_ context.Context, e *export) {
	for i := range s.campaigns {
		c := &s.campaigns[i]
		e.text(c.id, ',').text(c.name, ',').text(s.cal.text[c.fromDay], ',').text(s.cal.text[c.toDay], ',').money(c.fixed, '\n')
	}
}

// writeMembers writes campaign_members.csv: everyone drawn who was a customer
// when the campaign began, with the cost of the contact.
func (s *shop) writeMembers(ctx context.Context, e *export) {
	for c := range s.campaigns {
		camp := &s.campaigns[c]
		for i := range s.Customers {
			if i%chunk == 0 && ctx.Err() != nil {
				return
			}
			arm := s.arm(c, i)
			if arm == armNone {
				continue
			}
			if s.joinDay(i) >= camp.fromDay {
				break // customers are numbered as they join
			}
			name, cost := "treated", camp.contact
			if arm == armControl {
				name, cost = "control", 0
			}
			e.text(camp.id, ',').text(s.customerID(i), ',').text(name, ',').money(cost, '\n')
		}
	}
}

// acquisition is what a channel pays for a customer whose first order it takes,
// in cents.
var acquisition = [channelCount]int{channelWeb: 1650, channelApp: 2400, channelPOS: 900}

// writeChannelCosts writes channel_costs.csv, one row for each channel and month.
func (s *shop) writeChannelCosts(_ context.Context, e *export) {
	var d dice
	for m, from := range s.cal.months {
		for c, name := range channelNames {
			d.reseed(s.Seed, streamMember, m*channelCount+c)
			paid := s.arrivals[m][c]*acquisition[c]*(80+d.below(41))/100 + 20000 + d.below(10000)
			e.text(name, ',').text(from.Format(time.DateOnly), ',').text(s.cal.monthEnd(m).Format(time.DateOnly), ',')
			e.money(paid, ',').text("EUR", '\n')
		}
	}
}

const (
	interactionHeader = "Customer ID,Date,Kind,Target,Value\n"
	maxInteractions   = 200_000
)

// writeInteractions writes interactions.csv in the order of time. The value is
// seconds of a view, people reached by a share, stars of a review, minutes spent
// on a ticket.
func (s *shop) writeInteractions(ctx context.Context, e *export) {
	total := min(4*s.Customers, maxInteractions)
	kinds := runningTotal([]int{70, 9, 14, 7})
	var d dice
	for k := range total {
		if k%chunk == 0 && ctx.Err() != nil {
			return
		}
		d.reseed(s.Seed, streamInteraction, k)
		x := (float64(k) + d.unit()) / float64(total)
		day := s.cal.day(times(x, float64(s.cal.days)))
		customer := d.below(max(1, int(times(joined(x), float64(s.Customers)))))
		target := catalog[d.below(len(catalog))].sku
		kind, value := "view", 5+d.below(240)
		switch d.weighted(kinds) {
		case 1:
			kind, value = "share", 1+d.below(40)
		case 2:
			kind, value = "review", 5-min(d.below(5), d.below(6))
		case 3:
			kind, value, target = "ticket", 3+d.below(45), ticketTopics[d.below(len(ticketTopics))]
		}
		e.text(s.customerID(customer), ',').text(s.cal.text[day], ',').text(kind, ',').text(target, ',').number(value, '\n')
	}
}

var ticketTopics = [...]string{"delivery", "return", "invoice", "damage", "account"}
