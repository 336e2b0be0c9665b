package web_test

import (
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bedside/web"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

func proven(t *testing.T, h *house, method, path, proof, body string, header ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequest(method, h.url+path, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set(web.ProofHeader, proof)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return resp
}

// Whoever holds a proof learns, over another way, how the request came; on the
// answer itself nothing is told, to nobody.
func TestARequestWithAProofIsNotedAndAnsweredLikeAnyOther(t *testing.T) {
	h := newHouse(t, func(o *web.Options) { o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
	proof := h.s.Prove()
	with := proven(t, h, "GET", "/healthz", proof, "", "X-Forwarded-For", "192.0.2.77, 198.51.100.4")
	without := proven(t, h, "GET", "/healthz", "nonsense", "")
	require.Equal(t, http.StatusOK, with.StatusCode)
	for _, name := range []string{"Date", "X-Request-Id"} {
		with.Header.Del(name)
		without.Header.Del(name)
	}
	require.Equal(t, without.Header, with.Header)
	require.Equal(t, []web.Sight{{
		Method: "GET", Path: "/healthz", Peer: "127.0.0.1", Forwarded: []string{"192.0.2.77", "198.51.100.4"}, Believed: "198.51.100.4",
	}}, h.s.Sights(proof))
	require.Empty(t, h.s.Sights("nonsense"))

	require.Equal(t, http.StatusNoContent, proven(t, h, "POST", "/api/v1/conversations", proof, strings.Repeat(" ", 100_000)).StatusCode)
	require.EqualValues(t, 100_000, h.s.Sights(proof)[1].Body, "counted, and begun nothing")
	require.Equal(t, http.StatusRequestEntityTooLarge, proven(t, h, "POST", "/api/v1/conversations", "nonsense", strings.Repeat(" ", 100_000)).StatusCode)
	require.NotContains(t, h.log.String(), proof)
}

func TestASocketWithAProofSaysOneWordBack(t *testing.T) {
	h := newHouse(t)
	dialer := websocket.Dialer{Subprotocols: []string{wire.Subprotocol}}
	conn, _, err := dialer.Dial("ws://"+h.host+"/api/v1/socket", http.Header{web.ProofHeader: {h.s.Prove()}, "Origin": {h.url}})
	require.NoError(t, err)
	defer conn.Close()
	require.Equal(t, wire.Subprotocol, conn.Subprotocol())
	require.NoError(t, conn.WriteMessage(websocket.TextMessage, []byte("word")))
	_, said, err := conn.ReadMessage()
	require.NoError(t, err)
	require.Equal(t, "word", string(said))
	_, _, err = conn.ReadMessage()
	require.Error(t, err, "and that was all")

	_, resp, err := dialer.Dial("ws://"+h.host+"/api/v1/socket", http.Header{web.ProofHeader: {h.s.Prove()}, "Origin": {"https://evil.example"}})
	require.Error(t, err)
	require.Equal(t, http.StatusForbidden, resp.StatusCode, "a proof opens no other door")
	require.NoError(t, resp.Body.Close())
}

func TestProofsEndAndAreFew(t *testing.T) {
	var passed atomic.Int64 // the server's own goroutines read the clock as well
	began := time.Now()
	h := newHouse(t, func(o *web.Options) { o.Now = func() time.Time { return began.Add(time.Duration(passed.Load())) } })
	old := h.s.Prove()
	proven(t, h, "GET", "/healthz", old, "")
	require.Len(t, h.s.Sights(old), 1)
	passed.Add(int64(4 * time.Minute))
	proven(t, h, "GET", "/healthz", old, "")
	require.Len(t, h.s.Sights(old), 1)

	first := h.s.Prove()
	for range 20 {
		passed.Add(int64(time.Second))
		h.s.Prove()
	}
	require.Empty(t, h.s.Sights(old))
	proven(t, h, "GET", "/healthz", first, "")
	require.Empty(t, h.s.Sights(first), "the oldest gives way")
}

// A server that stops waits for no idle socket.
func TestAnIdleSocketHoldsNobodyUp(t *testing.T) {
	h := newHouse(t)
	conn, _, err := websocket.DefaultDialer.Dial("ws://"+h.host+"/api/v1/socket", http.Header{web.ProofHeader: {h.s.Prove()}, "Origin": {h.url}})
	require.NoError(t, err)
	defer conn.Close()
	began := time.Now()
	h.stop()
	require.Less(t, time.Since(began), 5*time.Second)
}
