// Command worth explores what customers are worth, from the exports of a shop.
package main

import (
	"context"
	"os"

	"github.com/charmbracelet/x/term"

	"worth/internal/cli"
	"worth/internal/workspace"
	"worth/ui"
)

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], cli.Env{
		Stdout:        os.Stdout,
		Stderr:        os.Stderr,
		OutIsTerminal: term.IsTerminal(os.Stdout.Fd()),
		ErrIsTerminal: term.IsTerminal(os.Stderr.Fd()),
		Interactive:   open,
	}))
}

// open hands the command line's wishes to the program.
func open(ctx context.Context, w *workspace.Workspace, o cli.StartOptions) error {
	options := ui.Options{Theme: o.Theme, Mouse: o.Mouse, OnOpen: o.Remember, Workspace: o.Engine, Version: o.Version}
	if len(o.Load.Sources) > 0 {
		options.Sources = &o.Load
	}
	options.Pick = options.Sources == nil && w.Path() == ""
	for _, recent := range o.Recent {
		options.Recent = append(options.Recent, recent.Path)
	}
	return ui.Run(ctx, w, options)
}
