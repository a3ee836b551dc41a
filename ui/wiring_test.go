package ui

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/teatest/v2"
)

// TestRunsInATerminal starts the program, resizes it and leaves it.
func TestRunsInATerminal(t *testing.T) {
	r := newRoot(context.Background(), emptyShop(t), Options{Theme: "plain"})
	t.Cleanup(r.stack.forget)
	tm := teatest.NewTestModel(t, r, teatest.WithInitialTermSize(80, 24))
	wait := func(text string) {
		t.Helper()
		teatest.WaitFor(t, tm.Output(), func(out []byte) bool { return bytes.Contains(out, []byte(text)) }, teatest.WithDuration(20*time.Second))
	}
	wait("there are no orders to analyse")
	tm.Send(tea.WindowSizeMsg{Width: 100, Height: 44})
	tm.Type("?")
	wait("show all keys")
	tm.Send(pressed("ctrl+c"))
	tm.WaitFinished(t, teatest.WithFinalTimeout(20*time.Second))
}

// failing is a program whose drawing fails.
type failing struct{ *root }

func (f failing) View() tea.View { panic("a page has a mistake") }

// TestPanicsAreErrors restores the terminal after a mistake of the program.
func TestPanicsAreErrors(t *testing.T) {
	r := newRoot(context.Background(), emptyShop(t), Options{Theme: "plain"})
	t.Cleanup(r.stack.forget)
	var out bytes.Buffer
	_, err := tea.NewProgram(failing{r}, tea.WithInput(nil), tea.WithOutput(&out), tea.WithoutSignalHandler()).Run()
	if !errors.Is(err, tea.ErrProgramPanic) {
		t.Errorf("a panic ends in %v", err)
	}
}
