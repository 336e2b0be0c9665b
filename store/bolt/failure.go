package bolt

import (
	"fmt"
	"sync/atomic"

	"bedside/store"
)

// failure is why the store serves no more; the first reason stays.
type failure struct{ err atomic.Pointer[error] }

func (f *failure) set(err error) { f.err.CompareAndSwap(nil, &err) }

func (f *failure) get() error {
	if err := f.err.Load(); err != nil {
		return *err
	}
	return nil
}

// diskFailed is what everybody hears after a group failed as a whole.
func diskFailed(path string, cause error) error {
	return fmt.Errorf("%w: writing %s failed (%v); look at the disk, then start again", store.ErrClosed, path, cause)
}
