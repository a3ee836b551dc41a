package cli

import (
	"bufio"
	"context"
	"io"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
)

// chunk is how many rows are fetched from a source at a time.
const chunk = 8192

// answer is what a verb prints. Every answer has rows; those that are more than
// rows also have an object or a text of their own.
type answer struct {
	name     string                // title of an Excel sheet
	rows     tabular.Source        // what every format can show
	stream   stream                // what is shown instead of rows, if not nil
	object   any                   // what JSON shows instead, if not nil
	json     func(io.Writer) error // likewise, for what is too long to hold
	text     func(io.Writer) error // what a table shows instead, if not nil
	exact    bool                  // the table does not round
	personal bool                  // about single persons: a file of it is the owner's alone
}

// stream calls head once, then visit for every row.
type stream func(ctx context.Context, head func([]tabular.Column) error, visit func([]any) error) error

// print writes an answer in the format asked for to the place asked for.
func (c *call) print(ctx context.Context, a answer) error {
	format, err := c.format()
	if err != nil {
		return err
	}
	defer c.say.clear()
	if c.opts.output == "" || c.opts.output == "-" {
		return c.printOut(ctx, a, format)
	}
	if format == report.Parquet {
		return a.parquet(ctx, c.opts.output)
	}
	return report.Atomic(c.opts.output, a.personal, func(out io.Writer) error { return a.write(ctx, out, format, false) })
}

// format returns the format of the output: that of the flag, of the output's
// name, or a table.
func (c *call) format() (report.Format, error) {
	toFile := c.opts.output != "" && c.opts.output != "-"
	switch {
	case c.opts.format != "":
	case toFile:
		format, err := report.ByName(c.opts.output)
		if err != nil {
			return "", usage(err)
		}
		return format, nil
	default:
		return report.Table, nil
	}
	if c.opts.format.Binary() && !toFile && c.env.OutIsTerminal {
		return "", usage(i18n.Errorf("%s is no text to show; name a file with -o", string(c.opts.format)))
	}
	return c.opts.format, nil
}

// printOut writes an answer to stdout.
func (c *call) printOut(ctx context.Context, a answer, format report.Format) error {
	out := bufio.NewWriterSize(c.env.Stdout, 1<<16)
	var err error
	if format == report.Parquet {
		err = a.copyParquet(ctx, out)
	} else {
		err = a.write(ctx, out, format, c.env.OutIsTerminal)
	}
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return i18n.Errorf("stdout cannot be written: %v", err)
	}
	return nil
}

// write writes the answer to out in any format but Parquet.
func (a answer) write(ctx context.Context, out io.Writer, format report.Format, terminal bool) error {
	switch {
	case format == report.JSON && a.json != nil:
		return a.json(out)
	case format == report.JSON && a.object != nil:
		return report.WriteObject(out, a.object)
	case format == report.Table && a.text != nil:
		return a.text(out)
	}
	if a.stream == nil {
		a.stream = paging(a.rows)
	}
	return report.Write(format, out, report.Options{Exact: a.exact, Terminal: terminal, Sheet: a.name}, func(w report.Writer) error {
		return a.stream(ctx, w.Begin, w.Row)
	})
}

// paging returns the stream of a source.
func paging(rows tabular.Source) stream {
	return func(ctx context.Context, head func([]tabular.Column) error, visit func([]any) error) error {
		if err := head(rows.Columns()); err != nil {
			return err
		}
		return each(ctx, rows, visit)
	}
}

// each visits all rows of a source.
func each(ctx context.Context, rows tabular.Source, visit func([]any) error) error {
	for from := 0; from < rows.Len(); {
		page, err := rows.Page(ctx, from, chunk)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return i18n.Errorf("the answer ended after %d of %d row{s}", from, rows.Len())
		}
		for _, row := range page {
			if err := visit(row); err != nil {
				return err
			}
		}
		from += len(page)
	}
	return nil
}
