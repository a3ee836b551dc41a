package cli

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"worth/internal/i18n"
	"worth/internal/report"
)

// maxRecent is how many workspaces are remembered.
const maxRecent = 20

// Recent is a workspace that was opened before.
type Recent struct {
	Path   string    `json:"path"` // absolute
	Opened time.Time `json:"opened_at"`
}

// recentFile returns where the list of recent workspaces is kept.
func recentFile() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", i18n.Errorf("the list of recent workspaces has no place: %v", err)
	}
	return filepath.Join(dir, "worth", "recent.json"), nil
}

// readRecent returns the recent workspaces, the latest first.
func readRecent() ([]Recent, error) {
	path, err := recentFile()
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var list []Recent
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil {
		return nil, i18n.Errorf("the list of recent workspaces cannot be read: %v; remove %s to begin a new one", err, path)
	}
	return list, nil
}

// remember puts a workspace at the head of the recent ones.
func remember(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return i18n.Errorf("the folder of %s is not known: %v", path, err)
	}
	list, err := readRecent()
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(r Recent) bool { return r.Path == path })
	list = slices.Insert(list, 0, Recent{path, time.Now().UTC().Truncate(time.Second)})
	list = list[:min(len(list), maxRecent)]
	file, err := recentFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return i18n.Errorf("the list of recent workspaces has no place: %v", err)
	}
	return report.Atomic(file, true, func(out io.Writer) error {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(list)
	})
}

// remembered remembers a workspace; one in memory, whose path is empty, is not.
// That it could not is said, but keeps nobody from working.
func (c *call) remembered(path string) {
	if path == "" {
		return
	}
	if err := remember(path); err != nil {
		c.say.sentence(err.Error())
	}
}

// recent returns the workspaces opened before that are still there.
func (c *call) recent() []Recent {
	list, err := readRecent()
	if err != nil {
		c.say.sentence(err.Error())
	}
	return slices.DeleteFunc(list, func(r Recent) bool { return !exists(r.Path) })
}
