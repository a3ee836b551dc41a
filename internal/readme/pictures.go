package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/cli"
	"worth/internal/demo"
	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui"
	"worth/ui/screen"
)

// The size of a picture in cells.
const (
	width  = 120
	height = 40
)

// lastDay is the last day of the invented shop. It is given to the program, which
// would otherwise leave orders out on a machine whose clock is behind it.
var lastDay = time.Date(2026, time.October, 31, 0, 0, 0, 0, time.UTC)

// picture is a screen of the program.
type picture struct {
	name string // of its file, without the ending
	png  []byte
}

// made is everything the README takes from the program.
type made struct {
	pictures []picture
	parts    map[string]string // by name of the mark
}

// draw makes the pictures and the parts.
func draw(ctx context.Context) (all made, err error) {
	if all.parts, err = tables(); err != nil {
		return made{}, err
	}
	dir, err := os.MkdirTemp("", "worth-readme-")
	if err != nil {
		return made{}, i18n.Errorf("there is no place for the exports of the demo shop: %v", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if _, err := demo.Write(ctx, dir, demo.Options{End: lastDay}, nil); err != nil {
		return made{}, err
	}
	if all.parts["overview"], err = printed(ctx, "overview", dir, "--as-of", lastDay.Format(time.DateOnly)); err != nil {
		return made{}, err
	}
	all.pictures, err = stroll(ctx, dir)
	return all, err
}

// printed returns what a command line prints, as a block of the README.
func printed(ctx context.Context, args ...string) (string, error) {
	var out, said bytes.Buffer
	if code := cli.Run(ctx, args, cli.Env{Stdout: &out, Stderr: &said}); code != 0 {
		return "", i18n.Errorf("worth %s ended with %d: %s", args[0], code, said.String())
	}
	return "```text\n" + out.String() + "```\n", nil
}

// stroll goes through the program on the shop in dir and takes pictures.
func stroll(ctx context.Context, dir string) (pictures []picture, err error) {
	ws, err := workspace.Open(ctx, "", workspace.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ws.Close()) }()
	if err := ws.Apply(ctx, workspace.Settings{AsOf: lastDay}, nil); err != nil {
		return nil, err
	}
	r := &reader{program: ui.New(ctx, ws, ui.Options{Theme: "dark", Sources: &workspace.LoadRequest{Sources: []string{dir}}})}
	r.send(tea.WindowSizeMsg{Width: width, Height: height})
	r.run(r.program.Init())
	for _, stop := range []struct{ keys, name string }{
		{"x", "overview"}, // a key that is bound to nothing takes the notice away
		{"2", "segments"},
		{"3", "customers"},
		{"\r", "customer"},
		{"4", "referrals"},
		{"\r*", "tree"},
		{"5jjjlll", "whatif"},
		{"\t9select segment, count(*) as customers, sum(net_revenue) as net, avg(recency_days) as recency\x0afrom derived.customers " +
			"where last_order <= $as_of group by all order by net desc\x12", "sql"},
		{"\x1b1D", "quality"},
		{"1Ljjjjjj", "load"},
		{"\x1b0t\x13", "trend"},
	} {
		for _, key := range stop.keys {
			r.press(key)
		}
		drawn, err := screen.PNG(r.program.View().Content, width, height, "dark")
		if err != nil {
			return nil, err
		}
		if drawn, err = slim(drawn); err != nil {
			return nil, err
		}
		pictures = append(pictures, picture{stop.name, drawn})
	}
	return pictures, nil
}

// reader is somebody at the program whose commands run at once, one after the
// other, so that every screen is complete when it is looked at.
type reader struct{ program tea.Model }

// press presses the key of a character, control characters by their usual names.
func (r *reader) press(key rune) {
	switch key {
	case '\r', '\n':
		r.send(tea.KeyPressMsg{Code: tea.KeyEnter})
		return
	case '\x1b':
		r.send(tea.KeyPressMsg{Code: tea.KeyEscape})
		return
	case '\t':
		r.send(tea.KeyPressMsg{Code: tea.KeyTab})
		return
	case '\x12':
		r.send(tea.KeyPressMsg{Code: 'r', Mod: tea.ModCtrl})
		return
	case '\x13':
		r.send(tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl})
		return
	}
	r.send(tea.KeyPressMsg{Code: key, Text: string(key)})
}

// send gives the program a message and carries out what follows from it.
func (r *reader) send(msg tea.Msg) {
	var cmd tea.Cmd
	r.program, cmd = r.program.Update(msg)
	r.run(cmd)
}

// run carries out a command.
func (r *reader) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			r.run(c)
		}
	default:
		r.send(msg)
	}
}
