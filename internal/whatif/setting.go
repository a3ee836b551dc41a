package whatif

import (
	"encoding/json"
	"math"

	"worth/internal/i18n"
)

// How is how a setting changes the baseline.
type How int

// The ways.
const (
	To    How = iota // the value itself
	By               // the baseline's value and so much
	Times            // the baseline's value times so much
)

// Setting is what a lever is set to, in the lever's unit; as a factor for Times. As JSON
// it is an object such as {"to": 0.35}, {"by": 0.03} or {"times": 1.2}.
type Setting struct {
	How   How
	Value float64
}

// of returns what a setting makes of the baseline's value.
func (s Setting) of(base float64) float64 {
	switch s.How {
	case By:
		return base + s.Value
	case Times:
		return base * s.Value
	default:
		return s.Value
	}
}

// howKeys are the names of the ways in JSON.
var howKeys = [...]string{To: "to", By: "by", Times: "times"}

// MarshalJSON writes the setting. It fails if that is none.
func (s Setting) MarshalJSON() ([]byte, error) {
	if s.How < 0 || int(s.How) >= len(howKeys) {
		return nil, i18n.Errorf("a setting is made in a way that is not known, number %d", int(s.How))
	}
	data, err := json.Marshal(map[string]float64{howKeys[s.How]: s.Value})
	if err != nil {
		return nil, i18n.Errorf("the setting cannot be written: %v", err)
	}
	return data, nil
}

// UnmarshalJSON reads a setting.
func (s *Setting) UnmarshalJSON(data []byte) error {
	var object map[string]float64
	if err := json.Unmarshal(data, &object); err != nil {
		return i18n.Errorf("a setting must be an object such as {\"to\": 0.35}, not %s: %v", string(data), err)
	}
	for how, key := range howKeys {
		if value, ok := object[key]; ok && len(object) == 1 {
			*s = Setting{How(how), value}
			return nil
		}
	}
	return i18n.Errorf("a setting must have one of to, by and times, as in {\"to\": 0.35}, not %s", string(data))
}

// mostSetting bounds what can be typed at all.
const mostSetting = 1e12

// finite reports whether a typed number can be meant.
func finite(v float64) bool { return math.Abs(v) <= mostSetting }
