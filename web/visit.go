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
	staff   bool // the caller turned out to be staff: problems name the cure
}

// doors says whom an address of ours lets in.
type doors struct{ patients, staff bool }

type visitKey struct{}

func (v *visit) in(ctx context.Context) context.Context { return context.WithValue(ctx, visitKey{}, v) }

func visitOf(ctx context.Context) *visit {
	v, _ := ctx.Value(visitKey{}).(*visit)
	return v
}

func newRequestID() string { return rand.Text()[:16] }
