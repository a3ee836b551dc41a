package intake

import "testing"

func TestNormaliseID(t *testing.T) {
	for cell, want := range map[string]string{
		"00001": "00001", "17850.0": "17850", "17850.00": "17850", "-1.0": "-1", "17850.5": "17850.5", "C536379": "C536379",
		" 12 ": "12", "\t6917000000000000001": "6917000000000000001", "'9000000000001": "9000000000001", `="123"`: "123",
		"\ufeff7": "7", "12E5": "12E5", "1e5": "1e5", "": "", "NULL": "", "-": "", "——": "", "n/a": "", "a b": "a b", "123456789012345678.0": "123456789012345678",
	} {
		if got, reason := NormaliseID(cell); got != want || reason != "" {
			t.Errorf("%q: %q, %q; want %q", cell, got, reason, want)
		}
	}
	for _, cell := range []string{"1.03E+19", "6.9e+18", "1E+19"} {
		if got, reason := NormaliseID(cell); got != "" || reason == "" {
			t.Errorf("%q was accepted as %q", cell, got)
		}
	}
}

func TestMasked(t *testing.T) {
	for cell, want := range map[string]bool{
		"186******05": true, "##x9": true, "$$x9": true, "18600000005": false, "a*b": false, "": false,
	} {
		if got := Masked(cell); got != want {
			t.Errorf("%q: %v", cell, got)
		}
	}
}
