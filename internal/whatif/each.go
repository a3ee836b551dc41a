package whatif

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"worth/internal/i18n"
)

// chunkSize is how many customers or histories are worked on at a time. Sums are taken
// by chunk and then in the order of the chunks, so that they do not depend on the number
// of processors.
const chunkSize = 8192

// chunks returns how many chunks of size n things make.
func chunks(n, size int) int { return (n + size - 1) / size }

// each calls work for every chunk of at most size in 0..n, on all processors, and
// returns when all are done, or early, with a sentence, when ctx is.
func each(ctx context.Context, n, size int, work func(chunk, lo, hi int)) error {
	count := chunks(n, size)
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(count, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for c := int(next.Add(1)) - 1; c < count && ctx.Err() == nil; c = int(next.Add(1)) - 1 {
				work(c, c*size, min((c+1)*size, n))
			}
		})
	}
	group.Wait()
	return stopped(ctx)
}

// stopped returns a sentence if ctx is done.
func stopped(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return i18n.Errorf("the calculation was stopped: %v", err)
	}
	return nil
}

// part returns the progress of a step that takes p from one share to another.
func (p Progress) part(from, to float64) Progress {
	return func(done float64) { p.tell(from + (to-from)*done) }
}

// tell calls p if there is one.
func (p Progress) tell(done float64) {
	if p != nil {
		p(done)
	}
}
