package workspace

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"worth/internal/duck"
	"worth/internal/tabular"
)

// Asked is a question that was put to the database for an answer: where a number
// comes from.
type Asked struct {
	Name       string      // of the query, such as ask/overview
	Question   string      // what it answers, with its parameters and columns
	SQL        string      // as it was sent
	Parameters []Parameter // the values bound in it, by name
}

// Script returns the question as an analyst's own query, with its values as
// comments that can be changed.
func (a Asked) Script() string { return script(a.Name, a.Question, a.SQL, a.Parameters) }

// Trace notes every question asked under its context. It may be used by several
// goroutines.
type Trace struct {
	mu    sync.Mutex
	asked []Asked
}

type traceKey struct{}

// Tracing returns a context under which the workspace notes what it asks.
func Tracing(ctx context.Context) (context.Context, *Trace) {
	t := &Trace{}
	return context.WithValue(ctx, traceKey{}, t), t
}

// Asked returns what was asked so far, in order.
func (t *Trace) Asked() []Asked {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.asked)
}

// Named returns the questions of a name among those asked.
func Named(asked []Asked, name string) (Asked, bool) {
	i := slices.IndexFunc(asked, func(a Asked) bool { return a.Name == name })
	if i < 0 {
		return Asked{}, false
	}
	return asked[i], true
}

// trace notes a question if somebody wants to know. What cannot be rendered fails
// where it is asked.
func trace(ctx context.Context, c duck.Call) {
	t, ok := ctx.Value(traceKey{}).(*Trace)
	if !ok {
		return
	}
	text, err := duck.Render(c)
	if err != nil {
		return
	}
	a := Asked{Name: c.Name, Question: question(c.Name), SQL: text.SQL}
	for name, value := range text.Args {
		a.Parameters = append(a.Parameters, Parameter{Name: name, Value: value, Kind: kindOfValue(value)})
	}
	slices.SortFunc(a.Parameters, func(a, b Parameter) int { return cmp.Compare(a.Name, b.Name) })
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked = append(t.asked, a)
}

// kindOfValue returns the kind in which a bound value is written.
func kindOfValue(value any) tabular.Kind {
	switch value.(type) {
	case int64, int:
		return tabular.Integer
	case float64, tabular.Decimal:
		return tabular.Float
	case bool:
		return tabular.Boolean
	case time.Time:
		return tabular.Time
	}
	return tabular.Text
}
