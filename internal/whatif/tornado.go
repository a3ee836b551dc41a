package whatif

import (
	"cmp"
	"context"
	"slices"
)

// Tornado returns what each lever does to equity when it is moved for everyone by its
// large step up and down from where it stands in the scenario, the widest bar first.
// Segments with a setting of their own keep it. Lifetime and dropout are left out: they
// are retention by other names. So are levers of word of mouth while it counts nothing.
func (m *Model) Tornado(ctx context.Context, s Scenario, progress Progress) ([]Bar, error) {
	var bars []Bar
	p, err := m.planned(ctx, s, nil)
	if err != nil {
		return nil, err
	}
	for i, lever := range Levers {
		progress.tell(float64(i) / float64(len(Levers)))
		idle := lever.Aside() || lever.Chained() && !weighs(p.scopes())
		if lever == Lifetime || lever == Dropout || idle || m.Spec(Everyone, lever).Off != "" {
			continue
		}
		bar, err := m.bar(ctx, s, lever)
		if err != nil {
			return nil, err
		}
		bars = append(bars, bar)
	}
	progress.tell(1)
	slices.SortStableFunc(bars, func(a, b Bar) int { return cmp.Compare(b.Width(), a.Width()) })
	return bars, nil
}

// bar returns what a lever does to equity.
func (m *Model) bar(ctx context.Context, s Scenario, lever Lever) (Bar, error) {
	position, err := m.Position(ctx, s, Everyone, lever)
	if err != nil {
		return Bar{}, err
	}
	bar := Bar{Lever: lever, At: position.At, Low: position.hold(position.At - position.Large), High: position.hold(position.At + position.Large)}
	for i, value := range []float64{bar.Low, bar.High} {
		if bar.Equity[i], err = m.equity(ctx, m.place(s, position.Spec, Everyone, value)); err != nil {
			return Bar{}, err
		}
	}
	return bar, nil
}
