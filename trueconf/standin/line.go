package standin

import (
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// signal is one message of the page's socket, in either direction.
//
//	page → server   join{login,token}  resume{key}  signal{to,data}  state{media}  stats{frames,energy}  leave
//	server → page   joined{n,key,name,peers}  refused{why}  peer_in{peer}  peer_lost{n}  peer_out{n}
//	                signal{n,data}  state{n,media}  closed{why}
//
// An app's own page speaks other words:
//
//	page → server   enter{room}  decline{room}  busy{on}
//	server → page   app{app}  go{url}  refused{why}
//
// n numbers people for the life of the server; of two, the one with the lower
// number offers.
type signal struct {
	Type  string          `json:"type"`
	Login string          `json:"login,omitempty"`
	Token string          `json:"token,omitempty"`
	Key   string          `json:"key,omitempty"`
	N     uint64          `json:"n,omitempty"`
	To    uint64          `json:"to,omitempty"`
	Name  string          `json:"name,omitempty"`
	Data  json.RawMessage `json:"data,omitempty"`
	Media *media          `json:"media,omitempty"`
	Peer  *peer           `json:"peer,omitempty"`
	Peers []peer          `json:"peers,omitzero"`
	Why   string          `json:"why,omitempty"`
	App   *appView        `json:"app,omitempty"`
	Room  string          `json:"room,omitempty"`
	On    bool            `json:"on,omitempty"`
	URL   string          `json:"url,omitempty"`

	Frames uint64  `json:"frames,omitempty"`
	Energy float64 `json:"energy,omitempty"`
}

// peer is somebody as the pages of the others see them.
type peer struct {
	N     uint64 `json:"n"`
	Name  string `json:"name"`
	App   bool   `json:"app"` // came without a browser: no picture to expect
	Lost  bool   `json:"lost"`
	Media media  `json:"media"`
}

func (p *person) peer() peer {
	return peer{N: p.n, Name: p.name, App: p.key == "", Lost: !p.lost.IsZero(), Media: p.media}
}

// closing tells a page why it was sent away.
type closing string

const (
	closedStopped  closing = "stopped"
	closedDeleted  closing = "deleted"
	closedReplaced closing = "replaced"
	closedRestart  closing = "restart"
)

const (
	beat         = 10 * time.Second // between pings
	silence      = 25 * time.Second // after which a connection counts as dead
	writeTimeout = 5 * time.Second
	maxSignal    = 64 << 10 // bytes of one message; an offer is some 5 KB
)

// line is the writing side of one page's socket. A nil line swallows everything:
// visitors and ghosts have none.
type line struct {
	conn *websocket.Conn
	out  chan signal
	quit chan struct{}
	once sync.Once
}

func newLine(conn *websocket.Conn) *line {
	return &line{conn: conn, out: make(chan signal, 256), quit: make(chan struct{})}
}

// send queues a message. A page that does not read loses its connection.
func (l *line) send(m signal) {
	if l == nil {
		return
	}
	select {
	case l.out <- m:
	default:
		l.finish()
	}
}

// end tells the page why it is sent away and closes behind that.
func (l *line) end(why closing) {
	l.send(signal{Type: "closed", Why: string(why)})
	l.finish()
}

// finish lets the writer send what is queued and close.
func (l *line) finish() {
	if l != nil {
		l.once.Do(func() { close(l.quit) })
	}
}

// write is the socket's only writer; it returns when the line is finished or dead.
func (l *line) write() {
	defer l.conn.Close()
	ping := time.NewTicker(beat)
	defer ping.Stop()
	for {
		select {
		case m := <-l.out:
			if !l.put(m) {
				return
			}
		case <-ping.C:
			if l.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTimeout)) != nil {
				return
			}
		case <-l.quit:
			l.drain()
			return
		}
	}
}

func (l *line) drain() {
	for {
		select {
		case m := <-l.out:
			if !l.put(m) {
				return
			}
		default:
			bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
			_ = l.conn.WriteControl(websocket.CloseMessage, bye, time.Now().Add(writeTimeout))
			return
		}
	}
}

func (l *line) put(m signal) bool {
	_ = l.conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	return l.conn.WriteJSON(m) == nil
}
