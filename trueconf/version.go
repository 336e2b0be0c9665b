package trueconf

import (
	"context"
	"sync"
)

// version is the API path in use. It is settled by the first answer that the
// API itself gives, and never changes afterwards.
type version struct {
	mu      sync.Mutex
	current string
	settled bool
}

func (v *version) get() (string, bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.current, v.settled
}

func (v *version) settle(on string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.settled {
		v.current, v.settled = on, true
	}
}

// Version is the API version in use, as far as is known.
func (c *Client) Version() string {
	current, _ := c.version.get()
	return current
}

// versioned sends the request under the version in use. As long as none has
// answered, a missing route is asked for once more under the fallback (API
// reference §1). A fallback that is missing too is not remembered: a server
// that is starting, or a proxy in its place, must not bind us to it.
func (c *Client) versioned(ctx context.Context, r request) ([]byte, error) {
	first, settled := c.version.get()
	body, err := c.authorised(ctx, r, "/api/"+first)
	if settled {
		return body, err
	}
	if !routeMissing(err) {
		if proves(err) {
			c.version.settle(first)
		}
		return body, err
	}
	if first == FallbackVersion {
		return body, err
	}
	older, olderErr := c.authorised(ctx, r, "/api/"+FallbackVersion)
	if routeMissing(olderErr) {
		return body, err
	}
	if proves(olderErr) {
		c.version.settle(FallbackVersion)
	}
	return older, olderErr
}

// routeMissing: 404 routeNotFound, or a 404 that no API wrote. The token
// endpoint stands outside the versions and says nothing about them.
func routeMissing(err error) bool {
	e, ok := err.(*Error)
	return ok && e.Op != opToken && e.Status == 404 && (e.Reason == reasonNoRoute || !e.answered)
}

// proves: the API under this version gave the answer, good or bad.
func proves(err error) bool {
	e, ok := err.(*Error)
	return !ok || e.answered
}
