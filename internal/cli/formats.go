package cli

import (
	"os"
	"path/filepath"

	"worth/internal/workspace"
)

// engine returns how workspaces are opened: as the command line says, with the
// format files that the analyst keeps for every load.
func (c *call) engine() workspace.Options {
	o := c.opts.engine
	o.Formats = append(ownFormats(), o.Formats...)
	return o
}

// ownFormats returns the folder of the format files that every load knows, if
// there is one.
func ownFormats() []string {
	dir, err := os.UserConfigDir()
	if err != nil { // no home, no formats
		return nil
	}
	dir = filepath.Join(dir, "worth", "formats")
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil
	}
	return []string{dir}
}
