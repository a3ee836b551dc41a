package demo

import (
	"context"

	"worth/internal/i18n"
)

// sideExport is one of the smaller files.
type sideExport struct {
	name, header string
	what         i18n.Text
	write        func(context.Context, *export) // returns early when the context ends
}

// sideExports are the files beside the orders, in the order they are written.
func (s *shop) sideExports() []sideExport {
	return []sideExport{
		{s.tillName(), tillHeader, "an order at the till of the stores with a system of their own", s.writeTill},
		{"customers.csv", customerHeader, "a customer account", s.writeCustomers},
		{"referrals.csv", referralHeader, "a referral: who brought in whom", s.writeReferrals},
		{"products.csv", productHeader, "a product", writeProducts},
		{"campaigns.csv", campaignHeader, "a campaign", s.writeCampaigns},
		{"campaign_members.csv", memberHeader, "a customer in a campaign, treated or held out", s.writeMembers},
		{"channel_costs.csv", costHeader, "what a channel cost in a month", s.writeChannelCosts},
		{"interactions.csv", interactionHeader, "a view, share, review or ticket of a customer", s.writeInteractions},
	}
}

const (
	ordersName = "orders.csv"
	linesName  = "order_lines.csv"
)

// headers are the header lines of all exports a demo shop may have, by pattern
// of the name.
func (s *shop) headers() map[string]string {
	byPattern := map[string]string{ordersName: orderHeader, linesName: lineHeader}
	for _, side := range s.sideExports() {
		byPattern[side.name] = side.header
	}
	delete(byPattern, s.tillName())
	byPattern["pos_[0-9][0-9][0-9][0-9].tsv"] = tillHeader
	return byPattern
}

// writeAll writes every export into out.
func (s *shop) writeAll(ctx context.Context, out *folder, report func(thousandths int)) error {
	orders, err := out.create(ordersName, orderHeader, "an order")
	if err != nil {
		return err
	}
	var lines *export
	if s.orders <= MaxOrdersWithLines {
		if lines, err = out.create(linesName, lineHeader, "a line of a web order"); err != nil {
			return err
		}
	}
	if err := s.writeOrders(ctx, orders, lines, report); err != nil {
		return err
	}
	for _, e := range out.exports {
		if err := e.close(); err != nil {
			return err
		}
	}
	sides := s.sideExports()
	for i, side := range sides {
		e, err := out.create(side.name, side.header, side.what)
		if err != nil {
			return err
		}
		side.write(ctx, e)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := e.close(); err != nil {
			return err
		}
		report(850 + 150*(i+1)/(len(sides)+1))
	}
	return nil
}
