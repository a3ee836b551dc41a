package page

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/widget"
)

// The commands of the customer page beside those of its order list.
const (
	cmdNextCustomer     = "customer.next"
	cmdPreviousCustomer = "customer.previous"
	cmdOwnTree          = "customer.tree"
)

// customer is the page of one person: who it is, what they brought, how they
// score among all, and every order.
type customer struct {
	base
	id     string
	list   *GridPage // the grid it was opened from; nil without one
	data   workspace.Customer
	chain  tabular.Table // the row of the person among referrals, none without any
	record record        // data by name
	orders *GridPage
	ahead  outlook // what is to be expected of the person

	partsAbove bool // the parts of value stand in the value panel, as there is no room for them ahead

	ordersY int // the line of the view the order list begins at
	ordersX int
}

// NewCustomer returns the page of the person who is shown as id.
func NewCustomer(env *Env, id string) Page { return newCustomer(env, id, nil) }

// newCustomer is NewCustomer for a customer of a list, which ] and [ walk along.
func newCustomer(env *Env, id string, list *GridPage) *customer {
	c := &customer{base: base{env: env}, id: id, list: list}
	c.newOrders()
	return c
}

// newOrders begins an order list, empty until the customer has been read.
func (c *customer) newOrders() {
	c.orders = NewGridPage(c.env, i18n.T("orders of %s", c.id), openTable(&tabular.Table{}), c.openOrder,
		WithSort("ordered_at", true), WithEmpty("No order of this person was loaded."), WithoutLine(),
		WithColumns(columnsWithValues(orderColumns)))
}

// orderColumns are the columns of the order list that are shown at first, if they
// have values.
var orderColumns = []string{
	"order_id", "ordered_at", "net_revenue", "standing", "status", "channel", "shop", "campaign", "coupon", "gross", "discount", "refund",
}

// Title is the id of the person.
func (c *customer) Title() string { return c.id }

// Init asks for everything the page shows.
func (c *customer) Init() tea.Cmd {
	ws, id := c.env.Workspace, c.id
	read := ask(&c.inquiry, i18n.T("reading %s", id), func(ctx context.Context) (d customerData, err error) {
		if d.customer, err = ws.Customer(ctx, id); err != nil {
			return d, err
		}
		d.chain, err = ws.ReferralStanding(ctx, id)
		return d, err
	})
	return tea.Batch(read, c.ahead.ask(ws, id))
}

// customerData is the answer the page shows.
type customerData struct {
	customer *workspace.Customer
	chain    *tabular.Table
}

// Update handles replies, and hands everything else to the order list.
func (c *customer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[customerData]:
		if !c.accept(msg.generation, msg.err) {
			return nil
		}
		c.asked = msg.asked
		return c.show(msg.value)
	case reply[outlookData]:
		c.ahead.take(msg)
		return nil
	case revealWritten:
		return revealed(c.env, msg.err)
	case tea.MouseClickMsg:
		msg.X, msg.Y = msg.X-c.ordersX, msg.Y-c.ordersY
		return c.orders.Update(msg)
	case gridRead, gridHunted, gridOpened:
		if c.list != nil { // it was moved from here
			return tea.Batch(c.list.Update(msg), c.orders.Update(msg))
		}
	}
	return c.orders.Update(msg)
}

// show takes over an answer.
func (c *customer) show(d customerData) tea.Cmd {
	c.data, c.chain = *d.customer, *d.chain
	c.record = record{&c.data.Fields, &c.data.Person}
	c.orders.open = openTable(&c.data.Orders)
	return c.orders.Init()
}

// openOrder shows the lines of an order.
func (c *customer) openOrder(row []any) tea.Cmd {
	index := c.orderIndex(row)
	if index < 0 || index >= len(c.data.OrderKeys) {
		return send(Notice{Text: i18n.T("this order has changed meanwhile; press Enter again"), Bad: true})
	}
	title := i18n.T("order")
	if at := c.data.Orders.Index("order_id"); at >= 0 && row[at] != nil {
		title = i18n.T("order %s", tabular.Plain(row[at], tabular.Text))
	}
	ws, key := c.env.Workspace, c.data.OrderKeys[index]
	open := func(ctx context.Context, sort string, desc bool, _ string) (Rows, error) {
		lines, err := ws.OrderLines(ctx, key)
		if err != nil {
			return nil, err
		}
		return openTable(lines)(ctx, sort, desc, "")
	}
	return send(OpenPage{NewGridPage(c.env, title, open, nil, WithSort("", false), WithoutKey(),
		WithColumns(columnsWithValues(nil)), WithEmpty("The files that were loaded hold no lines of this order."))})
}

// orderIndex returns the place of a row of the order list among the orders as the
// workspace returned them, or −1.
func (c *customer) orderIndex(row []any) int {
	return slices.IndexFunc(c.data.Orders.Rows, func(r []any) bool {
		return len(r) > 0 && len(row) > 0 && &r[0] == &row[0] // sorting moves rows, not their cells
	})
}

// customerKeys are the bindings beside those of the order list.
var customerKeys = keys.Map{
	{ID: cmdNextCustomer, Keys: []string{"]"}, Help: "next customer of the list", Group: groupPage, Short: true},
	{ID: cmdPreviousCustomer, Keys: []string{"["}, Help: "customer before in the list", Group: groupPage, Short: true},
	{ID: cmdOwnTree, Keys: []string{"t"}, Help: "show the tree of referrals", Group: groupPage, Short: true},
}

// Keys are the order list's and those that walk along the list of customers.
func (c *customer) Keys() keys.Map {
	list := c.orders.Keys()
	if c.Capture() {
		return list
	}
	if open, ok := list.Find(keys.Open); ok { // first in the footer, as on every page
		return keys.Join(keys.Map{open}, customerKeys, list.Without(keys.Open))
	}
	return keys.Join(customerKeys, list)
}

// Reason says why a command cannot be used now.
func (c *customer) Reason(id string) string {
	switch id {
	case cmdNextCustomer, cmdPreviousCustomer:
		if c.list == nil {
			return i18n.T("the customer was not opened from a list")
		}
		return ""
	case cmdRetry:
		return ""
	case cmdOwnTree:
		if len(c.chain.Rows) == 0 {
			return i18n.T("nobody brought them in and they brought in nobody")
		}
		return ""
	case keys.SQL:
		if len(c.asked) == 0 {
			return noQuestion()
		}
		return ""
	case keys.Reveal, keys.Export:
		if !c.ready {
			return i18n.T("nothing was read yet")
		}
		return ""
	}
	return c.orders.Reason(id)
}

// Do carries out a command.
func (c *customer) Do(id string) tea.Cmd {
	switch id {
	case cmdNextCustomer:
		return c.walk(1)
	case cmdPreviousCustomer:
		return c.walk(-1)
	case cmdOwnTree:
		return send(OpenPage{NewTreeAround(c.env, c.id)})
	case cmdRetry:
		return c.Init()
	case keys.SQL:
		return behind(c.asked, c.Reason(keys.Open) == "")
	case keys.Reveal:
		return c.reveal()
	case keys.Export:
		return export(c.env, 0, c.exports()...)
	}
	return c.orders.Do(id)
}

// walk shows the next or previous customer of the list, and moves its cursor, so
// that going back leads to the customer last seen.
func (c *customer) walk(by int) tea.Cmd {
	if c.list == nil {
		return send(Notice{Text: c.Reason(cmdNextCustomer), Bad: true})
	}
	id, ok, cmd := c.list.step(by)
	if !ok {
		return tea.Batch(cmd, send(Notice{Text: i18n.T("no further customer of the list is there"), Bad: true}))
	}
	c.id, c.ready = id, false
	c.data, c.chain, c.record = workspace.Customer{}, tabular.Table{}, record{}
	c.orders.Close()
	c.newOrders()
	return tea.Batch(cmd, c.Init())
}

// revealWritten is the reply when a revealing was written down.
type revealWritten struct{ err error }

// reveal shows or masks personal data.
func (c *customer) reveal() tea.Cmd {
	if c.env.Revealed {
		c.env.Revealed = false
		return send(Notice{Text: i18n.T("personal data are masked")})
	}
	return revealing(c.env, i18n.T("customer %s", c.id), func(err error) tea.Msg { return revealWritten{err} })
}

// Capture reports whether the order list takes text.
func (c *customer) Capture() bool { return c.orders.Capture() }

// Busy says what runs.
func (c *customer) Busy() string {
	for _, text := range []string{c.inquiry.Busy(), c.ahead.Busy()} {
		if text != "" {
			return text
		}
	}
	return c.orders.Busy()
}

// Cancel stops what runs.
func (c *customer) Cancel() bool {
	asking, looking, listing := c.inquiry.Cancel(), c.ahead.Cancel(), c.orders.Cancel()
	return asking || looking || listing
}

// Close gives up what the page holds.
func (c *customer) Close() {
	c.inquiry.Close()
	c.ahead.Close()
	c.orders.Close()
	if c.list != nil {
		c.list.abandon()
	}
}

// View draws the person in the room there is.
func (c *customer) View(w, h int) string {
	var missing *workspace.NotFoundError
	switch {
	case errors.As(c.err, &missing) && w >= leastW && h >= leastH:
		return say(c.env.Theme, c.env.Theme.Text, w, h, missing.Error(), i18n.T("Esc goes back"))
	case !c.ready || c.err != nil && !canceled(c.err):
		text, _ := c.instead(w, h)
		return text
	case w <= 0 || h <= 0:
		return widget.Block("", w, h)
	case w < customerFramesW || h < customerFramesH:
		return c.compact(w, h)
	}
	return c.framed(w, h)
}
