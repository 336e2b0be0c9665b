package web

import (
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCrewStaysAsLongAsItIsNeeded(t *testing.T) {
	var c crew
	begun, hold := make(chan struct{}), make(chan struct{})
	together := func(n int) {
		var all sync.WaitGroup
		all.Add(n)
		for range n {
			c.do(func() { begun <- struct{}{}; <-hold; all.Done() })
		}
		for range n {
			<-begun // all at once: none waits for another
		}
		for range n {
			hold <- struct{}{}
		}
		all.Wait()
	}
	idle := func() int {
		c.mu.Lock()
		defer c.mu.Unlock()
		return len(c.idle)
	}
	settled := func(n int) {
		for idle() != n {
			runtime.Gosched()
		}
	}
	together(8)
	settled(8)
	c.rest() // they have just been needed
	require.Equal(t, 8, idle())
	together(3)
	settled(8)
	c.rest()
	require.Equal(t, 3, idle())
	c.rest()
	require.Zero(t, idle())

	together(2)
	c.close()
	require.Zero(t, idle())
	done := make(chan struct{})
	c.do(func() { close(done) })
	<-done
	c.all.Wait()
}
