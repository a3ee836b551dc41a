package intake

// beside is something read in Go while the database does its own work.
type beside[T any] struct {
	done  chan struct{} // closed when the fields below are set
	value T
	err   error
}

// startBeside does something in a goroutine of its own.
func startBeside[T any](do func() (T, error)) *beside[T] {
	b := &beside[T]{done: make(chan struct{})}
	go func() {
		defer close(b.done)
		b.value, b.err = do()
	}()
	return b
}

// wait returns what was read once it is there.
func (b *beside[T]) wait() (T, error) {
	<-b.done
	return b.value, b.err
}
