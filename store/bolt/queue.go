package bolt

import (
	"sync"

	"bedside/store"
)

// A group is bounded so that a burst does not make one huge transaction that
// all of its callers wait for.
const (
	maxGroup      = 1024
	maxGroupBytes = 8 << 20
)

// job is one caller's wish: a batch, a change of what is known of blobs, or an id to
// erase.
type job struct {
	batch  *prepared
	blobs  *blobJob
	erase  string
	answer chan error // buffered: the committer never waits for a caller
}

func (j *job) size() int {
	if j.batch == nil {
		return 0
	}
	return j.batch.size
}

// queue holds the jobs that wait for the committer. What push accepted is taken
// even after close, so a job is either refused or answered.
type queue struct {
	mu     sync.Mutex
	jobs   []*job
	closed bool
	news   chan struct{}
}

func (q *queue) init() { q.news = make(chan struct{}, 1) }

func (q *queue) push(j *job) error {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return store.ErrClosed
	}
	q.jobs = append(q.jobs, j)
	q.mu.Unlock()
	q.signal()
	return nil
}

func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.signal()
}

func (q *queue) signal() {
	select {
	case q.news <- struct{}{}:
	default: // the committer has been told already
	}
}

// take waits for the next group, oldest first; it is empty when the queue is
// closed and nothing is left.
func (q *queue) take(group []*job) []*job {
	for {
		q.mu.Lock()
		n := q.fit()
		group = append(group[:0], q.jobs[:n]...)
		q.jobs = append(q.jobs[:0], q.jobs[n:]...)
		clear(q.jobs[len(q.jobs):cap(q.jobs)])
		closed := q.closed
		q.mu.Unlock()
		if n > 0 || closed {
			return group
		}
		<-q.news
	}
}

// fit is the length of the longest head of the queue that makes one group.
func (q *queue) fit() int {
	bytes := 0
	for n, j := range q.jobs {
		bytes += j.size()
		if n == maxGroup || n > 0 && bytes > maxGroupBytes {
			return n
		}
	}
	return len(q.jobs)
}
