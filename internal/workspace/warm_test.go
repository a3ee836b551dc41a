package workspace

import "testing"

func TestNothingIsReadAheadOfAnEmptyWorkspace(t *testing.T) {
	w, err := Open(t.Context(), "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := w.Warm(t.Context()); err != nil {
		t.Errorf("a workspace nothing was loaded into is read ahead: %v", err)
	}
}
