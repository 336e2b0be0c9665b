package trueconf

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

const roomBody = `{"conference":{"id":"1","state":"running"}}`

func TestOlderServerIsFoundOnceAndRemembered(t *testing.T) {
	for name, missing := range map[string]string{
		"routeNotFound": fault(404, "routeNotFound", "no", ""),
		"a page":        "<html>404</html>",
		"nothing":       "",
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake()
			f.answer("/api/v3.11/", 404, missing)
			f.answer("GET /api/v3.3/conferences/1", 200, roomBody)
			c := f.client(t, secretKey("k"))
			for range 2 {
				_, err := c.Conference(ctx, "1")
				require.NoError(t, err)
			}
			require.Equal(t, []string{"GET /api/v3.11/conferences/1", "GET /api/v3.3/conferences/1", "GET /api/v3.3/conferences/1"}, f.requests())
			require.Equal(t, "v3.3", c.Version())
		})
	}
}

func TestMissingRoomIsNoMissingRoute(t *testing.T) {
	f := newFake()
	f.answer("/api/v3.11/", 404, fault(404, "conferenceNotFound", "no", "conference_id"))
	c := f.client(t, secretKey("k"))
	_, err := c.Conference(ctx, "1")
	require.Equal(t, NotFound, KindOf(err))
	require.Equal(t, "v3.11", c.Version())
	require.Len(t, f.requests(), 1)
}

func TestSettledVersionIsNotLeft(t *testing.T) {
	f := newFake()
	var gone atomic.Bool
	f.mux.HandleFunc("/api/v3.11/", func(w http.ResponseWriter, r *http.Request) {
		if gone.Load() {
			reply(w, 404, "<html>proxy</html>")
			return
		}
		reply(w, 200, roomBody)
	})
	c := f.client(t, secretKey("k"))
	_, err := c.Conference(ctx, "1")
	require.NoError(t, err)
	gone.Store(true)
	require.Equal(t, Unexpected, KindOf(c.Delete(ctx, "1")), "a proxy's 404 does not prove that a room is gone")
	require.Len(t, f.requests(), 2)
}

// A proxy in place of a starting server must not bind us to the old version.
func TestNeitherVersionThereIsNotRemembered(t *testing.T) {
	f := newFake()
	var up atomic.Bool
	f.mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		if !up.Load() {
			reply(w, 404, "<html>starting</html>")
			return
		}
		reply(w, 200, roomBody)
	})
	c := f.client(t, secretKey("k"))
	_, err := c.Conference(ctx, "1")
	require.Equal(t, Unexpected, KindOf(err))
	up.Store(true)
	_, err = c.Conference(ctx, "1")
	require.NoError(t, err)
	require.Equal(t, "v3.11", c.Version())
}

func TestServerErrorSettlesNothing(t *testing.T) {
	f := newFake()
	f.answer("/api/v3.11/", 502, "<html>bad gateway</html>")
	c := f.client(t, secretKey("k"))
	_, err := c.Conference(ctx, "1")
	require.True(t, Temporary(err))
	_, settled := c.version.get()
	require.False(t, settled)
}

func TestConfiguredVersionIsAskedFirst(t *testing.T) {
	f := newFake()
	f.answer("GET /api/v3.8/conferences/1", 200, roomBody)
	_, err := f.client(t, secretKey("k"), func(c *Config) { c.APIVersion = "v3.8" }).Conference(ctx, "1")
	require.NoError(t, err)
}

// Many first calls at once agree on the version, and each gets its answer.
func TestVersionIsSettledAmongMany(t *testing.T) {
	f := newFake()
	f.answer("/api/v3.11/", 404, fault(404, "routeNotFound", "no", ""))
	f.answer("/api/v3.3/conferences/1", 200, roomBody)
	c := f.client(t)
	failed := make(chan error, 40)
	for range cap(failed) {
		go func() {
			_, err := c.Conference(ctx, "1")
			failed <- err
		}()
	}
	for range cap(failed) {
		require.NoError(t, <-failed)
	}
	require.Equal(t, "v3.3", c.Version())
}
