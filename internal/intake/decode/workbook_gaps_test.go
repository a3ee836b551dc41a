package decode

import (
	"reflect"
	"testing"
)

// TestFollow joins what parts of a sheet say about where their rows stand.
func TestFollow(t *testing.T) {
	t.Parallel()
	numbered := []converted{
		{rows: 3, gaps: []Gap{{1, 1}, {3, 5}}, last: 5},
		{},
		{rows: 2, gaps: []Gap{{1, 6}}, last: 7},
		{rows: 1, gaps: []Gap{{1, 9}}, last: 9},
	}
	unnumbered := []converted{
		{rows: 2, gaps: []Gap{{1, 1}}, last: 2},
		{rows: 2, gaps: []Gap{{1, 1}, {2, 3}}, last: 3},
	}
	for _, c := range []struct {
		parts   []converted
		gaps    []Gap
		reached int64
	}{
		{numbered, []Gap{{3, 5}, {6, 9}}, 9},
		{unnumbered, []Gap{{4, 5}}, 5},
	} {
		var s Stats
		var reached int64
		for _, part := range c.parts {
			reached = s.follow(part, reached)
			s.Rows += part.rows
		}
		if !reflect.DeepEqual(s.Gaps, c.gaps) || reached != c.reached {
			t.Errorf("gaps %v up to row %d", s.Gaps, reached)
		}
	}
}
