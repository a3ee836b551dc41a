package page

import (
	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui/keys"
)

// lending hands what a page works on to commands, one at a time. What is pressed
// meanwhile waits and is done afterwards, in order. The zero value is ready to
// use. It belongs to the update loop.
type lending struct {
	what    string // what the command does; empty: nothing is lent
	waiting []string
}

// returned is the message of a command that is done; then goes on in the update
// loop.
type returned struct{ then func() tea.Cmd }

// mostWaiting is how many commands wait at most. Keys that are held down would
// otherwise go on long after they were let go.
const mostWaiting = 16

// lend runs use in a command. Until it is done the page must not touch what use
// works on.
func (l *lending) lend(what string, use func() (then func() tea.Cmd)) tea.Cmd {
	l.what = what
	return func() tea.Msg { return returned{use()} }
}

// wait keeps a command for later and reports whether it must wait.
func (l *lending) wait(id string) bool {
	if l.what == "" {
		return false
	}
	if len(l.waiting) < mostWaiting {
		l.waiting = append(l.waiting, id)
	}
	return true
}

// take ends a lending and does what has waited for it.
func (l *lending) take(msg returned, do func(id string) tea.Cmd) tea.Cmd {
	l.what = ""
	cmd := msg.then()
	for len(l.waiting) > 0 && l.what == "" {
		id := l.waiting[0]
		l.waiting = l.waiting[1:]
		cmd = tea.Batch(cmd, do(id))
	}
	return cmd
}

// forgo drops what waits, and reports whether anything is lent.
func (l *lending) forgo() bool {
	l.waiting = nil
	return l.what != ""
}

// Commands that change the assumptions of credit.
const (
	cmdLambdaLess = "lambda.less"
	cmdLambdaMore = "lambda.more"
	cmdThetaLess  = "theta.less"
	cmdThetaMore  = "theta.more"
	cmdKeepCredit = "credit.keep"
)

// groupCredit heads the bindings of the assumptions of credit.
const groupCredit i18n.Text = "Credit for referrals"

// creditKeys change the assumptions of credit.
var creditKeys = keys.Map{
	{ID: cmdLambdaLess, Keys: []string{"["}, Help: "λ down: what influence keeps from generation to generation", Group: groupCredit},
	{ID: cmdLambdaMore, Keys: []string{"]"}, Help: "λ up", Group: groupCredit},
	{ID: cmdThetaLess, Keys: []string{"{"}, Help: "θ down: the share of a tree's value that is passed up", Group: groupCredit},
	{ID: cmdThetaMore, Keys: []string{"}"}, Help: "θ up", Group: groupCredit},
	{ID: cmdKeepCredit, Keys: []string{"A"}, Help: "keep λ and θ for every page", Group: groupCredit},
}

// nudged returns the assumptions after a command that changes them, and whether
// it was one.
func nudged(r workspace.Referrals, id string) (workspace.Referrals, bool) {
	p := r.Params()
	switch id {
	case cmdLambdaLess:
		p.Lambda = nextTwentieth(p.Lambda, -1)
	case cmdLambdaMore:
		p.Lambda = nextTwentieth(p.Lambda, +1)
	case cmdThetaLess:
		p.Theta = nextTwentieth(p.Theta, -1)
	case cmdThetaMore:
		p.Theta = nextTwentieth(p.Theta, +1)
	default:
		return r, false
	}
	r.Lambda, r.Theta = &p.Lambda, &p.Theta
	return r, true
}

// nextTwentieth moves a share to the next twentieth.
func nextTwentieth(share float64, by int) float64 {
	const steps = 20
	at := share*steps + float64(by)
	return min(max(float64(int(at+0.5))/steps, 0), 1)
}

// keepCredit asks the root to make the assumptions those of every page.
func keepCredit(env *Env, r workspace.Referrals) tea.Cmd {
	set := env.Workspace.Settings()
	set.Referrals = r
	return send(ApplySettings{set})
}

// sameCredit reports whether two assumptions have λ and θ in common.
func sameCredit(a, b workspace.Referrals) bool {
	p, q := a.Params(), b.Params()
	return p.Lambda == q.Lambda && p.Theta == q.Theta
}

// creditText says which λ and θ are in force.
func creditText(r workspace.Referrals) string {
	p := r.Params()
	return i18n.T("λ %s · θ %s", i18n.Number(p.Lambda, 2), i18n.Number(p.Theta, 2))
}

// strangerName returns the id of somebody in a tree as it may be shown: that of a
// referrer nobody knows may be a phone or an e-mail address.
func strangerName(id string, isKnown, revealed bool) string {
	if isKnown || revealed {
		return id
	}
	return workspace.MaskStated(id)
}
