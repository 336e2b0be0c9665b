package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAddressOf(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for name, c := range map[string]struct {
		peer string
		xff  []string
		want string
	}{
		"direct":                        {"203.0.113.9:1", nil, "203.0.113.9"},
		"a stranger's header is air":    {"203.0.113.9:1", []string{"127.0.0.1"}, "203.0.113.9"},
		"behind our proxy":              {"10.0.0.1:1", []string{"203.0.113.9"}, "203.0.113.9"},
		"invented ones stand left":      {"10.0.0.1:1", []string{"127.0.0.1, 203.0.113.9"}, "203.0.113.9"},
		"two of our proxies":            {"10.0.0.1:1", []string{"198.51.100.1, 203.0.113.9, 10.0.0.2"}, "203.0.113.9"},
		"in two headers":                {"10.0.0.1:1", []string{"198.51.100.1", "203.0.113.9"}, "203.0.113.9"},
		"nonsense stops the reading":    {"10.0.0.1:1", []string{"203.0.113.9, what"}, "10.0.0.1"},
		"with a port":                   {"10.0.0.1:1", []string{"203.0.113.9:4444"}, "203.0.113.9"},
		"version six":                   {"[fd00::1]:1", []string{"2001:db8::9"}, "2001:db8::9"},
		"version six with a port":       {"[fd00::1]:1", []string{"[2001:db8::9]:80"}, "2001:db8::9"},
		"four in six":                   {"[::ffff:203.0.113.9]:1", nil, "203.0.113.9"},
		"all trusted: the leftmost one": {"10.0.0.1:1", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = c.peer
			r.Header["X-Forwarded-For"] = c.xff
			got, direct := addressOf(r, trusted)
			require.Equal(t, c.want, got.String())
			require.Equal(t, c.xff == nil, direct)
		})
	}
}

func TestAddressKeyIsAHousehold(t *testing.T) {
	key := func(s string) string { return homeOf(netip.MustParseAddr(s)) }
	require.Equal(t, key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"))
	require.NotEqual(t, key("2001:db8:1:2::1"), key("2001:db8:1:3::1"))
	require.NotEqual(t, key("203.0.113.1"), key("203.0.113.2"))
	require.Equal(t, key("::ffff:203.0.113.1"), key("203.0.113.1"))
	require.NotPanics(t, func() { homeOf(netip.Addr{}); blockOf(netip.Addr{}) })
}

// TestABlockOfHomesIsBounded: whoever holds a whole /48 has 65,536 homes in it.
func TestABlockOfHomesIsBounded(t *testing.T) {
	b := newAddressBuckets(0.001, 10, func() time.Time { return time.Unix(1000, 0) })
	open := newTally()
	given, opened := 0, 0
	for i := range 1000 {
		a := netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, 0, 1, byte(i >> 8), byte(i), 15: 1})
		if _, ok := b.take(a, 1); ok {
			given++
		}
		if open.takeAddress(a, 10) {
			opened++
		}
	}
	require.Equal(t, 10*blockShare, given)
	require.Equal(t, 10*blockShare, opened)
	_, ok := b.take(netip.MustParseAddr("2001:db8:2::1"), 1)
	require.True(t, ok, "another block")

	a := netip.MustParseAddr("2001:db8:3::1")
	require.True(t, open.takeAddress(a, 1))
	require.False(t, open.takeAddress(a, 1))
	open.giveAddress(a)
	require.True(t, open.takeAddress(a, 1), "given back whole")
}

// TestAnotherRateHoldsAtOnce: also for those who have been met already, and what they
// have spent stays spent.
func TestAnotherRateHoldsAtOnce(t *testing.T) {
	now := time.Unix(1000, 0)
	b := newBuckets(1, 10, func() time.Time { return now })
	take := func(key string) (given int) {
		for range 20 {
			if _, ok := b.take(key, 1); ok {
				given++
			}
		}
		return given
	}
	require.Equal(t, 10, take("met"))
	b.set(1, 3)
	require.Zero(t, take("met"), "spent stays spent")
	require.Equal(t, 3, take("new"))
	now = now.Add(time.Hour)
	require.Equal(t, 3, take("met"))
	b.set(1, 5)
	now = now.Add(time.Hour)
	require.Equal(t, 5, take("met"))
}

// TestBucketsNeverGiveMore draws any times and keys and holds every key to
// burst + rate × time.
func TestBucketsNeverGiveMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		began := time.Unix(1000, 0)
		now := began
		perSecond := rapid.Float64Range(0.1, 50).Draw(t, "rate")
		burst := rapid.IntRange(1, 20).Draw(t, "burst")
		b := newBuckets(perSecond, burst, func() time.Time { return now })
		given := map[string]int{}
		for range rapid.IntRange(1, 200).Draw(t, "tries") {
			now = now.Add(time.Duration(rapid.IntRange(0, 500).Draw(t, "ms")) * time.Millisecond)
			key := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "key")
			wait, ok := b.take(key, 1)
			if !ok {
				require.Positive(t, wait)
				continue
			}
			given[key]++
			most := float64(burst) + perSecond*now.Sub(began).Seconds() + 1e-6
			require.LessOrEqual(t, float64(given[key]), most)
		}
	})
}

func TestBucketsStayBounded(t *testing.T) {
	now := time.Unix(1000, 0)
	b := newBuckets(1, 2, func() time.Time { return now })
	for i := range 2 * maxBuckets {
		b.take(string(rune(i))+"x", 1)
		if i%1000 == 0 {
			now = now.Add(time.Second)
		}
	}
	require.LessOrEqual(t, len(b.all), maxBuckets)
}

func TestPasswords(t *testing.T) {
	hash, err := HashPassword("correct horse")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$"))
	_, err = HashPassword("")
	require.Error(t, err)
	c := newChecker()
	ok, err := c.check(t.Context(), hash, "correct horse")
	require.NoError(t, err)
	require.True(t, ok)
	cheap := CheapHash("correct horse")
	for password, want := range map[string]bool{"correct horse": true, "correct hors": false, "": false} {
		ok, err := c.check(t.Context(), cheap, password)
		require.NoError(t, err)
		require.Equal(t, want, ok)
	}
	ok, err = c.check(t.Context(), "", "correct horse")
	require.NoError(t, err)
	require.False(t, ok)

	for _, bad := range []string{
		"", "x", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43), // 4 GiB
		"$argon2id$v=19$m=19456,t=0,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=19456,t=2,p=0$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=19456,t=2,p=1$c2Fs$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$!", strings.Replace(hash, "v=19", "v=16", 1),
	} {
		_, err := parsePHC(bad)
		require.ErrorIs(t, err, errPHC, bad)
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err == nil {
			require.LessOrEqual(t, p.memory, uint32(argonMemMost))
			require.NotZero(t, p.passes)
		}
	})
}

func TestOptionsAreChecked(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://bedside.example": true, "http://localhost:8080": true, "https://bedside.example/": false,
		"https://bedside.example/x": false, "bedside.example": false, "ftp://x": false, "https://a b": false,
		"https://u@bedside.example": false, "https://*.example": false, "https://x;script-src": false,
		"https://x\r\nSet-Cookie": false, "": false,
	} {
		require.Equal(t, ok, checkOrigin(address) == nil, "%q", address)
	}
}
