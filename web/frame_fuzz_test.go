package web_test

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"bedside/web/wire"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"
)

// FuzzFrame sends whatever a signed-in client may send. Each frame is refused, done,
// or ends the socket with a code that clients know, and never a fault of ours.
func FuzzFrame(f *testing.F) {
	h := newHouse(f)
	p := h.patient()
	for _, text := range []string{
		"", "{}", "[]", "null", "hello", `{"type":"beat"}`, `{"type":"open","conversation":"` + p.id + `","after":0}`, `{"type":"unopen","conversation":"` + p.id + `"}`,
		`{"type":"command","conversation":"` + p.id + `","key":"a","do":"send","text":"x"}`, `{"conversation":"` + p.id + `","key":"b","do":"choose","step":"hello/1","option":"x"}`,
		`{"type":"typing","conversation":"` + p.id + `"}`, `{"type":"read","conversation":"` + p.id + `","seq":3}`, `{"type":"hello"}`, "\xff\xfe", `{"type":"open","after":1e99}`,
	} {
		f.Add(text, true)
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, frame string, asText bool) {
		here, patient := *h, *p
		here.t, patient.h = t, &here
		l := patient.connect()
		defer l.conn.Close()
		kind := websocket.BinaryMessage
		if asText {
			kind = websocket.TextMessage
		}
		require.NoError(t, l.conn.WriteMessage(kind, []byte(frame)))
		_ = l.conn.WriteJSON(wire.OpenFrame{Type: wire.TypeOpen, Conversation: "the end"}) // the socket may be gone by now
		_ = l.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		for {
			_, b, err := l.conn.ReadMessage()
			var closed *websocket.CloseError
			if errors.As(err, &closed) {
				require.Contains(t, append([]int{websocket.CloseMessageTooBig, websocket.CloseAbnormalClosure}, codes()...), closed.Code)
				break
			}
			if err != nil {
				var slow net.Error
				require.False(t, errors.As(err, &slow) && slow.Timeout(), "no answer")
				break
			}
			if strings.Contains(string(b), `"the end"`) {
				break
			}
		}
		require.NotContains(t, h.log.String(), "web: panic")
	})
}
