package intake

import (
	"strings"
	"testing"
)

// A thread's part of a large file fills a group of the database's rows; a small file
// is cut as finely as DuckDB would, and no part takes more memory than it may.
func TestBufferBytes(t *testing.T) {
	const group = 122_880
	row := func(bytes int) [][]string { return [][]string{{strings.Repeat("x", bytes-1)}} }
	for _, tt := range []struct {
		name     string
		source   Source
		min, max int64
	}{
		{"large", Source{Bytes: 1e9, Sample: row(100)}, group * 100, group * 200},
		{"large, short rows", Source{Bytes: 1e9, Sample: row(10)}, 8e6, 8e6},
		{"large, long rows", Source{Bytes: 1e11, Sample: row(4000)}, 8e6, 8e6},
		{"small", Source{Bytes: 1e8, Sample: row(100)}, 8e6, 8e6},
		{"no rows", Source{Bytes: 1e9}, 8e6, 8e6},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := bufferBytes(&tt.source); got < tt.min || got > tt.max {
				t.Errorf("%d bytes; want %d to %d", got, tt.min, tt.max)
			}
		})
	}
}
