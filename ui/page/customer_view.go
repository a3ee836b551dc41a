package page

import (
	"slices"
	"strings"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// The smallest view with framed panels; below it there are plain lines.
const (
	customerFramesW = 60
	customerFramesH = 20
)

// leastBand is the least height of the framed panels: two lines for each score.
const leastBand = 8

// leastOrders is the least height left for the order list.
const leastOrders = 3

// framed draws the person, the value and the scores side by side, below them the
// timeline and the orders.
func (c *customer) framed(w, h int) string {
	t := c.env.Theme
	middle := min(max(h/4-1, 5), 14)
	c.partsAbove = w < outlookW || middle-2 < outlookLines+len(c.valueParts())
	top := min(max(len(c.figures())+2, leastBand), max(h*3/8, leastBand))
	widths := widget.Split(w, 0, 28, 33, 39)
	if w < 76 { // two panels; the name goes into the title of the first
		widths = widget.Split(w, 0, 0, 45, 55)
	}
	who := widget.Panel{Theme: t, Title: c.id, Body: widget.ViewFunc(func(w, h int) string {
		return widget.Block(strings.Join(c.who(w, h), "\n"), w, h)
	})}
	value := widget.Panel{Theme: t, Title: i18n.T("Value"), Note: c.env.Header.Currency, Body: widget.ViewFunc(func(w, h int) string {
		return strings.Join(c.value(w, h), "\n")
	})}
	scores := widget.Panel{Theme: t, Title: i18n.T("Among all customers"), Body: widget.ViewFunc(c.scores)}
	if widths[0] == 0 {
		value.Title = c.id
	}
	band := widget.Beside(0, filled(who, widths[0], top), filled(value, widths[1], top), filled(scores, widths[2], top))
	past, ahead := w, 0
	if w >= outlookW {
		past = w * 45 / 100
		ahead = w - past
	}
	line := widget.Panel{Theme: t, Title: i18n.T("Orders over time"), Note: c.largest(), Body: widget.ViewFunc(func(w, h int) string {
		return inset(w, h, c.timeline().View)
	})}
	orders := widget.Panel{Theme: t, Title: c.ordersTitle(), Note: i18n.T("Enter shows the lines"), Focused: true, Body: c.orders}
	c.ordersX, c.ordersY = 1, top+middle+1
	next := widget.Panel{Theme: t, Title: i18n.T("Ahead"), Note: c.ahead.terms(), Body: widget.ViewFunc(c.outlook)}
	return widget.Stack(band, widget.Beside(0, line.View(past, middle), filled(next, ahead, middle)), orders.View(w, max(h-top-middle, 0)))
}

// filled draws a panel, or nothing where it has no width.
func filled(p widget.Panel, w, h int) string {
	if w <= 0 {
		return ""
	}
	return p.View(w, h)
}

// inset draws with an empty column at either side.
func inset(w, h int, view func(w, h int) string) string {
	if w < 3 {
		return view(w, h)
	}
	lines := strings.Split(view(w-2, h), "\n")
	for i := range lines {
		lines[i] = " " + lines[i] + " "
	}
	return strings.Join(lines, "\n")
}

// ordersTitle says how many orders there are.
func (c *customer) ordersTitle() string {
	return i18n.T("Orders (%d)", len(c.data.Orders.Rows))
}

// compact draws lines without frames, the most important ones where there is
// room for few.
func (c *customer) compact(w, h int) string {
	t := c.env.Theme
	head := []string{gridLine(w, gridRun{t.Accent, c.record.text("segment", true)}, gridRun{t.Strong, c.id})}
	if h >= 10 {
		if name := joined(" · ", c.record.text("name", c.env.Revealed), c.record.text("city", c.env.Revealed)); name != "" {
			head = append(head, gridLine(w, gridRun{}, gridRun{t.Text, name}))
		}
	}
	money := joined(" ", c.record.amount("net_revenue"), c.env.Header.Currency)
	head = append(head, gridLine(w, gridRun{}, gridRun{t.Text, joined(" · ", money, c.counted(), c.ago())}))
	if h >= 8 {
		head = append(head, gridLine(w, gridRun{}, gridRun{t.Text, c.scoreLine()}))
	}
	if h >= 9 {
		head = append(head, c.timeline().View(w, 1))
	}
	head = head[:max(min(len(head), h-leastOrders), min(1, h))]
	c.ordersX, c.ordersY = 0, len(head)
	return widget.Block(widget.Stack(append(head, c.orders.View(w, h-len(head)))...), w, h)
}

// who returns the lines about the person, at most h. What they do beside buying
// stays in sight: a line a kind, or all in the last line where there are too many.
func (c *customer) who(w, h int) []string {
	t := c.env.Theme
	var lines []string
	add := func(run gridRun) {
		if run.text != "" {
			lines = append(lines, gridLine(w, gridRun{}, gridRun{t.Text, " "}, run))
		}
	}
	if c.identify(add); len(lines) < 2 {
		add(gridRun{t.Muted, i18n.T("known by this id alone")})
	}
	signals := c.signals(w - 1)
	if len(signals) > 1 && len(lines)+len(signals) > h {
		signals = []gridRun{c.signalsInAll(w - 1)}
	}
	lines = lines[:max(min(len(lines), h-len(signals)), 0)]
	for _, s := range signals {
		add(s)
	}
	return lines
}

// identify adds who the person is, the most important first.
func (c *customer) identify(add func(gridRun)) {
	t := c.env.Theme
	text := func(name string) string { return c.record.text(name, c.env.Revealed) }
	add(gridRun{t.Accent, c.record.text("segment", true)})
	add(gridRun{t.Strong, text("name")})
	add(gridRun{t.Text, text("email")})
	add(gridRun{t.Text, text("phone")})
	add(gridRun{t.Text, joined(", ", text("city"), text("region"), text("country"))})
	add(gridRun{t.Text, c.broughtInBy()})
	add(gridRun{t.Text, c.broughtIn()})
	if since := c.record.day("registered_at"); since != "" {
		add(gridRun{t.Muted, i18n.T("registered %s", since)})
	}
	for _, key := range c.identities() {
		add(gridRun{t.Muted, key})
	}
	add(gridRun{t.Muted, joined(" · ", text("gender"), c.birth(), text("tags"))})
}

// birth returns the date of birth once it is revealed; what a mask leaves of it
// says nothing.
func (c *customer) birth() string {
	if text := c.record.text("birth", true); text != "" && c.env.Revealed {
		return i18n.T("born %s", text)
	}
	return ""
}

// identities returns the keys the person is known by, other than the id shown.
func (c *customer) identities() []string {
	t := &c.data.Identities
	kind, value := t.Index("kind"), t.Index("value")
	if kind < 0 || value < 0 {
		return nil
	}
	var keys []string
	for _, row := range t.Rows {
		text := tabular.Plain(row[value], tabular.Text)
		if text == c.id || text == c.record.text("email", true) || text == c.record.text("phone", true) {
			continue // shown already
		}
		name := tabular.Plain(row[kind], tabular.Text)
		if t.Columns[value].Personal && !c.env.Revealed {
			text = workspace.Mask(name, text)
		}
		keys = append(keys, name+" "+text)
	}
	return keys
}

// valueLine is one line of a panel of figures.
type valueLine struct{ label, value string }

// shortened is a figure with a shorter way to write it, where there is one.
type shortened struct {
	valueLine
	short string
}

// referralFrom is the place of referrals among the figures of value: after what
// the orders of the person themselves say first.
const referralFrom = 4

// figures returns what is known of the customer's value, the most important first:
// its parts, where there is no room for them ahead.
func (c *customer) figures() []shortened {
	plain := func(label, value string) shortened { return shortened{valueLine: valueLine{label, value}} }
	all := []shortened{
		c.money(i18n.T("net revenue"), "net_revenue"),
		plain(i18n.T("orders"), c.whole("orders")),
		c.money(i18n.T("AOV"), "aov"),
		plain(i18n.T("recency"), c.record.days("recency_days")),
		plain(i18n.T("median gap"), c.record.days("gap_days")),
		plain(i18n.T("refund rate"), c.percent("refund_rate")),
		c.money(i18n.T("margin"), "margin"),
		plain(i18n.T("tenure"), c.record.days("tenure_days")),
		plain(i18n.T("first order"), c.record.day("first_order")),
		plain(i18n.T("last order"), c.record.day("last_order")),
		plain(i18n.T("P(alive)"), c.percent("p_alive")),
		plain(i18n.T("expected orders"), c.record.amount("expected_orders")),
		{valueLine{i18n.T("CLV"), joined(" ", c.record.amount("clv"), c.interval())}, c.record.amount("clv")},
	}
	all = slices.Insert(all, referralFrom, c.credited()...)
	if c.partsAbove {
		var parts []shortened
		for _, part := range c.valueParts() {
			parts = append(parts, part.shortened)
		}
		all = slices.Concat(parts, all)
	}
	return slices.DeleteFunc(all, func(f shortened) bool { return f.value == "" })
}

// money returns the line of an amount.
func (c *customer) money(label, name string) shortened { return moneyOf(c.record, label, name) }

func moneyOf(r record, label, name string) shortened {
	v, _ := r.number(name)
	return shortened{valueLine{label, r.amount(name)}, i18n.Short(v)}
}

// value returns the lines of the value panel, at most h.
func (c *customer) value(w, h int) []string {
	t := c.env.Theme
	figures := c.figures()
	figures = figures[:min(len(figures), max(h, 0))]
	label := 0
	for _, f := range figures {
		label = max(label, widget.Width(f.label))
	}
	lines := make([]string, len(figures))
	for i, f := range figures {
		style := t.Text
		if i == 0 {
			style = t.Strong
		}
		text := f.value
		if widget.Width(text) > w-label-3 && f.short != "" {
			text = f.short
		}
		lines[i] = gridLine(w, gridRun{}, gridRun{t.Muted, " " + widget.Fit(f.label, label) + "  "}, gridRun{style, text})
	}
	return lines
}

// whole writes a count; "" without a value.
func (c *customer) whole(name string) string {
	v, ok := c.record.number(name)
	if !ok {
		return ""
	}
	return i18n.Number(v, 0)
}

// percent writes a share; "" without a value.
func (c *customer) percent(name string) string {
	v, ok := c.record.number(name)
	if !ok {
		return ""
	}
	return i18n.Percent(v, 1)
}

// interval writes the interval around the CLV; "" without one.
func (c *customer) interval() string {
	low, high := c.record.amount("clv_low"), c.record.amount("clv_high")
	if low == "" || high == "" {
		return ""
	}
	return i18n.T("(%s–%s)", low, high)
}

// counted says how many orders count.
func (c *customer) counted() string {
	v, _ := c.record.number("orders")
	return i18n.T("%d order{s}", int64(v))
}

// ago says how long the last order is past; "" without one.
func (c *customer) ago() string {
	v, ok := c.record.number("recency_days")
	if !ok {
		return ""
	}
	return i18n.T("%s ago", daysText(v))
}

// timeline returns the picture of the orders, the one under the cursor marked.
func (c *customer) timeline() timeline {
	return timeline{
		theme: c.env.Theme, orders: timedOrders(&c.data.Orders), asOf: c.env.Header.AsOf, selected: c.selectedOrder(),
	}
}

// selectedOrder returns the order under the cursor of the list, or −1.
func (c *customer) selectedOrder() int {
	row, _ := c.orders.grid.Cursor()
	cells, ok := c.orders.grid.Row(row)
	if !ok {
		return -1
	}
	return c.orderIndex(cells)
}

// largest says which order brought most.
func (c *customer) largest() string {
	most := 0.0
	for _, o := range timedOrders(&c.data.Orders) {
		if o.standing == purchase {
			most = max(most, o.amount)
		}
	}
	if most == 0 {
		return ""
	}
	return i18n.T("largest %s", i18n.Number(most, 2))
}
