package badluck_test

import (
	"sync"

	"bedside/store"
	"bedside/store/storetest"
)

// death says when a process dies by itself; the zero value is never.
type death struct {
	write   int // in the n-th write, counted from 1
	how     storetest.How
	request int  // at the n-th request to TrueConf, counted from 1
	after   bool // when TrueConf has done what was asked
}

// life is one process: its store and its line die together.
type life struct {
	*storetest.Crashed
	at death

	mu       sync.Mutex
	requests int
	last     bool // the request under way is the deadly one
}

func newLife(disk store.Store, at death) *life {
	return &life{Crashed: storetest.Crashing(disk, at.write-1, at.how), at: at}
}

func (l *life) dead() <-chan struct{} { return l.Dead() }

func (l *life) isDead() bool {
	select {
	case <-l.Dead():
		return true
	default:
		return false
	}
}

// asks counts a request that is about to leave; false: it never does.
func (l *life) asks() bool {
	l.mu.Lock()
	l.requests++
	deadly := l.requests == l.at.request
	l.last = l.last || deadly && l.at.after
	l.mu.Unlock()
	if deadly && !l.at.after {
		l.Kill()
	}
	return !l.isDead()
}

// hears is asked when an answer has come; false: nobody is there to read it.
func (l *life) hears() bool {
	l.mu.Lock()
	deadly := l.last
	l.mu.Unlock()
	if deadly {
		l.Kill()
	}
	return !l.isDead()
}

func (l *life) asked() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.requests
}
