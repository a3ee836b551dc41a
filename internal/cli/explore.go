package cli

import (
	"cmp"
	"context"
	"os"
	"path/filepath"

	"worth/internal/i18n"
	"worth/internal/workspace"
)

// explore opens the program on the files or the workspace named, or on nothing
// yet. Without a terminal, or when a format or an output is asked for, it prints
// the overview instead.
func (c *call) explore(ctx context.Context) error {
	if len(c.args) > 0 {
		if err := c.misspelt(c.args[0]); err != nil {
			return err
		}
	}
	interactive := c.env.OutIsTerminal && c.env.Interactive != nil && c.opts.format == "" && c.opts.output == ""
	switch {
	case interactive:
		return c.start(ctx)
	case len(c.args) == 0 && c.opts.workspace == "":
		c.root.SetOut(c.env.Stderr)
		if err := c.root.Help(); err != nil {
			return i18n.Errorf("the help cannot be shown: %v", err)
		}
		return usage(i18n.Errorf("name the exports to read; without a terminal there is no program to open"))
	}
	return c.overview(ctx)
}

// start opens the program. It loads the files itself, so that it can show
// progress and ask about columns.
func (c *call) start(ctx context.Context) error {
	s, err := c.sources(c.args)
	if err != nil {
		return err
	}
	if dir, err := os.UserConfigDir(); err == nil { // without one, queries are not kept
		c.opts.engine.Drafts = filepath.Join(dir, "worth", "sql")
	}
	return c.open(ctx, s, func(w *workspace.Workspace) error {
		c.remembered(w.Path())
		options := StartOptions{
			Load:   c.request(s.files),
			Theme:  c.opts.theme,
			Mouse:  c.opts.mouse,
			Reveal: c.opts.reveal,
			Engine: c.engine(),
			Recent: c.recent(),

			Version: c.env.Version,
		}
		var forgotten error // said when the screen is free again
		options.Remember = func(path string) { forgotten = cmp.Or(forgotten, remember(path)) }
		c.say.clear()
		err := c.env.Interactive(ctx, w, options)
		if forgotten != nil {
			c.say.sentence(forgotten.Error())
		}
		return err
	})
}
