package page

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/screen"
)

// TestSnapshotCommands gives commands to the list.
func TestSnapshotCommands(t *testing.T) {
	env := sampleEnv(t)
	p := listSample(t, env, 4)
	title := func(cmd tea.Cmd) string {
		t.Helper()
		open, ok := sentBy(cmd).(OpenPage)
		if !ok {
			t.Fatalf("opens %v", sentBy(cmd))
		}
		defer open.Page.Close()
		return open.Page.Title()
	}
	if got := title(p.Do(keys.Open)); !strings.HasPrefix(got, "month 0") {
		t.Errorf("Enter opens %q", got)
	}
	if got := title(p.Do(cmdDiff)); !strings.HasPrefix(got, "month 0") || !strings.HasSuffix(got, "→ now") {
		t.Errorf("without a mark d compares %q", got)
	}
	p.Do(keys.Last)
	p.Do(keys.Mark)
	p.Do(keys.First)
	if got := title(p.Do(cmdDiff)); !strings.HasPrefix(got, "month 3") || !strings.HasSuffix(got, "→ now") {
		t.Errorf("with one mark d compares %q", got)
	}
	p.Do(keys.Mark)
	if got := title(p.Do(cmdDiff)); !strings.HasPrefix(got, "month 0") || !strings.Contains(got, "→ month 3") {
		t.Errorf("with two marks d compares %q", got)
	}
	p.Do(keys.Down)
	p.Do(keys.Mark)
	if p.Reason(cmdDiff) == "" {
		t.Error("three snapshots can be compared")
	}
	ask, ok := sentBy(p.Do(cmdDeleteSnapshot)).(OpenOverlay)
	if !ok {
		t.Fatal("deleting is not confirmed")
	}
	if cmd, _ := ask.Overlay.Key(gridKey("n")); cmd != nil {
		t.Error("any key deletes")
	}
	run, ok := sentBy(first(ask.Overlay.Key(gridKey("y")))).(Run)
	if name, found := strings.CutPrefix(run.ID, cmdTakeAway); !ok || !found || !strings.HasPrefix(name, "month 1") {
		t.Errorf("y sends %v", run)
	}
	none := listSample(t, env, 0)
	for _, id := range []string{cmdDiff, cmdDeleteSnapshot, cmdWriteSnapshot, cmdRenameSnapshot, cmdNoteSnapshot, cmdNow} {
		if none.Reason(id) == "" {
			t.Errorf("%s can be done without a snapshot", id)
		}
	}
	if none.Reason(cmdSeries) != "" || none.Reason(cmdImportSnapshot) != "" {
		t.Error("nothing can be begun without a snapshot")
	}
}

func first[A, B any](a A, _ B) A { return a }

// TestFormDialogKeepsWhatWasTyped works on what was typed, and stays open while it is
// wrong.
func TestFormDialogKeepsWhatWasTyped(t *testing.T) {
	env := sampleEnv(t)
	path := filepath.Join(t.TempDir(), "there"+snapshotEnding)
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := newWriteSnapshot(env, "none").(*formDialog)
	d.form.SetValue(fieldPath, " ")
	if cmd, closed := d.Key(gridKey("ctrl+s")); cmd != nil || closed {
		t.Error("a file without a name is written")
	}
	write := func() {
		t.Helper()
		d.form.SetValue(fieldPath, path)
		cmd, closed := d.Key(gridKey("ctrl+s"))
		if closed || cmd == nil {
			t.Fatal("nothing is written")
		}
		d.Update(sentBy(cmd))
	}
	if write(); !strings.Contains(d.problem, "exists") {
		t.Errorf("a file that exists: %q", d.problem)
	}
	if write(); !strings.Contains(d.problem, "there is no snapshot") {
		t.Errorf("the second time: %q", d.problem)
	}
	started, _ := d.Key(gridKey("ctrl+s"))
	if d.Busy() == "" || started == nil {
		t.Fatal("it does not work")
	}
	if _, closed := d.Key(gridKey("esc")); closed || d.Cancel() {
		t.Error("Esc leaves the dialog instead of what it works on")
	}
	d.Update(reply[formDone]{generation: d.working.generation, err: context.Canceled})
	if !strings.Contains(d.problem, "stopped") || d.Busy() != "" {
		t.Errorf("after stopping: %q", d.problem)
	}
	if _, closed := d.Key(gridKey("esc")); !closed {
		t.Error("Esc does not leave the dialog")
	}
}

// TestSavings asks every page what it would keep.
func TestSavings(t *testing.T) {
	env := sampleEnv(t)
	customers, _ := NewCustomers(env, workspace.View{Segment: "Loyal", R: 3}, "Loyal").(*GridPage)
	shop := &fakeShop{n: 7}
	customers.open = shop.open
	if _, why := SavingOf(customers); why == "" {
		t.Error("a grid can be kept before it has rows")
	}
	gridSettled(t, customers, customers.Init())
	customers.query = gridQuery{sort: "orders", desc: true, filter: "orders >= 3"}
	plain := NewGridPage(env, "plain", shop.open, nil)
	gridSettled(t, plain, plain.Init())
	plain.show([]string{"id", "score"})
	for name, tt := range map[string]struct {
		p    Page
		want snapshot.Question
		rows int
	}{
		"overview":  {overviewSample(t, env), snapshot.Question{Page: snapshot.Overview}, 0},
		"segments":  {segmentsSample(t, env), snapshot.Question{Page: snapshot.Segments}, 0},
		"customers": {customers, snapshot.Question{Page: snapshot.Customers, Segment: "Loyal", R: 3, Sort: "orders", Desc: true, Filter: "orders >= 3"}, 0},
		"quality":   {qualitySample(t, env), snapshot.Question{Page: placeQuality}, 1},
		"grid":      {plain, snapshot.Question{Page: "rows"}, 7},
		"series":    {trendSample(t, env), snapshot.Question{Page: snapshot.Series}, 54},
	} {
		s, why := SavingOf(tt.p)
		if why != "" {
			t.Errorf("%s: %s", name, why)
			continue
		}
		req, err := s.Request(t.Context())
		if err != nil || req.Question != tt.want || s.What == "" {
			t.Errorf("%s keeps %+v of %q, %v", name, req.Question, s.What, err)
		}
		if req.Question.Asks() != (req.Table == nil) {
			t.Errorf("%s: the rows are %v", name, req.Table)
		}
		if req.Table != nil && len(req.Table.Rows) != tt.rows {
			t.Errorf("%s keeps %d rows, want %d", name, len(req.Table.Rows), tt.rows)
		}
	}
	s, _ := plain.Saving()
	req, err := s.Request(t.Context())
	if err != nil || len(req.Table.Columns) != 2 || !slices.Equal(req.Key, []string{"id"}) {
		t.Errorf("a grid keeps %+v, key %v, %v", req.Table.Columns, req.Key, err)
	}
	for name, p := range map[string]Page{"list": listSample(t, env, 1), "saved": savedPageWith(t, env), "diff": diffSample(t, env, sampleDiff()), "start": startSample(t, env)} {
		if _, why := SavingOf(p); why == "" {
			t.Errorf("%s can be kept", name)
		}
	}
}

// savedPageWith is a snapshot whose grid says why it cannot be kept again.
func savedPageWith(t testing.TB, env *Env) Page {
	t.Helper()
	p := savedSample(t, env)
	WithoutSaving("it is saved already")(p.grid)
	return p
}

// TestDiffLinesAddUp checks the parts of lines, and where a whole change is put.
func TestDiffLinesAddUp(t *testing.T) {
	m := &workspace.Measure{Column: tabular.Column{Name: "n", Kind: tabular.Float}}
	c := workspace.Difference{Key: "a", Was: true, Stands: true, Measure: m, Before: -10.0, After: 20.0, Change: 30.0, Parts: [3]any{10.0, 15.0, 5.0}}
	row, right := diffLine(c, "")
	if !right || row[8] != 3.0 {
		t.Errorf("%v adds up: %v", row, right)
	}
	c.Parts[1] = 14.0
	if _, right := diffLine(c, ""); right {
		t.Error("29 is taken for 30")
	}
	if row, right := diffLine(c, snapshot.Rules); !right || row[5] != nil || row[6] != 30.0 || row[7] != nil {
		t.Errorf("all by rules is %v", row)
	}
	if row, _ := diffLine(c, snapshot.Whole); row[5] != nil || row[6] != nil || row[7] != nil {
		t.Errorf("a change that cannot be split is %v", row)
	}
	text := workspace.Difference{Key: "a", Was: true, Measure: &workspace.Measure{Column: tabular.Column{Name: "segment"}}, Before: "Loyal"}
	if row, right := diffLine(text, ""); !right || row[2] != "Loyal" || row[3] != nil || row[9] != "gone" {
		t.Errorf("a row that is gone is %v", row)
	}
}

// TestDiffChoosesMeasures narrows the lines to a measure and widens them again.
func TestDiffChoosesMeasures(t *testing.T) {
	p := diffSample(t, sampleEnv(t), sampleDiff())
	all := p.grid.grid.Len()
	if _, ok := sentBy(p.Do(cmdDiffMeasure)).(OpenOverlay); !ok {
		t.Fatal("no measures are offered")
	}
	gridDrain(t, p, p.Do(cmdTakeMeasure+"customers"))
	if got := p.grid.grid.Len(); got != 2 || p.Place().View.Segment != "customers" {
		t.Errorf("%d lines of customers", got)
	}
	gridDrain(t, p, p.Do(cmdTakeMeasure))
	if got := p.grid.grid.Len(); got != all {
		t.Errorf("%d lines of all %d", got, all)
	}
	p.Init()
	if !p.stale || p.Busy() != "" {
		t.Error("a comparison is made again by itself")
	}
	gridDrain(t, p, p.grid.Do(keys.SortDescending))
	if text := screen.Text(p.View(160, 40), 160, 40); !strings.Contains(text, "r compares again") || !strings.Contains(text, "add up to the change ✓") {
		t.Errorf("the page does not say what it is:\n%s", text)
	}
}

// TestDiffCanBeCancelled stops a comparison and a matrix.
func TestDiffCanBeCancelled(t *testing.T) {
	env := sampleEnv(t)
	p := newDiff(env, "Monday", snapshot.Now)
	p.Init()
	if p.Busy() == "" || !p.Cancel() {
		t.Fatal("a comparison cannot be stopped")
	}
	answered(p, &p.inquiry, comparison{}, context.Canceled)
	if text := screen.Text(p.View(80, 21), 80, 21); !strings.Contains(text, "stopped") {
		t.Errorf("after stopping:\n%s", text)
	}
	if cmd := p.Do(cmdRetry); cmd == nil || p.Busy() == "" {
		t.Error("r does not compare again")
	}
	p.Close()
	m := migrationSample(t, env, cellShares)
	if m.Do(cmdRequantile) == nil || !m.matrix.requantile || !m.Cancel() {
		t.Error("a matrix cannot be made again and stopped")
	}
	m.Update(reply[*snapshot.Matrix]{generation: m.matrix.generation, err: context.Canceled})
	if text := screen.Text(m.View(80, 21), 80, 21); !strings.Contains(text, "stopped") {
		t.Errorf("after stopping:\n%s", text)
	}
}

// TestMigrationReadsOut goes through the cells of a matrix.
func TestMigrationReadsOut(t *testing.T) {
	p := migrationSample(t, sampleEnv(t), cellCustomers)
	view := func() string { return screen.Text(p.View(120, 37), 120, 37) }
	if text := view(); !strings.Contains(text, "Champions → Loyal: 188 of 312, 60.3 %") {
		t.Errorf("the cell is not read out:\n%s", text)
	}
	p.Do(cmdMatrixCells)
	if text := view(); !strings.Contains(text, "60 %") {
		t.Errorf("no shares:\n%s", text)
	}
	p.Do(cmdMatrixCells)
	if text := view(); !strings.Contains(text, "+24.6 k") {
		t.Errorf("no value moved:\n%s", text)
	}
	if _, ok := sentBy(p.Do(keys.Export)).(OpenOverlay); !ok {
		t.Error("the matrix cannot be exported")
	}
	other := sampleDiff()
	other.after.Question = snapshot.Question{Page: snapshot.Overview}
	if q := diffSample(t, sampleEnv(t), other); q.Reason(keys.NextPane) == "" {
		t.Error("an overview migrates")
	}
}

// TestTrendShowsWhatIsUnderTheCursor moves through segments, measures and figures.
func TestTrendShowsWhatIsUnderTheCursor(t *testing.T) {
	p := trendSample(t, sampleEnv(t))
	name := func() string { return p.chart.Series[0].Name }
	if name() != "all customers · customers" || len(p.chart.Series) != 1 {
		t.Errorf("at first %q", name())
	}
	p.Do(keys.Down)
	p.Do(cmdTakeTrend + "net_revenue")
	if name() != "Champions · net revenue" || p.chart.Series[0].Points[0].Y != 30_000 {
		t.Errorf("then %q, %v", name(), p.chart.Series[0].Points[0])
	}
	open, ok := sentBy(p.Do(keys.Open)).(OpenPage)
	if !ok || open.Page.Title() != "Champions" {
		t.Error("Enter does not open the segment")
	}
	open.Page.Close()
	p.Do(keys.NextPane)
	if name() != "all customers · AOV/yr" || len(p.chart.Series) != 2 {
		t.Errorf("of the figures %q", name())
	}
	p.Do(keys.Last)
	if len(p.chart.Series) != 1 { // nothing is known of it
		t.Error("nothing leads somewhere")
	}
	kept := newTrend(p.env, workspace.SeriesRequest{})
	kept.Restore(p.Place())
	if kept.request != p.request || kept.measure != "net_revenue" || kept.pane != paneTrend {
		t.Errorf("restored as %+v", kept.request)
	}
	p.Init()
	if !p.stale || p.Busy() != "" {
		t.Error("a series is made again by itself")
	}
}

// TestSnapshotKeys holds that no key of these pages stands for two commands.
func TestSnapshotKeys(t *testing.T) {
	for name, p := range snapshotSamples(t, sampleEnv(t)) {
		if twice := p.Keys().Duplicates(); len(twice) > 0 {
			t.Errorf("%s binds %q twice", name, twice)
		}
	}
}

// TestSeriesDialog reads how many dates a series has.
func TestSeriesDialog(t *testing.T) {
	for text, want := range map[string]int{"": 0, "8": 8, "600": 600} {
		if n, err := parseCountOf(text); err != nil || n != want {
			t.Errorf("%q is %d, %v", text, n, err)
		}
	}
	for _, text := range []string{"0", "-1", "601", "many", "1.5"} {
		if checkCount(text) == nil {
			t.Errorf("%q dates", text)
		}
	}
	d, _ := newSeriesDialog(sampleEnv(t)).(*formDialog)
	d.form.SetValue(fieldEvery, "quarter")
	d.form.SetValue(fieldCount, "6")
	d.form.SetValue(fieldCuts, "own")
	cmd, _ := d.Key(gridKey("ctrl+s"))
	batch, _ := sentBy(d.Update(sentBy(cmd))).(tea.BatchMsg)
	for _, c := range batch {
		if open, ok := c().(OpenPage); ok {
			p, _ := open.Page.(*trend)
			if want := (workspace.SeriesRequest{Every: snapshot.Quarter, Count: 6, Requantile: true}); p.request != want {
				t.Errorf("makes %+v", p.request)
			}
			return
		}
	}
	t.Errorf("opens nothing: %v", batch)
}

// TestSnapshotPlaces returns to pages of snapshots.
func TestSnapshotPlaces(t *testing.T) {
	env := sampleEnv(t)
	now := newSnapshot(env, "Monday")
	now.now = true
	for name, p := range map[string]Keeper{"saved": savedSample(t, env), "now": now, "diff": migrationSample(t, env, cellCustomers), "trend": trendSample(t, env), "saved trend": newSavedTrend(env, "Monday")} {
		at := p.Place()
		again, ok := OpenAt(env, at, nil).(Keeper)
		if !ok {
			t.Errorf("%s cannot be returned to from %+v", name, at)
			continue
		}
		if again.Title() != p.Title() || again.Place().Pane != at.Pane {
			t.Errorf("%s is returned to as %q, pane %d", name, again.Title(), again.Place().Pane)
		}
		again.Close()
	}
}
