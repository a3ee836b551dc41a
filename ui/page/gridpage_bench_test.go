package page

import (
	"testing"

	"worth/ui/keys"
)

// BenchmarkGridPage is a key and the view after it at 200×60 over a million rows:
// a line down, and a page down, for which rows may have to be read first.
func BenchmarkGridPage(b *testing.B) {
	for _, command := range []string{keys.Down, keys.PageDown} {
		b.Run(command, func(b *testing.B) {
			p, _ := newFakePage(b, 1_000_000)
			p.View(200, 60)
			gridDrain(b, p, p.Update(nil))
			b.ReportAllocs()
			for b.Loop() {
				if row, _ := p.grid.Cursor(); row == p.grid.Len()-1 {
					p.grid.Goto(0)
				}
				gridDrain(b, p, p.Do(command))
				p.View(200, 60)
			}
		})
	}
}

// BenchmarkGridPageSearch looks through a million rows for nothing.
func BenchmarkGridPageSearch(b *testing.B) {
	p, _ := newFakePage(b, 1_000_000)
	p.grid.SetQuery("nobody")
	b.ReportAllocs()
	for b.Loop() {
		gridDrain(b, p, p.Do(keys.SearchNext))
	}
}

// BenchmarkCustomer is a key and the view after it on the page of one person.
func BenchmarkCustomer(b *testing.B) {
	env := shopEnv(b)
	c := shopCustomer(b, env, "t-002")
	c.View(200, 60)
	gridDrain(b, c, c.Update(nil))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		command := keys.Down
		if i/30%2 == 1 {
			command = keys.Up
		}
		gridDrain(b, c, c.Do(command))
		c.View(200, 60)
	}
}
