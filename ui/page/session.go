package page

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// Keeper is a page that can be returned to in another session.
type Keeper interface {
	Page
	// Place says where the reader is on the page. A place without a page's name
	// cannot be returned to.
	Place() workspace.Place
	// Restore makes the page, before its first Init, one that was left at a place.
	// What is not there any more is passed over.
	Restore(at workspace.Place)
}

// The names of pages in places, beside those of the root's first pages.
const (
	placeCustomers = "customers"
	placeCustomer  = "customer"
	placeQuality   = "quality"
	placeRejects   = "rejects"
	placeModels    = "models"
	placeReferrals = "referrals"
	placeTree      = "tree"
	placeChannels  = "channels"
)

// OpenAt returns the page of a place that another page had led to, nil for one
// that cannot be returned to. Below is the page it stands on.
func OpenAt(env *Env, at workspace.Place, below Page) Page {
	var p Page
	switch at.Page {
	case placeCustomers:
		p = NewCustomers(env, at.View, at.Title)
	case placeCustomer:
		list, ok := below.(*GridPage)
		if !ok || list.home.Page != placeCustomers {
			list = nil
		}
		p = newCustomer(env, at.ID, list)
	case placeQuality:
		p = NewQuality(env)
	case placeRejects:
		p = NewRejects(env, at.ID)
	case placeModels:
		p = NewModel(env)
	case placeTree:
		p = newTree(env, at.ID, at.Key, nil)
	case placeSnapshot:
		p = newSnapshot(env, at.ID)
	case placeDiff:
		p = newDiff(env, at.ID, at.Title)
	case placeTrend:
		p = newTrend(env, workspace.SeriesRequest{})
	default:
		return nil
	}
	if k, ok := p.(Keeper); ok {
		k.Restore(at)
	}
	return p
}

// Place is the row, column, order and filter of the grid.
func (p *GridPage) Place() workspace.Place {
	at := p.home
	if p.rows == nil { // not opened yet: as it was to be
		if p.goal != nil {
			return *p.goal
		}
		return at
	}
	at.View.Sort, at.View.Desc, at.View.Filter = p.query.sort, p.query.desc, p.query.filter
	at.Row, _ = p.grid.Cursor()
	at.Top, at.Lines = p.grid.Window()
	at.Key, _ = p.grid.CursorKey()
	at.Column = p.grid.CurrentColumn().Name
	if p.chosen {
		at.Columns = p.grid.VisibleColumns()
	}
	return at
}

// Restore asks for the rows under the order and filter of a place, and goes to its
// row once they are there.
func (p *GridPage) Restore(at workspace.Place) {
	at.Page, at.Title = p.home.Page, p.home.Title
	p.goal = &at
	if p.sorts {
		p.query.sort, p.query.desc = at.View.Sort, at.View.Desc
	}
	if p.check != nil && p.check(at.View.Filter) == nil {
		p.query.filter = at.View.Filter
	}
}

// The size of a grid that was restored, until it is drawn.
const (
	restoredWidth = 120
	gridFrame     = 2 // headings and the line below the rows
	mostLines     = 1000
)

// arrive goes to the place that was restored, now that the rows are there.
func (p *GridPage) arrive() tea.Cmd {
	if p.goal == nil || p.rows == nil {
		return nil
	}
	at := *p.goal
	p.goal = nil
	known := func(name string) bool {
		return slices.ContainsFunc(p.rows.Columns(), func(c tabular.Column) bool { return c.Name == name })
	}
	if names := slices.DeleteFunc(slices.Clone(at.Columns), func(name string) bool { return !known(name) }); len(names) > 0 {
		p.show(names)
	}
	p.grid.GotoColumn(at.Column)
	if p.rows.Len() == 0 {
		return nil
	}
	if p.height == 0 { // not drawn yet; the window is likely as high as it was
		p.grid.SetSize(restoredWidth, min(max(at.Lines, 0), mostLines)+gridFrame)
	}
	p.grid.Goto(at.Row)
	if top, _ := p.grid.Window(); top != at.Top {
		p.grid.Scroll(at.Top - top)
		p.grid.Goto(at.Row)
	}
	if at.Key == "" || p.keyless {
		return nil
	}
	return p.locate(at.Key)
}

// giveUp asks for the rows without what was restored, which they could not be
// opened with.
func (p *GridPage) giveUp(err error) tea.Cmd {
	p.goal = nil
	return tea.Batch(p.reopen(gridQuery{}),
		send(Notice{Text: i18n.T("the rows are not filtered and sorted as you left them: %v", err), Bad: true}))
}

// Place is the pane and the segment under the cursor.
func (p *overview) Place() workspace.Place {
	return workspace.Place{Page: "overview", Pane: p.pane, Key: segmentAt(p.data.segments, p.list, p.goal)}
}

// Restore returns to a pane and a segment.
func (p *overview) Restore(at workspace.Place) {
	p.pane, p.goal = min(max(at.Pane, 0), overviewPanes-1), at.Key
}

// Place is the pane, the segment and the cell under the cursors.
func (p *segments) Place() workspace.Place {
	at := workspace.Place{Page: "segments", Pane: p.pane, Key: segmentAt(p.data.segments, p.list, p.goal)}
	if p.ready {
		at.View.R, at.View.F = p.heatScores()
	}
	return at
}

// Restore returns to a pane, a segment and a cell.
func (p *segments) Restore(at workspace.Place) {
	p.pane, p.goal, p.cell = min(max(at.Pane, paneList), paneHeat), at.Key, at.View
}

// segmentAt is the segment under the cursor of a list, or that a list not yet
// filled is to go to.
func segmentAt(segments []workspace.Segment, list widget.BarList, goal string) string {
	if list.Cursor < len(segments) {
		return segments[list.Cursor].Segment
	}
	return goal
}

// Place is the person, and the row of their orders.
func (c *customer) Place() workspace.Place {
	at := c.orders.Place()
	at.Page, at.ID = placeCustomer, c.id
	return at
}

// Restore returns to an order of the person.
func (c *customer) Restore(at workspace.Place) { c.orders.Restore(at) }

// Place is the page; it is short.
func (p *quality) Place() workspace.Place { return workspace.Place{Page: placeQuality} }

// Restore has nothing to return to on the page.
func (p *quality) Restore(workspace.Place) {}

// Place is the pane, and who is under the cursor of the list of roots.
func (p *referrals) Place() workspace.Place {
	at := workspace.Place{Page: placeReferrals, Pane: p.pane, Key: p.goal}
	if p.measure < len(rootMeasures) {
		at.Column = rootMeasures[p.measure]
	}
	if p.list.Cursor < len(p.roots) {
		at.Key = p.roots[p.list.Cursor].CustomerID
	}
	return at
}

// Restore returns to a pane, a root, and what roots were listed by.
func (p *referrals) Restore(at workspace.Place) {
	p.pane, p.goal = min(max(at.Pane, 0), referralPanes-1), at.Key
	p.measure = max(slices.Index(rootMeasures, at.Column), 0)
}

// Place is whose tree it is, who is under the cursor, and by what siblings are
// sorted.
func (p *tree) Place() workspace.Place {
	at := workspace.Place{Page: placeTree, ID: p.root, Key: p.start, View: workspace.View{Sort: p.list.Sorted, Desc: p.list.Falling}}
	if p.usable() && p.list.Len() > 0 {
		at.Key = p.person().CustomerID
	}
	column, _ := p.list.Column()
	at.Column = column.Name
	return at
}

// Restore returns to a person, a column and an order; what is above the person
// opens.
func (p *tree) Restore(at workspace.Place) {
	if slices.Contains(shownColumns, at.View.Sort) {
		p.list.Sorted, p.list.Falling = at.View.Sort, at.View.Desc
	}
	p.list.MoveColumn(slices.Index(shownColumns, at.Column) + 1)
}

// Place is the pane of the model page.
func (p *model) Place() workspace.Place { return workspace.Place{Page: placeModels, Pane: p.pane} }

// Restore returns to a pane.
func (p *model) Restore(at workspace.Place) { p.pane = min(max(at.Pane, 0), modelPanes-1) }
