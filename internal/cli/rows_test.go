package cli

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"worth/internal/tabular"
)

// numbers is a source that makes up its rows.
type numbers struct{ count, short int }

func (n numbers) Columns() []tabular.Column { return []tabular.Column{{Name: "n"}} }
func (n numbers) Len() int                  { return n.count + n.short }

func (n numbers) Page(ctx context.Context, from, size int) ([][]any, error) {
	var page [][]any
	for i := from; i < min(from+size, n.count); i++ {
		page = append(page, []any{strconv.Itoa(i)})
	}
	return page, ctx.Err()
}

func TestEach(t *testing.T) {
	for _, count := range []int{0, 1, chunk, 2*chunk + 3} {
		for _, limit := range []int{1, chunk + 1, 3 * chunk} {
			visited := 0
			err := each(context.Background(), limited{numbers{count: count}, limit}, func(row []any) error {
				if row[0] != strconv.Itoa(visited) {
					t.Fatalf("row %d is %v", visited, row)
				}
				visited++
				return nil
			})
			if err != nil || visited != min(count, limit) {
				t.Errorf("%d of %d rows, limited to %d (%v)", visited, count, limit, err)
			}
		}
	}
}

func TestEachFails(t *testing.T) {
	if err := each(context.Background(), numbers{count: 5, short: 1}, func([]any) error { return nil }); err == nil {
		t.Error("an answer that ends early is taken for whole")
	}
	stop := errors.New("full")
	if err := each(context.Background(), numbers{count: 5}, func([]any) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the writer's error became %v", err)
	}
}

func TestMask(t *testing.T) {
	columns := []tabular.Column{{Name: "customer_id"}, {Name: "email", Personal: true}, {Name: "birth", Kind: tabular.Date, Personal: true}}
	row := []any{"c-1", "anna@example.com", int64(1990)}
	c := &call{}
	hidden := c.mask(columns).row(row)
	if hidden[0] != "c-1" || hidden[1] == "anna@example.com" || hidden[1] == nil || hidden[2] != nil {
		t.Errorf("masked to %v", hidden)
	}
	if row[1] != "anna@example.com" {
		t.Error("the row itself was changed")
	}
	c.opts.reveal = true
	if shown := c.mask(columns).row(row); shown[1] != "anna@example.com" {
		t.Errorf("revealed as %v", shown)
	}
}
