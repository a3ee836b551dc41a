package intake

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"worth/internal/i18n"
)

//go:embed formats/*.yaml
var formatFiles embed.FS

// BuiltinFormats returns the formats that worth knows out of the box.
func BuiltinFormats() *Formats { return builtinFormats() }

// builtinFormats reads the embedded formats once. They are part of the program,
// tested as such, so a broken one is a programming error.
var builtinFormats = sync.OnceValue(func() *Formats {
	f, err := readBuiltin()
	if err != nil {
		panic(err)
	}
	return f
})

func readBuiltin() (*Formats, error) {
	paths, err := fs.Glob(formatFiles, "formats/*.yaml")
	if err != nil {
		return nil, err //nolint:wrapcheck // the pattern is a constant
	}
	var list []*Format
	for _, p := range paths {
		text, err := formatFiles.ReadFile(p)
		if err != nil {
			return nil, err //nolint:wrapcheck // embedded files can be read
		}
		format, err := ParseFormat(path.Base(p), text)
		if err != nil {
			return nil, err
		}
		list = append(list, format)
	}
	return newFormats(list)
}

// newFormats sorts formats and refuses those that cannot be told apart.
func newFormats(list []*Format) (*Formats, error) {
	slices.SortFunc(list, func(a, b *Format) int { return strings.Compare(a.Name, b.Name) })
	f := &Formats{list}
	var errs []error
	for _, format := range list {
		if err := f.toldApart(format); err != nil {
			errs = append(errs, err)
		}
	}
	return f, errors.Join(errs...)
}

// With returns the formats together with those of further files and folders (of
// which every .yaml file is read). A format replaces one of the same name. A
// folder that is not there holds none; errors name file and line.
func (f *Formats) With(places ...string) (*Formats, error) {
	var errs []error
	list := slices.Clone(f.list)
	own := map[string]string{}
	for _, place := range places {
		paths, err := formatPaths(place)
		if err != nil {
			errs = append(errs, err)
		}
		for _, p := range paths {
			format, err := readFormat(p)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			if earlier, twice := own[format.Name]; twice {
				errs = append(errs, i18n.Errorf("%s: the format %q stands in %s too; rename one of them", p, format.Name, earlier))
				continue
			}
			own[format.Name] = p
			list = slices.DeleteFunc(list, func(old *Format) bool { return old.Name == format.Name })
			list = append(list, format)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(own) == 0 {
		return f, nil
	}
	return newFormats(list)
}

// formatPaths lists the format files at a place: a file, or a folder of them.
func formatPaths(place string) ([]string, error) {
	info, err := os.Stat(place)
	switch {
	case err != nil:
		return nil, i18n.Errorf("the format file %s cannot be read: %v", place, err)
	case !info.IsDir():
		return []string{place}, nil
	}
	paths, err := filepath.Glob(filepath.Join(place, "*.yaml"))
	if err != nil { // the folder's name holds brackets
		return nil, i18n.Errorf("the format files in %s cannot be listed: %v", place, err)
	}
	return paths, nil
}

func readFormat(p string) (*Format, error) {
	text, err := os.ReadFile(p)
	if err != nil {
		return nil, i18n.Errorf("the format file %s cannot be read: %v", p, err)
	}
	return ParseFormat(p, text)
}

// toldApart refuses a format that some header would take for another: its whole
// header, and one of its must columns alone, have to be nearest to itself.
func (f *Formats) toldApart(format *Format) error {
	for _, language := range format.languages() {
		for _, sparse := range []bool{false, true} {
			var names []string
			for _, h := range format.Columns {
				if !sparse || slices.Contains(format.needed(), h[0]) {
					names = append(names, format.folded[format.spellings(h, language)[0]])
				}
			}
			found := f.match(names)
			if len(found) > 0 && found[0].format == format && (len(found) == 1 || compareFittings(found[0], found[1]) < 0) {
				continue
			}
			rival := ""
			for _, c := range found {
				if c.format != format {
					rival = c.Name
					break
				}
			}
			return format.fail("must", i18n.T("its files cannot be told from those of the format %q; name a must column that the other does not have", rival))
		}
	}
	return nil
}
