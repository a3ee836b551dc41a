package intake

import (
	"context"
	"slices"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// statusNotes collects, over the files of a load, the statuses that are still to
// be applied to rows. What a word means depends on the format of the file, so
// they are kept apart by it.
type statusNotes struct {
	groups  []*statusGroup
	unknown []string
}

// statusGroup is the statuses of files of one format in one table.
type statusGroup struct {
	table    table
	format   *Format // nil for files of no known format
	files    []int32
	excluded []string
	refunded []string
}

// note takes down a status that rows of a standing have. Unknown statuses count,
// and are remembered so that they can be said.
func (n *statusNotes) note(t table, r *FileReport, word, standing string) {
	format := r.Recognition.known
	class, known := format.classifyBoth(word)
	g := n.group(t, format)
	g.files = with(g.files, r.Key)
	switch {
	case !known:
		n.unknown = with(n.unknown, word)
	case class == StatusExcluded && standing != "excluded":
		g.excluded = with(g.excluded, word)
	case class == StatusRefunded && standing == "purchase":
		g.refunded = with(g.refunded, word)
	}
}

func (n *statusNotes) group(t table, format *Format) *statusGroup {
	for _, g := range n.groups {
		if g.table == t && g.format == format {
			return g
		}
	}
	g := &statusGroup{table: t, format: format}
	n.groups = append(n.groups, g)
	return g
}

func with[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// orderStatuses applies what the orders' statuses say and reading did not know,
// those of lines that were rolled up included.
func (l *loader) orderStatuses(ctx context.Context) error {
	if err := l.applyStatuses(ctx, ordersTable, "load/give_back"); err != nil {
		return err
	}
	for _, g := range l.statuses.groups {
		if g.table == ordersTable || len(g.refunded) == 0 {
			continue
		}
		back := duck.Call{Name: "load/give_back", Args: duck.Args{"files": g.files, "words": g.refunded}}
		if err := l.exec(ctx, back); err != nil {
			return err
		}
	}
	const shown = 5
	for _, word := range l.statuses.unknown[:min(shown, len(l.statuses.unknown))] {
		l.warn(i18n.T("the order status %q is not known; its orders count", word))
	}
	return nil
}

// applyStatuses excludes the rows of a table whose status says so, and gives back
// those whose status says that.
func (l *loader) applyStatuses(ctx context.Context, t table, giveBack string) error {
	for _, g := range l.statuses.groups {
		if g.table != t {
			continue
		}
		if len(g.excluded) > 0 {
			exclude := duck.Call{Name: "load/exclude", Args: duck.Args{"files": g.files, "words": g.excluded}, Idents: t.idents()}
			if err := l.exec(ctx, exclude); err != nil {
				return err
			}
		}
		if len(g.refunded) > 0 {
			if err := l.exec(ctx, duck.Call{Name: giveBack, Args: duck.Args{"files": g.files, "words": g.refunded}}); err != nil {
				return err
			}
		}
	}
	return nil
}
