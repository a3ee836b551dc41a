package page

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"worth/internal/workspace"
	"worth/ui/keys"
)

func samplePeople() peopleData {
	day := time.Date(2026, 11, 1, 9, 30, 0, 0, time.UTC)
	later := day.AddDate(0, 0, 3)
	return peopleData{
		suggested: workspace.Suggestions{Total: 812, Pairs: []workspace.Suggestion{
			{
				Score: 0.95, Evidence: []string{"the same name", "e-mail addresses a letter or two apart", "the same city"},
				One: workspace.Side{
					CustomerID: "c-00044", Name: "Ada Invented", Email: "ada.invented@example.com", Phone: "13800138000", Birth: "1980-01-02", City: "Leith",
					Country: "GB", Orders: 14, NetRevenue: money(2310.5), FirstOrder: "2024-05-02", LastOrder: "2026-09-30",
				},
				Other: workspace.Side{
					CustomerID: "k-71", Name: "ada invented", Email: "ada.inventd@example.com", City: "Leith", Country: "GB", Orders: 2,
					NetRevenue: money(88), FirstOrder: "2026-01-02", LastOrder: "2026-02-03",
				},
			},
			{
				Score: 0.6, Evidence: []string{"the same mailbox, domains a letter or two apart"},
				One:   workspace.Side{CustomerID: "cy@gmail.com", Email: "cy@gmail.com", Orders: 1, NetRevenue: money(12)},
				Other: workspace.Side{CustomerID: "cy@gmial.com\x1b[31m", Email: "cy@gmial.com", Orders: 1, NetRevenue: money(9)},
			},
		}},
		merges: workspace.Merges{Total: 3, List: []workspace.Merge{
			{Number: 3, State: workspace.MergeRefused, Rule: "hand", CustomerID: "c-7", Others: []string{"客户八"}, DecidedAt: later},
			{Number: 2, State: workspace.MergeUndone, Rule: "phone", Value: "13800138000", CustomerID: "c-1", Others: []string{"c-2"}, DecidedAt: day, UndoneAt: &later},
			{Number: 1, State: workspace.MergeMade, Rule: "e-mail", Value: "bea@example.com", CustomerID: "c-3", Others: []string{"k-1", "k-2"}, DecidedAt: day},
		}},
	}
}

func peopleSample(t testing.TB, env *Env) *people {
	t.Helper()
	p, _ := NewPeople(env).(*people)
	p.Init()
	answered(p, &p.inquiry, samplePeople(), nil)
	return p
}

func peopleSamples(t testing.TB, env *Env) map[string]Page {
	t.Helper()
	merged, none, waiting, failed := peopleSample(t, env), peopleSample(t, env), peopleSample(t, env), peopleSample(t, env)
	merged.Do(keys.NextPane)
	merged.Do(keys.Down)
	none.show(peopleData{})
	waiting.ready = false
	waiting.Init()
	failed.ready = false
	failed.Init()
	answered(failed, &failed.inquiry, peopleData{}, errors.New("the disk is full"))
	return map[string]Page{"people": peopleSample(t, env), "people-merged": merged, "people-none": none, "people-waiting": waiting, "people-failed": failed}
}

func TestPeopleReasons(t *testing.T) {
	p := peopleSample(t, sampleEnv(t))
	if p.Reason(cmdAccept) != "" || p.Reason(cmdRefuse) != "" || p.Reason(cmdUndo) == "" {
		t.Error("a suggested pair cannot be decided on")
	}
	p.Do(keys.NextPane)
	if p.Reason(cmdAccept) == "" || p.Reason(cmdUndo) != "" {
		t.Error("a refusal cannot be taken back")
	}
	p.Do(keys.Down)
	if p.Reason(cmdUndo) == "" || p.Do(cmdUndo) != nil {
		t.Error("what was taken back can be taken back again")
	}
	p.Do(keys.Last)
	if m, ok := p.merge(); !ok || m.Number != 1 {
		t.Errorf("the last is %+v", m)
	}
	if d := keys.Join(p.Keys(), keys.Global().Without(keys.NextPane, keys.PreviousPane)).Duplicates(); len(d) > 0 {
		t.Errorf("bound twice: %v", d)
	}
}

func TestPeopleMasked(t *testing.T) {
	env := sampleEnv(t)
	p := peopleSample(t, env)
	for _, secret := range []string{"Ada Invented", "ada.invented@", "13800138000", "1980", "Leith"} {
		if strings.Contains(p.View(120, 37), secret) {
			t.Errorf("%s is shown", secret)
		}
	}
	env.Revealed = true
	if !strings.Contains(p.View(120, 37), "Ada Invented") {
		t.Error("what is revealed is not shown")
	}
}

// A decision runs off the update loop, says what came of it and lets every page
// ask anew.
func TestPeopleDecide(t *testing.T) {
	p := peopleSample(t, sampleEnv(t))
	if p.Do(cmdAccept) == nil || p.Busy() == "" {
		t.Fatal("nothing is done")
	}
	if p.Reason(cmdRefuse) == "" || p.Do(cmdRefuse) != nil {
		t.Error("two decisions at a time")
	}
	cmd := p.Update(reply[string]{generation: p.decision.generation, value: "done"})
	var got []tea.Msg
	if batch, ok := cmd().(tea.BatchMsg); ok {
		for _, c := range batch {
			got = append(got, c())
		}
	}
	if !slices.Contains(got, tea.Msg(Changed{})) || !slices.Contains(got, tea.Msg(Notice{Text: "done"})) || p.Busy() != "" {
		t.Errorf("sent %v", got)
	}
	if p.Update(reply[string]{generation: p.decision.generation - 1, value: "late"}) != nil {
		t.Error("a late reply was used")
	}
	p.Do(cmdRefuse)
	if !p.Cancel() || p.Cancel() {
		t.Error("a decision cannot be cancelled once")
	}
	notice, _ := p.Update(reply[string]{generation: p.decision.generation, err: context.Canceled})().(Notice)
	if notice.Bad || notice.Text == "" {
		t.Errorf("said %+v", notice)
	}
	p.Do(cmdRefuse)
	if notice, _ := p.Update(reply[string]{generation: p.decision.generation, err: errors.New("no")})().(Notice); !notice.Bad {
		t.Errorf("said %+v", notice)
	}
}
