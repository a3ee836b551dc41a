package clv

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"worth/internal/i18n"
)

// chunk is the half-open range lo..hi of something that is worked through.
type chunk struct{ lo, hi int }

// chunksOf returns the ranges of at most size that cover 0..n. They depend on n
// and size alone, so sums taken by range and then in the order of the ranges are
// the same whatever the number of threads.
func chunksOf(n, size int) []chunk {
	chunks := make([]chunk, 0, (n+size-1)/size)
	for lo := 0; lo < n; lo += size {
		chunks = append(chunks, chunk{lo, min(lo+size, n)})
	}
	return chunks
}

// eachTask calls work for the tasks 0..n on all processors and returns when all
// are done, or early, with a sentence, when ctx is.
func eachTask(ctx context.Context, n int, work func(task int)) error {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for task := int(next.Add(1)) - 1; task < n && ctx.Err() == nil; task = int(next.Add(1)) - 1 {
				work(task)
			}
		})
	}
	group.Wait()
	if err := context.Cause(ctx); err != nil {
		return i18n.Errorf("the calculation was stopped: %v", err)
	}
	return nil
}

// eachChunk calls work for every range of at most size in 0..n, as eachTask does.
func eachChunk(ctx context.Context, n, size int, work func(c chunk)) error {
	chunks := chunksOf(n, size)
	return eachTask(ctx, len(chunks), func(task int) { work(chunks[task]) })
}
