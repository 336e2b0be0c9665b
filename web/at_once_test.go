package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSoManyAtOnce(t *testing.T) {
	enter := func(a atOnce, address, ticket string) (func(), bool) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		v := &visit{address: netip.MustParseAddr(address)}
		return a.enter(r.WithContext(v.in(r.Context())), party{key: ticket})
	}
	a := atOnce{newTally(), 5, 3, 2}
	var all []func()
	for _, c := range []struct {
		address, ticket string
		ok              bool
	}{
		{"203.0.113.1", "a", true}, {"203.0.113.1", "a", true}, {"203.0.113.1", "a", false},
		{"203.0.113.1", "b", true}, {"203.0.113.1", "b", false},
		{"203.0.113.2", "b", true}, {"203.0.113.2", "c", true}, {"203.0.113.3", "d", false},
	} {
		release, ok := enter(a, c.address, c.ticket)
		require.Equal(t, c.ok, ok, "%v", c)
		if ok {
			all = append(all, release)
		}
	}
	for _, release := range all {
		release()
	}
	require.Empty(t, a.open.all)
}

// No more files are in memory than there are turns, and who is gone waits for none.
func TestTurns(t *testing.T) {
	u := uploads{turns: make(chan struct{}, 1)}
	first, err := u.turn(t.Context())
	require.NoError(t, err)
	gone, leave := context.WithCancel(t.Context())
	leave()
	_, err = u.turn(gone)
	require.ErrorIs(t, err, context.Canceled)
	first.end()
	second, err := u.turn(t.Context())
	require.NoError(t, err)
	second.end()
}
