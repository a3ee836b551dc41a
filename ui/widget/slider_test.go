package widget

import (
	"math"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/ui/theme"
)

// plainSliders are sliders without colours.
func plainSliders(rows ...Slider) *Sliders { return &Sliders{Theme: theme.NoColor(), Rows: rows} }

func strip(view string) string {
	for _, sequence := range []string{"\x1b[1m", "\x1b[4m", "\x1b[7m", "\x1b[m", "\x1b[0m"} {
		view = strings.ReplaceAll(view, sequence, "")
	}
	return view
}

func TestSliderDrawsWhereItStoodAndStands(t *testing.T) {
	for _, tt := range []struct {
		name string
		s    Slider
		want string
	}{
		{"unmoved", Slider{Label: "a", Base: 5, At: 5, High: 10, Value: "5"}, " a  ─────○─────5"},
		{"up", Slider{Label: "a", Base: 0, At: 6, High: 10, Value: "6"}, " a  ●━━━━━○──── 6"},
		{"down", Slider{Label: "a", Base: 8, At: 2, High: 10, Value: "2"}, " a  ──○━━━━━●── 2"},
		{"beyond the bounds", Slider{Label: "a", Base: -3, At: 99, High: 10, Value: "x"}, " a  ●━━━━━━━━━○ x"},
		{"no bounds", Slider{Label: "a", Base: 1, At: 2, Low: 1, High: 1, Value: "x"}, " a  ○────────── x"},
		{"no number", Slider{Label: "a", Base: math.NaN(), At: math.NaN(), High: 1, Value: "x"}, " a  ○────────── x"},
		{"marked", Slider{Label: "a", Mark: "◆", Base: 10, At: 10, High: 10, Value: "x"}, " a◆ ──────────○ x"},
		{"off", Slider{Label: "a", Off: "not here"}, " a  not here"},
	} {
		got := strings.TrimRight(strip(plainSliders(tt.s).View(18, 1)), " ")
		if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(tt.want, " ", "") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSliderHitsGiveValues(t *testing.T) {
	s := plainSliders(
		Slider{Label: "even", Base: 5, At: 5, High: 10, Value: "5"},
		Slider{Label: "log", Base: 1, At: 1, Low: 0.01, High: 100, Value: "1"},
		Slider{Label: "off", Off: "not here"},
	)
	s.View(40, 5)
	from, last := s.track.from, s.track.from+s.track.width-1
	for _, tt := range []struct {
		x, y    int
		value   float64
		onTrack bool
	}{
		{from, 0, 0, true},
		{last, 0, 10, true},
		{last + 1, 0, 10, false},
		{0, 0, 0, false},
		{from, 1, 0.01, true},
		{last, 1, 100, true},
		{(from + last) / 2, 1, 1, true},
	} {
		row, value, onTrack, ok := s.Hit(tt.x, tt.y)
		if !ok || row != tt.y || math.Abs(math.Log((value+1e-9)/(tt.value+1e-9))) > 0.3 || onTrack != tt.onTrack {
			t.Errorf("(%d, %d) is slider %d at %v, on its track: %v; want %v, %v", tt.x, tt.y, row, value, onTrack, tt.value, tt.onTrack)
		}
	}
	if _, _, onTrack, ok := s.Hit(from, 2); onTrack || !ok {
		t.Error("a slider that is off has no track")
	}
	if _, _, _, ok := s.Hit(from, 3); ok {
		t.Error("there is no fourth slider")
	}
	s.View(0, 0)
	if _, _, _, ok := s.Hit(0, 0); ok {
		t.Error("nothing is drawn, and something hit")
	}
}

func TestSliderTrackRoundTrips(t *testing.T) {
	for _, s := range []Slider{{Low: 0, High: 10}, {Low: -1, High: 1}, {Low: 0.05, High: 20}} {
		for i := range 101 {
			share := float64(i) / 100
			if got := s.place(s.at(share)); math.Abs(got-share) > 1e-9 {
				t.Errorf("%v–%v: the value at %v stands at %v", s.Low, s.High, share, got)
			}
		}
	}
}

func TestSliderTyping(t *testing.T) {
	s := plainSliders(Slider{Label: "a", High: 10, Value: "5"}, Slider{Label: "b", Off: "not here"})
	s.Focused = true
	s.BeginTyping("1")
	for _, key := range []tea.KeyPressMsg{{Code: '2', Text: "2"}, {Code: '%', Text: "%"}, {Code: tea.KeyBackspace}} {
		if !s.Key(key) {
			t.Errorf("%s is not for typing", key)
		}
	}
	s.Insert("pt\x1b[31m")
	if s.Key(tea.KeyPressMsg{Code: tea.KeyEnter}) {
		t.Error("enter is the page's")
	}
	if got := s.Typed(); !strings.HasPrefix(got, "12pt") || strings.Contains(got, "\x1b") {
		t.Errorf("typed %q", got)
	}
	if view := strip(s.View(40, 2)); !strings.Contains(view, "12pt") {
		t.Errorf("what is typed is not seen:\n%s", view)
	}
	s.Move(+1)
	if s.Typing() || s.Key(tea.KeyPressMsg{Code: '2', Text: "2"}) {
		t.Error("moving does not end typing")
	}
	if s.BeginTyping("1"); s.Typing() {
		t.Error("a slider that is off can be typed into")
	}
}
