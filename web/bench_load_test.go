package web_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/require"
)

// loadVariable makes the test binary the other side of a benchmark: clients in a
// process of their own, so that the server's processor time can be told from theirs.
const loadVariable = "BEDSIDE_BENCH_LOAD"

// loadPlan is what the clients are to do; a line of JSON on their standard input.
// A second line lets them begin.
type loadPlan struct {
	Host     string     `json:"host"`
	Secure   bool       `json:"secure"`
	Messages int        `json:"messages"` // in all chats together
	Chats    []loadChat `json:"chats"`
	Idle     int        `json:"idle"` // so many sockets of the first chat's patient, which do nothing
}

type loadChat struct {
	ID     string `json:"id"`
	After  uint64 `json:"after"`
	Ticket string `json:"ticket"`
	Cookie string `json:"cookie"`
}

// loadResult is what came of it.
type loadResult struct {
	Took     time.Duration `json:"took"`
	P50, P99 time.Duration // from the send until sender and other side have seen it
}

// load connects both sides of every chat, says so, and sends when it is told to.
func load(in io.Reader, out io.Writer) int {
	lines := bufio.NewReader(in)
	var plan loadPlan
	first, err := lines.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(first, &plan)
	}
	var chats []*loadedChat
	switch {
	case err != nil:
	case plan.Idle > 0:
		return idle(plan, lines, out)
	default:
		chats, err = connectAll(plan)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Fprintln(out, "ready")
	if _, err := lines.ReadBytes('\n'); err != nil {
		return 1
	}
	result, err := sendAll(chats, plan.Messages)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_ = json.NewEncoder(out).Encode(result)
	return 0
}

func sendAll(chats []*loadedChat, messages int) (loadResult, error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	failed := make(chan error, len(chats))
	began := time.Now()
	for _, c := range chats {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(messages); n = next.Add(1) {
				if err := c.exchange(int(n)); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	r := loadResult{Took: time.Since(began)}
	select {
	case err := <-failed:
		return r, err
	default:
	}
	var all []time.Duration
	for _, c := range chats {
		all = append(all, c.times...)
	}
	slices.Sort(all)
	r.P50, r.P99 = all[len(all)/2], all[len(all)*99/100]
	return r, nil
}

// loadedChat is a consultation whose sides are connected.
type loadedChat struct {
	id    string
	sides [2]*rawSocket
	times []time.Duration
}

func (p loadPlan) dial() (net.Conn, error) {
	if p.Secure {
		return tls.Dial("tcp", p.Host, &tls.Config{InsecureSkipVerify: true}) // our own server's test certificate
	}
	return net.Dial("tcp", p.Host)
}

// idle opens sockets and holds them until its input ends.
func idle(plan loadPlan, in io.Reader, out io.Writer) int {
	c := plan.Chats[0]
	for range plan.Idle {
		conn, err := plan.dial()
		if err == nil {
			_, err = openRaw(conn, plan.Host, "", c.Ticket, c.ID, c.After)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer conn.Close()
	}
	fmt.Fprintln(out, "ready")
	_, _ = io.Copy(io.Discard, in)
	return 0
}

func connectAll(plan loadPlan) ([]*loadedChat, error) {
	chats := make([]*loadedChat, len(plan.Chats))
	for i, c := range plan.Chats {
		chats[i] = &loadedChat{id: c.ID}
		for side, credential := range []string{"", "Cookie: " + c.Cookie + "\r\nOrigin: http://" + plan.Host + "\r\n"} {
			conn, err := plan.dial()
			if err != nil {
				return nil, err
			}
			ticket := c.Ticket
			if credential != "" {
				ticket = ""
			}
			if chats[i].sides[side], err = openRaw(conn, plan.Host, credential, ticket, c.ID, c.After); err != nil {
				return nil, err
			}
		}
	}
	return chats, nil
}

var longText = strings.Repeat("x", 200)

// exchange sends one message, from either side in turn, and waits until it is
// acknowledged (it is on the disk then) and both sides have it.
func (c *loadedChat) exchange(n int) error {
	from := n % 2
	began := time.Now()
	err := c.sides[from].say(fmt.Sprintf(`{"type":"command","conversation":%q,"key":"n%d","do":"send","text":%q}`, c.id, n, longText))
	if err == nil {
		err = c.sides[from].await("ack", "entry")
	}
	if err == nil {
		err = c.sides[1-from].await("entry")
	}
	c.times = append(c.times, time.Since(began))
	return err
}

// rawSocket is a WebSocket by hand: as little of a client as there can be.
type rawSocket struct {
	conn net.Conn
	r    *bufio.Reader
}

// openRaw upgrades a connection, signs in, and follows a conversation.
func openRaw(conn net.Conn, host, header, ticket, id string, after uint64) (*rawSocket, error) {
	s := &rawSocket{conn: conn, r: bufio.NewReaderSize(conn, 4096)}
	_, err := fmt.Fprintf(conn, "GET /api/v1/socket HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n%s"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: bedside.v1\r\n\r\n", host, header)
	if err != nil {
		return nil, err
	}
	for line := ""; line != "\r\n"; {
		if line, err = s.r.ReadString('\n'); err != nil {
			return nil, err
		}
		if strings.HasPrefix(line, "HTTP/1.1 ") && !strings.HasPrefix(line, "HTTP/1.1 101") {
			return nil, errors.New(line)
		}
	}
	if err := s.say(fmt.Sprintf(`{"type":"hello","ticket":%q}`, ticket)); err != nil {
		return nil, err
	}
	if err := s.say(fmt.Sprintf(`{"type":"open","conversation":%q,"after":%d}`, id, after)); err != nil {
		return nil, err
	}
	return s, s.await("caught_up")
}

// say sends a text, masked with zeros (RFC 6455 §5.2).
func (s *rawSocket) say(text string) error {
	b := []byte{0x81, 0x80 | byte(min(len(text), 126))}
	if len(text) >= 126 {
		b = binary.BigEndian.AppendUint16(b, uint16(len(text)))
	}
	b = append(b, 0, 0, 0, 0)
	_, err := s.conn.Write(append(b, text...))
	return err
}

// await reads until a frame of each type has come.
func (s *rawSocket) await(types ...string) error {
	for len(types) > 0 {
		b, err := s.next()
		if err != nil {
			return err
		}
		for i, kind := range types {
			if bytes.HasPrefix(b, []byte(`{"type":"`+kind+`"`)) {
				types = append(types[:i:i], types[i+1:]...)
				break
			}
		}
		if bytes.HasPrefix(b, []byte(`{"type":"refused"`)) {
			return fmt.Errorf("refused: %s", b)
		}
	}
	return nil
}

// next reads one frame.
func (s *rawSocket) next() ([]byte, error) {
	var head [2]byte
	if _, err := io.ReadFull(s.r, head[:]); err != nil {
		return nil, err
	}
	n := uint64(head[1] & 0x7f)
	if n >= 126 {
		long := make([]byte, map[uint64]int{126: 2, 127: 8}[n])
		if _, err := io.ReadFull(s.r, long); err != nil {
			return nil, err
		}
		n = 0
		for _, b := range long {
			n = n<<8 | uint64(b)
		}
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(s.r, b); err != nil {
		return nil, err
	}
	if head[0]&0xf == 8 {
		return nil, fmt.Errorf("closed: %q", b)
	}
	return b, nil
}

// loader is such a process.
type loader struct {
	h    *house
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	said bytes.Buffer
}

// loader starts the clients of a plan and waits until they are connected.
func (h *house) loader(plan loadPlan) *loader {
	l := &loader{h: h, cmd: exec.Command(os.Args[0])}
	l.cmd.Env = append(os.Environ(), loadVariable+"=1")
	l.cmd.Stderr = &l.said
	var err error
	l.in, err = l.cmd.StdinPipe()
	require.NoError(h.t, err)
	out, err := l.cmd.StdoutPipe()
	require.NoError(h.t, err)
	l.out = bufio.NewReader(out)
	require.NoError(h.t, l.cmd.Start())
	require.NoError(h.t, json.NewEncoder(l.in).Encode(plan))
	line, err := l.out.ReadString('\n')
	require.NoError(h.t, err, l.said.String())
	require.Equal(h.t, "ready\n", line)
	return l
}

// run lets them send and waits until they have done.
func (l *loader) run() loadResult {
	var r loadResult
	_, err := io.WriteString(l.in, "\n")
	require.NoError(l.h.t, err)
	line, err := l.out.ReadBytes('\n')
	require.NoError(l.h.t, err, l.said.String())
	require.NoError(l.h.t, json.Unmarshal(line, &r))
	return r
}

func (l *loader) end() {
	_ = l.in.Close()
	require.NoError(l.h.t, l.cmd.Wait(), l.said.String())
}
