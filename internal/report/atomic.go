package report

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"worth/internal/i18n"
)

// The permissions of new files: of those about single persons, and of others,
// from which the user's mask takes its part.
const (
	modePersonal fs.FileMode = 0o600
	modeShared   fs.FileMode = 0o666
)

// Atomic writes a file that appears under its name whole or not at all: what
// write puts out goes to a temporary file beside it, which then takes its name.
// An existing file is replaced only then. A personal file can be read by its
// owner alone. Devices and pipes, which are never whole, are written directly.
func Atomic(path string, personal bool, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return fill(path, write)
	}
	return AtomicPath(path, personal, func(temporary string) error { return fill(temporary, write) })
}

// AtomicPath is Atomic for writers that want the name of a file rather than a
// stream: write is given the name of an empty file and fills or replaces it.
func AtomicPath(path string, personal bool, write func(temporary string) error) (err error) {
	target := path
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		target = resolved // the link stays, what it points to is replaced
	}
	if info, err := os.Stat(target); err == nil && info.IsDir() {
		return i18n.Errorf("%s is a folder; give the name of a file in it", path)
	}
	temporary := filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+"."+rand.Text()[:8])
	mode, err := create(temporary, target, personal)
	if err != nil {
		return fileError(path, err)
	}
	defer func() {
		if err != nil {
			// The error of writing says more than one of cleaning up would.
			_ = os.Remove(temporary)
		}
	}()
	if err := write(temporary); err != nil {
		return err
	}
	if err := settle(temporary, mode); err != nil {
		return fileError(path, err)
	}
	return fileError(path, os.Rename(temporary, target))
}

// create makes the empty temporary file and returns the permissions it is to end
// with: those of the file it replaces, or of a new one.
func create(temporary, target string, personal bool) (fs.FileMode, error) {
	mode := modeShared
	if personal {
		mode = modePersonal
	}
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return 0, err //nolint:wrapcheck // fileError does
	}
	info, err := f.Stat()
	if err != nil {
		return 0, errors.Join(err, f.Close())
	}
	mode = info.Mode().Perm()
	if replaced, err := os.Stat(target); err == nil && !personal {
		mode = replaced.Mode().Perm()
	}
	return mode, f.Close() //nolint:wrapcheck // fileError does
}

// fill writes into an existing file through a buffer.
func fill(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return fileError(path, err)
	}
	buffer := bufio.NewWriterSize(f, 1<<16)
	if err := write(buffer); err != nil {
		return errors.Join(err, f.Close())
	}
	return fileError(path, errors.Join(buffer.Flush(), f.Close()))
}

// settle gives a complete file its permissions and sees it onto the disk.
func settle(path string, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err //nolint:wrapcheck // fileError does
	}
	return errors.Join(f.Chmod(mode), f.Sync(), f.Close())
}

// fileError explains why a file could not be written; nil for none.
func fileError(path string, err error) error {
	if err == nil {
		return nil
	}
	var cause *fs.PathError
	var renamed *os.LinkError
	if errors.As(err, &cause) {
		err = cause.Err // without the temporary name
	} else if errors.As(err, &renamed) {
		err = renamed.Err
	}
	return i18n.Errorf("%s cannot be written: %v; choose a folder that exists, has room and that you may write to", path, err)
}
