package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// parquet writes the rows of the answer to a file, which appears whole or not at
// all. A database of its own does it: the one that answered may be shut off from
// files by then.
func (a answer) parquet(ctx context.Context, path string) (err error) {
	rows := a.rows
	if a.stream != nil {
		if rows, err = hold(ctx, a.stream); err != nil {
			return err
		}
	}
	scratch, err := workspace.Open(ctx, "", workspace.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	return scratch.WriteParquet(ctx, path, rows)
}

// hold keeps the rows of a stream.
func hold(ctx context.Context, rows stream) (tabular.Source, error) {
	var held tabular.Table
	err := rows(ctx,
		func(columns []tabular.Column) error {
			held.Columns = slices.Clone(columns)
			return nil
		},
		func(row []any) error {
			held.Rows = append(held.Rows, slices.Clone(row))
			return nil
		})
	return tabular.NewSource(&held), err
}

// copyParquet writes Parquet to a stream by way of a temporary file, as its
// beginning is known only at its end.
func (a answer) copyParquet(ctx context.Context, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "worth-")
	if err != nil {
		return i18n.Errorf("there is no place for a temporary file: %v", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "answer.parquet")
	if err := a.parquet(ctx, path); err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return i18n.Errorf("the temporary file is gone: %v", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	if _, err := io.Copy(out, f); err != nil {
		return i18n.Errorf("the output cannot be written: %v", err)
	}
	return nil
}
