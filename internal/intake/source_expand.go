package intake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"worth/internal/i18n"
)

// dataExtensions are the names a folder's data files end in, also with .gz.
var dataExtensions = []string{".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".parquet", ".xlsx", ".xlsm", ".zip"}

// Expand turns arguments into files: a file stands for itself whatever its
// name, a folder for the data files in it and in the folders directly below
// (hidden ones aside), a pattern for the files it matches. The order of the
// arguments is kept, files of one argument are sorted, and none comes twice.
// Errors say which argument names nothing to load.
func Expand(args []string) ([]string, error) {
	if len(args) == 0 {
		return nil, i18n.Errorf("no files named; name exports, folders or patterns such as exports/*.csv")
	}
	var out []string
	seen := map[string]bool{}
	for _, arg := range args {
		files, err := expandOne(arg)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if key := sameness(f); !seen[key] {
				seen[key] = true
				out = append(out, f)
			}
		}
	}
	return out, nil
}

func expandOne(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return dataFiles(arg)
	case err == nil:
		if _, err := stat(arg); err != nil {
			return nil, err
		}
		return []string{arg}, readable(arg)
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?["):
		return matching(arg)
	}
	_, err = stat(arg)
	return nil, err
}

// readable opens a file once, so that a refusal comes before any work.
func readable(path string) error {
	f, err := open(path)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return readError(path, err)
	}
	return nil
}

func matching(pattern string) ([]string, error) {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return nil, i18n.Errorf("%s: the pattern is not well formed; close every [", pattern)
	}
	var out []string
	wantHidden := strings.HasPrefix(filepath.Base(pattern), ".")
	for _, m := range matches {
		if strings.HasPrefix(filepath.Base(m), ".") && !wantHidden {
			continue
		}
		info, err := os.Stat(m)
		if err != nil {
			return nil, i18n.Errorf("%s: cannot be opened: %v", m, err)
		}
		if info.Mode().IsRegular() {
			out = append(out, m)
		}
	}
	if len(out) == 0 {
		return nil, i18n.Errorf("%s: no file matches this pattern", pattern)
	}
	return out, nil
}

// dataFiles lists the data files of a folder and of the folders directly below.
func dataFiles(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path == dir {
			return nil
		}
		hidden := strings.HasPrefix(entry.Name(), ".")
		if entry.IsDir() {
			if hidden || filepath.Dir(path) != filepath.Clean(dir) {
				return fs.SkipDir
			}
			return nil
		}
		if !hidden && isDataFile(entry.Name()) {
			out = append(out, path)
		}
		return nil
	})
	if err != nil {
		return nil, i18n.Errorf("%s: the folder cannot be read: %v; check its permissions", dir, err)
	}
	if len(out) == 0 {
		return nil, i18n.Errorf("%s: the folder has no data files (%s, also .gz)", dir, strings.Join(dataExtensions, " "))
	}
	slices.Sort(out)
	return out, nil
}

func isDataFile(name string) bool {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	return slices.Contains(dataExtensions, filepath.Ext(name))
}

// sameness is the same for two ways of naming one file.
func sameness(path string) string {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
