package web_test

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// asked passes requests to TrueConf on and knows how long they took.
type asked struct {
	under http.RoundTripper

	mu    sync.Mutex
	spans [][2]time.Time
}

func (a *asked) RoundTrip(r *http.Request) (*http.Response, error) {
	began := time.Now()
	res, err := a.under.RoundTrip(r)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.spans = append(a.spans, [2]time.Time{began, time.Now()})
	return res, err
}

// between is for how long at least one question was open from one moment to
// another.
func (a *asked) between(from, to time.Time) (busy time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	slices.SortFunc(a.spans, func(x, y [2]time.Time) int { return x[0].Compare(y[0]) })
	for _, s := range a.spans {
		begin, end := s[0], s[1]
		if begin.Before(from) {
			begin = from
		}
		if end.After(to) {
			end = to
		}
		if end.After(begin) {
			busy += end.Sub(begin)
			from = end
		}
	}
	return busy
}
