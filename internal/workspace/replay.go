package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/intake"
	"worth/internal/intake/decode"
)

// ReadOptions say how one file is read, where the guess is wrong. Empty fields leave
// it to the guess.
type ReadOptions struct {
	Encoding  string `json:"encoding,omitempty"`   // of text
	Sheet     string `json:"sheet,omitempty"`      // of a workbook, by name or number
	Delimiter string `json:"delimiter,omitempty"`  // of delimited text
	DateOrder string `json:"date_order,omitempty"` // dmy, mdy or ymd
}

// over fills what o leaves open from another.
func (o ReadOptions) over(other ReadOptions) ReadOptions {
	return ReadOptions{
		cmp.Or(o.Encoding, other.Encoding), cmp.Or(o.Sheet, other.Sheet), cmp.Or(o.Delimiter, other.Delimiter), cmp.Or(o.DateOrder, other.DateOrder),
	}
}

// reading checks the options and turns them into intake's.
func (o ReadOptions) reading() (intake.Reading, error) {
	order, err := intake.ParseDateOrder(o.DateOrder)
	if err != nil {
		return intake.Reading{}, err
	}
	encoding, err := decode.ParseEncoding(o.Encoding)
	return intake.Reading{Encoding: encoding, Sheet: o.Sheet, Delimiter: o.Delimiter, DateOrder: order}, err
}

// Encodings lists the encodings that text may be in, by name.
func Encodings() []string {
	out := make([]string, len(decode.Encodings))
	for i, e := range decode.Encodings {
		out[i] = string(e)
	}
	return out
}

// optionsOf names what is kept of how a file was read.
const optionsOf = "options of "

// keptOptions is how a file was read when it was loaded.
type keptOptions struct {
	Read ReadOptions                  `json:"read,omitzero"`
	Maps map[string]map[string]string `json:"maps,omitempty"` // by the title of the file or of a part of it
}

// keepOptions keeps what a request says about the files it loads, so that they can
// be read anew in the same way.
func keepOptions(ctx context.Context, tx *duck.Tx, req LoadRequest, paths []string) error {
	all := ReadOptions{req.Encoding, req.Sheet, req.Delimiter, req.DateOrder}
	for _, path := range paths {
		k := keptOptions{Read: req.Read[path].over(all), Maps: map[string]map[string]string{}}
		if len(req.Map) > 0 {
			k.Maps[path] = req.Map
		}
		for title, m := range req.MapFile {
			if title == path || strings.HasPrefix(title, path+": ") {
				k.Maps[title] = m
			}
		}
		if k.Read == (ReadOptions{}) && len(k.Maps) == 0 {
			continue
		}
		text, err := json.Marshal(k)
		if err != nil {
			return i18n.Errorf("%s: how the file was read cannot be kept: %v", path, err)
		}
		if err := keep(ctx, tx, optionsOf+path, string(text)); err != nil {
			return err
		}
	}
	return nil
}

// replayed completes a request to read all files of the workspace anew: as they were
// read before, but for the answers in it.
func (w *Workspace) replayed(ctx context.Context, req LoadRequest) (LoadRequest, error) {
	files, err := w.Files(ctx)
	if err != nil {
		return req, err
	}
	read, mapped := maps.Clone(req.Read), maps.Clone(req.MapFile)
	if read == nil {
		read = map[string]ReadOptions{}
	}
	if mapped == nil {
		mapped = map[string]map[string]string{}
	}
	req.Sources = nil
	for _, f := range files {
		path, err := SourceOf(f.File)
		if err != nil {
			return req, err
		}
		if slices.Contains(req.Sources, path) {
			continue
		}
		req.Sources = append(req.Sources, path)
		text, err := w.kept(ctx, optionsOf+path)
		if err != nil {
			return req, err
		}
		if text == "" {
			continue
		}
		var k keptOptions
		if err := json.Unmarshal([]byte(text), &k); err != nil {
			return req, i18n.Errorf("%s: how the file was read cannot be read: %v", path, err)
		}
		read[path] = read[path].over(k.Read)
		for title, m := range k.Maps {
			if _, answered := mapped[title]; !answered {
				mapped[title] = m
			}
		}
	}
	req.Read, req.MapFile = read, mapped
	return req, nil
}

// SourceOf returns the file on disk of a file as FileReport names it, which may be a
// part of an archive or a workbook. The error says that it is gone.
func SourceOf(title string) (string, error) {
	path := title
	for {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		i := strings.LastIndex(path, ": ")
		if i < 0 {
			return "", i18n.Errorf("%s: the file is no longer there; put it back to read it anew", title)
		}
		path = path[:i]
	}
}

// Reread recognises a loaded file anew, for the mapping form: all its columns, what
// it may be, and how it was read.
func (w *Workspace) Reread(ctx context.Context, title string) (FileReport, ReadOptions, error) {
	path, err := SourceOf(title)
	if err != nil {
		return FileReport{}, ReadOptions{}, err
	}
	req, err := w.replayed(ctx, LoadRequest{})
	if err != nil {
		return FileReport{}, ReadOptions{}, err
	}
	req.Sources = []string{path}
	reports, err := w.Survey(ctx, req)
	if err != nil {
		return FileReport{}, ReadOptions{}, err
	}
	i := slices.IndexFunc(reports, func(f FileReport) bool { return f.Title() == title })
	if i < 0 { // the sheet that was chosen is another now
		i = 0
	}
	return reports[i], req.Read[path], nil
}
