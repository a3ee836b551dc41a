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
)

// The panes of the channels page, in the order of tab.
const (
	paneChannels = iota
	paneCampaigns
	channelPanes
)

// channels shows what the customers of each channel bring beside what winning one
// costs, and what campaigns changed. Each pane is a grid over an answer in memory;
// below them stands what is under the cursor, in words.
type channels struct {
	base
	data  channelsData
	pane  int
	grids [channelPanes]*GridPage
	tiles tiles // of the last view
}

// channelsData is the answer the page shows.
type channelsData struct {
	channels    []workspace.Channel
	noChannels  error // why there are none
	campaigns   []workspace.Campaign
	noCampaigns error           // why there are none
	terms       workspace.Terms // of what is expected; none without a model
}

// NewChannels returns the page of channels and campaigns.
func NewChannels(env *Env) Page {
	p := &channels{base: base{env: env}}
	p.grids[paneChannels] = NewGridPage(env, i18n.T("channels"), openTable(&tabular.Table{}), p.openChannel,
		WithSort("net_revenue", true), WithoutLine(), WithColumns(columnsWithValues(channelColumns)))
	p.grids[paneCampaigns] = NewGridPage(env, i18n.T("campaigns"), openTable(&tabular.Table{}), p.openCampaign,
		WithSort("", false), WithoutLine(), WithoutKey(), WithColumns(columnsWithValues(campaignColumns)))
	return p
}

// channelColumns are the columns of the grid of channels that are shown at first,
// if they have values.
var channelColumns = []string{
	"channel", "customers", "net_revenue", "clv", "cac", "clv_cac", "payback_months", "break_even_cac", "band", "spend", "value",
}

// campaignColumns are likewise those of the grid of campaigns.
var campaignColumns = []string{
	"campaign", "from", "treated", "control", "uplift", "uplift_low", "uplift_high", "incremental", "cost", "roi", "roi_low", "roi_high", "design", "reason",
}

// Title is the name of the page.
func (p *channels) Title() string { return i18n.T("channels") }

// Init asks for everything the page shows.
func (p *channels) Init() tea.Cmd {
	ws := p.env.Workspace
	return ask(&p.inquiry, i18n.T("comparing channels"), func(ctx context.Context) (channelsData, error) {
		return readChannels(ctx, ws)
	})
}

// readChannels asks the workspace. There may be channels without campaigns, and
// campaigns without channels.
func readChannels(ctx context.Context, ws *workspace.Workspace) (d channelsData, err error) {
	var none *workspace.NoAnswerError
	if d.channels, err = ws.Channels(ctx); errors.As(err, &none) {
		d.noChannels, err = none, nil
	}
	if err != nil {
		return d, err
	}
	if d.campaigns, err = ws.Campaigns(ctx); errors.As(err, &none) {
		d.noCampaigns, err = none, nil
	}
	if err != nil {
		return d, err
	}
	if d.noChannels != nil && d.noCampaigns != nil {
		return d, d.noChannels
	}
	fits, err := ws.Models(ctx)
	if err != nil && !errors.As(err, &none) {
		return d, err
	}
	d.terms = fits.Terms
	return d, nil
}

// Update handles replies and the mouse, and hands everything else to the grids.
func (p *channels) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[channelsData]:
		if !p.accept(msg.generation, msg.err) {
			return nil
		}
		p.asked = msg.asked
		return p.show(msg.value)
	case tea.MouseClickMsg:
		t, ok := p.tiles.at(msg.X, msg.Y)
		if !ok || t.pane >= channelPanes {
			return nil
		}
		p.pane = t.pane
		msg.X, msg.Y = msg.X-t.x-1, msg.Y-t.y-1
		return p.grid().Update(msg)
	case Wheel:
		if t, ok := p.tiles.at(msg.X, msg.Y); ok && t.pane < channelPanes {
			return p.grids[t.pane].Update(msg)
		}
		return nil
	case tea.KeyPressMsg, tea.PasteMsg:
		return p.grid().Update(msg)
	}
	return tea.Batch(p.grids[paneChannels].Update(msg), p.grids[paneCampaigns].Update(msg)) // each knows its own replies
}

// grid is the one in focus.
func (p *channels) grid() *GridPage { return p.grids[p.pane] }

// show takes over an answer.
func (p *channels) show(d channelsData) tea.Cmd {
	p.data = d
	if d.noChannels != nil {
		p.pane = paneCampaigns
	}
	p.grids[paneChannels].open = openTable(namedChannels(d.channels))
	p.grids[paneCampaigns].open = openTable(workspace.CampaignTable(d.campaigns))
	return tea.Batch(p.grids[paneChannels].Init(), p.grids[paneCampaigns].Init())
}

// namedChannels are channels as rows that say who belongs to none.
func namedChannels(channels []workspace.Channel) *tabular.Table {
	t := workspace.ChannelTable(channels)
	for i, c := range channels {
		t.Rows[i][0] = channelName(c.Channel)
	}
	return t
}

// channel returns the channel of a row of the grid.
func (p *channels) channel(row []any) (workspace.Channel, bool) {
	i := slices.IndexFunc(p.data.channels, func(c workspace.Channel) bool { return channelName(c.Channel) == row[0] })
	if i < 0 {
		return workspace.Channel{}, false
	}
	return p.data.channels[i], true
}

// openChannel shows the customers of a channel.
func (p *channels) openChannel(row []any) tea.Cmd {
	c, ok := p.channel(row)
	if !ok {
		return send(Notice{Text: i18n.T("this channel has changed meanwhile; press Enter again"), Bad: true})
	}
	return send(OpenPage{NewCustomers(p.env, workspace.View{Among: workspace.Among{What: workspace.AmongChannel, Of: c.Channel}}, channelName(c.Channel))})
}

// channelName is what a channel is called on screen.
func channelName(channel string) string {
	if channel == "" {
		return i18n.T("no channel named")
	}
	return channel
}

// openCampaign shows what a campaign changed among the members of each segment.
func (p *channels) openCampaign(row []any) tea.Cmd {
	c, ok := p.campaign(row)
	if !ok {
		return send(Notice{Text: i18n.T("this campaign has changed meanwhile; press Enter again"), Bad: true})
	}
	env := p.env
	onOpen := func(row []any) tea.Cmd {
		view := workspace.View{Among: workspace.Among{What: workspace.AmongCampaign, Of: c.Key}}
		if view.Segment, _ = row[0].(string); view.Segment == "" {
			view.Filter = noSegment
		}
		return send(OpenPage{NewCustomers(env, view, joined(", ", c.Campaign, view.Segment))})
	}
	asked, ok := workspace.Named(p.asked, "ask/campaigns")
	if !ok {
		return send(Notice{Text: noQuestion(), Bad: true})
	}
	return send(OpenPage{NewGridPage(env, i18n.T("%s by segment", campaignName(c)), openTable(workspace.CampaignSegmentTable(c)), onOpen, WithSort("", false),
		WithColumns(columnsWithValues(campaignSegmentColumns)), WithAsked([]workspace.Asked{asked}), WithEmpty("The campaign has no members."))})
}

// noSegment is the filter of customers who are in no segment.
const noSegment = "segment is empty"

// campaignSegmentColumns are the columns of a campaign by segment that are shown at
// first, if they have values.
var campaignSegmentColumns = []string{
	"segment", "treated", "control", "treated_value", "control_value", "uplift", "uplift_low", "uplift_high", "incremental", "cost", "roi",
}

// campaignName is what a campaign is called on screen.
func campaignName(c workspace.Campaign) string {
	if c.Campaign == "" {
		return i18n.T("campaign no file describes")
	}
	return c.Campaign
}

// campaign returns the campaign of a row of the grid, which may be sorted: names
// need not tell campaigns apart, so every cell is compared.
func (p *channels) campaign(row []any) (workspace.Campaign, bool) {
	i := slices.IndexFunc(workspace.CampaignTable(p.data.campaigns).Rows, func(r []any) bool { return slices.Equal(r, row) })
	if i < 0 {
		return workspace.Campaign{}, false
	}
	return p.data.campaigns[i], true
}

// channelsKeys are the bindings beside those of the grids.
var channelsKeys = keys.Map{
	{ID: keys.NextPane, Keys: []string{"tab"}, Help: "channels or campaigns", Group: groupPage, Short: true},
	{ID: cmdRetry, Keys: []string{"r"}, Help: "ask again", Group: groupPage},
}

// Keys are the page's and those of the grid in focus.
func (p *channels) Keys() keys.Map {
	if p.Capture() {
		return p.grid().Keys()
	}
	return keys.Join(p.grid().Keys().Without(cmdRetry, keys.Reveal), channelsKeys)
}

// Reason says why a command cannot be used now.
func (p *channels) Reason(id string) string {
	switch id {
	case cmdRetry, keys.NextPane, keys.PreviousPane:
		return ""
	case keys.SQL:
		if len(p.asked) == 0 {
			return noQuestion()
		}
		return ""
	case keys.Export:
		if !p.ready {
			return i18n.T("there is no answer yet")
		}
		return ""
	}
	return p.grid().Reason(id)
}

// Do carries out a command.
func (p *channels) Do(id string) tea.Cmd {
	switch id {
	case cmdRetry:
		return p.Init()
	case keys.NextPane, keys.PreviousPane:
		p.pane = (p.pane + 1) % channelPanes
		return nil
	case keys.SQL:
		names := [channelPanes]string{paneChannels: "ask/channels", paneCampaigns: "ask/campaigns"}
		return behind(p.asked, p.Reason(keys.Open) == "", names[p.pane])
	case keys.Export:
		return export(p.env, p.pane, p.exports()...)
	}
	return p.grid().Do(id)
}

// exports are the answers of the page.
func (p *channels) exports() []offer {
	return []offer{
		paneChannels:  {i18n.T("channels"), workspace.ChannelTable(p.data.channels)},
		paneCampaigns: {i18n.T("campaigns"), workspace.CampaignTable(p.data.campaigns)},
		channelPanes:  {i18n.T("campaigns by segment"), workspace.CampaignSegmentTable(p.data.campaigns...)},
	}
}

// Capture reports whether the grid in focus takes text.
func (p *channels) Capture() bool { return p.grid().Capture() }

// Busy says what runs.
func (p *channels) Busy() string {
	if text := p.inquiry.Busy(); text != "" {
		return text
	}
	return p.grid().Busy()
}

// Cancel stops what runs.
func (p *channels) Cancel() bool {
	asking, listing, measuring := p.inquiry.Cancel(), p.grids[paneChannels].Cancel(), p.grids[paneCampaigns].Cancel()
	return asking || listing || measuring
}

// Close gives up what the page holds.
func (p *channels) Close() {
	p.inquiry.Close()
	for _, g := range p.grids {
		g.Close()
	}
}

// under returns the row under the cursor of a pane, nil where there is none.
func (p *channels) under(pane int) []any {
	row, _ := p.grids[pane].grid.Cursor()
	cells, ok := p.grids[pane].grid.Row(row)
	if !ok {
		return nil
	}
	return cells
}

// Place is the pane and the row of its grid.
func (p *channels) Place() workspace.Place {
	at := p.grid().Place()
	at.Page, at.Pane = placeChannels, p.pane
	return at
}

// Restore returns to a pane and a row of its grid.
func (p *channels) Restore(at workspace.Place) {
	p.pane = min(max(at.Pane, 0), channelPanes-1)
	p.grid().Restore(at)
}
