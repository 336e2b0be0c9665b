package web

import (
	"context"
	"crypto/rand"
	"net/netip"
)

// visit is what is known of one request beside the request itself.
type visit struct {
	id      string // names the request in log and problems
	doors   doors
	address netip.Addr
	direct  bool // nobody forwarded it
	known   bool // the caller has shown a credential that stands
	staff   bool // the caller turned out to be staff: problems name the cure
}

// doors says whom an address of ours lets in; watchers are those who watch over
// Bedside itself.
type doors struct{ patients, staff, watchers bool }

// meet reports whether a route with these doors is served at an address with those.
func (d doors) meet(at doors) bool {
	return d.patients && at.patients || d.staff && at.staff || d.watchers && at.watchers
}

type visitKey struct{}

func (v *visit) in(ctx context.Context) context.Context { return context.WithValue(ctx, visitKey{}, v) }

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

// recognised notes that a credential stood; what belongs to no request is left.
func recognised(ctx context.Context) {
	if v := visitOf(ctx); v != nil {
		v.known = true
	}
}

func newRequestID() string { return rand.Text()[:16] }
