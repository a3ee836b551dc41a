package intake

import (
	"testing"
	"time"
)

func TestNumberDates(t *testing.T) {
	tests := []struct {
		name   string
		cells  []string
		want   NumberDate
		unread int
		cell   string
		reads  string // the cell, as UTC
	}{
		{"days", []string{"43905", "46156.4748263889", ""}, SerialDays, 0, "46156.4748263889", "2026-05-14 11:23:45"},
		{"days among dates", []string{"2026-05-14", "46156", "46157"}, SerialDays, 0, "2026-05-14", "2026-05-14 00:00:00"},
		{"seconds", []string{"1778757825", "1778757900"}, EpochSeconds, 0, "1778757825", "2026-05-14 11:23:45"},
		{"milliseconds", []string{"1778757825000"}, EpochMilliseconds, 0, "1778757825000", "2026-05-14 11:23:45"},
		{"microseconds", []string{"1778757825000000"}, EpochMicroseconds, 0, "1778757825000000", "2026-05-14 11:23:45"},
		{"one of another kind", []string{"46156", "46157", "1778757825"}, SerialDays, 1, "1778757825", ""},
		{"compact dates are none", []string{"20260514", "20260515"}, NoNumbers, 0, "20260514", "2026-05-14 00:00:00"},
		{"years are none", []string{"1998", "2026"}, NoNumbers, 2, "2026", ""},
		{"small numbers are none", []string{"12", "10959"}, NoNumbers, 2, "12", ""},
	}
	for _, tt := range tests {
		r := ReadDates(tt.cells, "")
		if r.Numbers != tt.want || r.Unread != tt.unread {
			t.Errorf("%s: %+v", tt.name, r)
		}
		at, ok := r.Parse(tt.cell)
		if ok != (tt.reads != "") || ok && at.Format(time.DateTime) != tt.reads {
			t.Errorf("%s: %q reads as %v, %v", tt.name, tt.cell, at, ok)
		}
	}
}

func FuzzDateCell(f *testing.F) {
	for _, seed := range []string{"2019#3#11", "14JUN09:17:58:34", "46156.47", "1778757825000", "2026-05-14 11:23:45 +0100"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		r := ReadDates([]string{cell}, "")
		if at, ok := r.Parse(cell); ok != (r.Values == 1 && r.Unread == 0) {
			t.Errorf("%q: %v, %v, %+v", cell, at, ok, r)
		}
	})
}
