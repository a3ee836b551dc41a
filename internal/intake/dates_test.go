package intake

import (
	"slices"
	"testing"
	"time"
)

func TestReadDates(t *testing.T) {
	tests := []struct {
		name      string
		cells     []string
		given     DateOrder
		form      DateForm
		order     DateOrder
		ambiguous bool
		unread    int
		format    string // the first to be tried
	}{
		{"ISO", []string{"2019-06-14", "2019-01-02", ""}, "", FormISO, YMD, false, 0, "%Y-%m-%d"},
		{"ISO time", []string{"2017-01-28 14:06:53"}, "", FormISO, YMD, false, 0, "%Y-%m-%d %H:%M:%S"},
		{"ISO zone", []string{"2026-05-14 11:23:45 +0100"}, "", FormISO, YMD, false, 0, "%Y-%m-%d %H:%M:%S %z"},
		{"ISO UTC", []string{"2026-05-14T11:23:45.123Z"}, "", FormISO, YMD, false, 0, "%Y-%m-%dT%H:%M:%S.%fZ"},
		{"nanoseconds", []string{"2026-05-14T11:23:45.123456789"}, "", FormISO, YMD, false, 0, "%Y-%m-%dT%H:%M:%S.%n"},
		{"compact", []string{"19970101", "19980630"}, "", FormCompact, YMD, false, 0, "%Y%m%d"},
		{"compact time", []string{"20190614093000"}, "", FormCompact, YMD, false, 0, "%Y%m%d%H%M%S"},
		{"month first", []string{"12/1/2010 8:26", "12/13/2010 9:00"}, "", FormNumeric, MDY, false, 0, "%m/%d/%Y %H:%M"},
		{"day first", []string{"1/12/2010", "24/12/2022"}, "", FormNumeric, DMY, false, 0, "%d/%m/%Y"},
		{"either", []string{"1/12/2010", "2/3/2010"}, "", FormNumeric, DMY, true, 0, "%d/%m/%Y"},
		{"either, decided", []string{"1/12/2010", "2/3/2010"}, MDY, FormNumeric, MDY, false, 0, "%m/%d/%Y"},
		{"decided against the data", []string{"24/12/2022", "2/3/2010"}, MDY, FormNumeric, MDY, false, 1, "%m/%d/%Y"},
		{"contradictory", []string{"24/12/2022", "12/24/2022", "25/12/2022"}, "", FormNumeric, DMY, false, 1, "%d/%m/%Y"},
		{"dots", []string{"14.6.2019"}, "", FormNumeric, DMY, false, 0, "%d.%m.%Y"},
		{"two-digit year", []string{"14-06-19", "31-12-99"}, "", FormNumeric, DMY, false, 0, "%d-%m-%y"},
		{"two-digit year first", []string{"19-06-14", "19-06-30"}, "", FormNumeric, DMY, false, 0, "%d-%m-%y"},
		{"both year lengths", []string{"14/06/2019", "15/06/2019", "14/06/19"}, "", FormNumeric, DMY, false, 0, "%d/%m/%y"},
		{"slashes, year first", []string{"2019/6/14"}, "", FormNumeric, YMD, false, 0, "%Y/%m/%d"},
		{"Chinese", []string{"2019年6月14日 08:30"}, "", FormNumeric, YMD, false, 0, "%Y年%m月%d日 %H:%M"},
		{"named month", []string{"14 Jun 2019"}, "", FormText, YMD, false, 0, "%d %b %Y"},
		{"full month", []string{"June 14, 2019 5:32 PM"}, "", FormText, YMD, false, 0, "%B %d, %Y %I:%M %p"},
		{"named month, short", []string{"14-JUN-19"}, "", FormText, YMD, false, 0, "%d-%b-%y"},
		{"mixed", []string{"2019-06-14", "20190615", "20190616"}, "", FormMixed, YMD, false, 0, "%Y%m%d"},
		{"tabs around", []string{"\t2019-06-14 "}, "", FormISO, YMD, false, 0, "%Y-%m-%d"},
		{"hashes", []string{"2019#3#11"}, "", FormNumeric, YMD, false, 0, "%Y#%m#%d"},
		{"no separators, named month", []string{"14JUN09:17:58:34"}, "", FormText, YMD, false, 0, "%d%b%y:%H:%M:%S"},
		{"not dates", []string{"soon", "2019-02-30", "25:00", "0000-00-00", "-"}, "", "", YMD, false, 3, "%Y-%m-%d"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ReadDates(tt.cells, tt.given)
			if r.Form != tt.form || r.Order != tt.order || r.Ambiguous != tt.ambiguous || r.Unread != tt.unread {
				t.Errorf("%+v", r)
			}
			if r.Format.Formats[0] != tt.format {
				t.Errorf("formats %q, want %q first", r.Format.Formats, tt.format)
			}
			if r.Ambiguous && (r.Other == nil || r.Other.Name != MDY || slices.Equal(r.Other.Formats, r.Format.Formats)) {
				t.Errorf("the other reading is %v", r.Other)
			}
		})
	}
}

func TestParseDate(t *testing.T) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	tests := []struct {
		cell  string
		order DateOrder
		want  time.Time
	}{
		{"01/02/2019", DMY, day(2019, 2, 1)},
		{"01/02/2019", MDY, day(2019, 1, 2)},
		{"1/2/69", DMY, day(1969, 2, 1)},
		{"1/2/68", DMY, day(2068, 2, 1)},
		{"69-01-02", YMD, day(1969, 1, 2)},
		{"29/02/2020", DMY, day(2020, 2, 29)},
		{"0001-01-01", DMY, day(1, 1, 1)},
		{"9999-12-31", MDY, day(9999, 12, 31)},
		{"2026-05-14 00:30:00 +0100", YMD, time.Date(2026, 5, 13, 23, 30, 0, 0, time.UTC)},
		{"Jun 14, 2019, 12:05:01 AM", DMY, time.Date(2019, 6, 14, 0, 5, 1, 0, time.UTC)},
		{"6/14/2019 12:05pm", MDY, time.Date(2019, 6, 14, 12, 5, 0, 0, time.UTC)},
	}
	for _, tt := range tests {
		if got, ok := ParseDate(tt.cell, tt.order); !ok || !got.Equal(tt.want) {
			t.Errorf("%s as %s: %v %v, want %v", tt.cell, tt.order, got, ok, tt.want)
		}
	}
	for _, cell := range []string{"", "29/02/2019", "2019-13-01", "31/04/2019", "2019-06-14 25:00", "1/2-2019", "10 Abc 2019", "123456", "6/14/2019 13:00 PM", "2019-06-14 10:00 +99:00"} {
		if got, ok := ParseDate(cell, DMY); ok {
			t.Errorf("%q was read as %v", cell, got)
		}
	}
}

func TestParseDateOrder(t *testing.T) {
	if got, err := ParseDateOrder(" DMY "); err != nil || got != DMY {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := ParseDateOrder("european"); err == nil {
		t.Error("an unknown order was accepted")
	}
}
