package workspace

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// openMode returns how the workspace at path is opened at first: for writing when it is
// new. It is an error when there is none, or something else.
func openMode(path string, o Options) (duck.Mode, error) {
	if path == "" {
		return duck.ReadOnly, nil
	}
	found, err := recognised(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && o.Create:
		return duck.ReadWrite, folderOf(path)
	case errors.Is(err, os.ErrNotExist):
		return 0, i18n.Errorf("%s: there is no such workspace; load files with -w %s to make it", path, path)
	case errors.Is(err, os.ErrPermission):
		return 0, i18n.Errorf("%s: not allowed to read this file; check its permissions", path)
	case err != nil:
		return 0, i18n.Errorf("%s: cannot be opened: %v", path, err)
	case !found:
		return 0, i18n.Errorf("%s: this is not a workspace; name a workspace after -w, and data files without it", path)
	}
	return duck.ReadOnly, nil
}

// folderOf returns an error when a file cannot be made at path for want of a folder.
func folderOf(path string) error {
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return i18n.Errorf("%s: there is no folder %s; make it, or name the workspace elsewhere", path, dir)
	}
	return nil
}

// openError says why the database of a workspace cannot be opened. What was begun of a
// new one is removed.
func openError(path string, mode duck.Mode, err error) error {
	var file *duck.FileError
	if !errors.As(err, &file) {
		return i18n.Errorf("%s: %v", name(path), err)
	}
	if info, missing := os.Stat(path); missing == nil && mode == duck.ReadWrite && info.Size() == 0 {
		return errors.Join(err, os.Remove(path))
	}
	return err
}

// IsWorkspace reports whether the file at path is a DuckDB file, whatever its
// name.
func IsWorkspace(path string) bool {
	found, err := recognised(path)
	return found && err == nil
}

// recognised is IsWorkspace, with the error of a file that cannot be looked at. Only
// regular files are opened: a pipe would wait for somebody to write into it.
func recognised(path string) (bool, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false, err //nolint:wrapcheck // the caller says what it means
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err //nolint:wrapcheck // the caller says what it means
	}
	defer f.Close() //nolint:errcheck // nothing was written
	head := make([]byte, 12)
	if _, err := io.ReadFull(f, head); err != nil {
		return false, nil //nolint:nilerr // too short to be one
	}
	return string(head[8:]) == "DUCK", nil
}
