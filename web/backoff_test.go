package web

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func from(login, address string) attempt { return newAttempt(login, netip.MustParseAddr(address)) }

func TestBackoff(t *testing.T) {
	now := time.Unix(1000, 0)
	b := newBackoff(func() time.Time { return now })
	here, there := from("vera", "203.0.113.1"), from("vera", "203.0.113.2")
	for range pairRung.free {
		b.trying(here)
	}
	require.Zero(t, b.wait(here))
	b.trying(here)
	require.Equal(t, 2*time.Second, b.wait(here))
	require.Zero(t, b.wait(there), "elsewhere nobody is kept out yet")
	for range 40 {
		b.trying(here)
	}
	require.Equal(t, pairRung.most, b.wait(here))
	require.LessOrEqual(t, b.wait(there), loginRung.most)
	require.Positive(t, b.wait(from("oleg", "203.0.113.1")), "the address has tried too much")

	now = now.Add(loginRung.most)
	require.Zero(t, b.wait(there))
	b.succeeded(there)
	require.Positive(t, b.wait(here), "somebody else's success forgives nobody")
	now = now.Add(2 * time.Hour)
	b.trying(here)
	require.Zero(t, b.wait(here))
}

// TestABlockCountsAsOneAddress: the tries of one customer's 65,536 networks are
// his, and the doctor in another home of the block has a pair of her own.
func TestABlockCountsAsOneAddress(t *testing.T) {
	now := time.Unix(1000, 0)
	b := newBackoff(func() time.Time { return now })
	for i := range 2 * networkRung.free {
		b.trying(newAttempt("vera", netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, 7: byte(i), 15: 1})))
	}
	require.Greater(t, b.wait(from("oleg", "2001:db8:0:ff::1")), time.Minute, "the same block")
	require.Zero(t, b.wait(from("oleg", "2001:db8:1::1")), "another block")
	require.NotEqual(t, from("vera", "2001:db8:0:1::1").pair(), from("vera", "2001:db8:0:2::1").pair())
}

// TestNobodyIsKeptOutOfTheirPlace plays three hours in which somebody with no end of
// addresses tries one login whenever he may.
func TestNobodyIsKeptOutOfTheirPlace(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	b := newBackoff(func() time.Time { return now })
	home, away := from("vera", "203.0.113.1"), from("vera", "198.51.100.1")
	home.known = true
	out, tries := 0, 0
	for range 3 * 3600 {
		now = now.Add(time.Second)
		stranger := newAttempt("vera", netip.AddrFrom4([4]byte{10, byte(tries >> 16), byte(tries >> 8), byte(tries)}))
		if b.wait(stranger) <= 0 {
			b.trying(stranger)
			tries++
		}
		require.Zero(t, b.wait(home))
		if b.wait(away) > 0 {
			out++
		}
	}
	require.Less(t, tries, 3*3600/29+loginRung.free, "he guesses twice a minute at most")
	require.Positive(t, out, "the play tries nothing")

	before := b.wait(away)
	b.trying(home)
	b.succeeded(home)
	require.Equal(t, before, b.wait(away), "her success gives the stranger no fresh tries")
	for range pairRung.free + 1 {
		b.trying(home)
	}
	require.Positive(t, b.wait(home), "a known place may not guess either")
}
