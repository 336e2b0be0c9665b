package web_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/stretchr/testify/require"
)

// bystanders are a patient and a doctor who talk while others misbehave. Nothing
// of what they say may be lost, doubled or out of order; how long it takes is not
// measured.
type bystanders struct {
	patient, doctor *bystander
	stop            atomic.Bool
	wg              sync.WaitGroup
	rounds          atomic.Int64
}

type bystander struct {
	name  string
	p     *person
	l     *line
	last  uint64   // sequence of the last entry
	said  []string // acknowledged
	heard []string // texts in the order in which they came
	err   error
}

// pair begins the talk; whole ends it.
func (h *besieged) pair(t *testing.T) *bystanders {
	t.Helper()
	p := h.patient()
	doctor := h.staff("vera").with(p)
	doctor.do(wire.Command{Do: bot.DoClaim})
	b := &bystanders{patient: &bystander{name: "patient", p: p}, doctor: &bystander{name: "doctor", p: doctor}}
	for i, one := range []*bystander{b.patient, b.doctor} {
		one.p.header = from("198.51.100", i+1)
		one.listen(t)
	}
	for _, one := range []*bystander{b.patient, b.doctor} {
		b.wg.Go(func() {
			pace := time.NewTicker(time.Second / 4) // commands may come five a second
			defer pace.Stop()
			for n := 0; !b.stop.Load() && one.err == nil; n++ {
				one.err = one.say(fmt.Sprintf("%s %d", one.name, n))
				b.rounds.Add(1)
				<-pace.C
			}
		})
	}
	t.Cleanup(func() { b.stop.Store(true); b.wg.Wait() })
	return b
}

func (b *bystander) listen(t *testing.T) {
	t.Helper()
	header := http.Header{"X-Forwarded-For": b.p.header["X-Forwarded-For"]}
	if b.p.cookie != nil {
		header.Set("Cookie", b.p.cookie.Name+"="+b.p.cookie.Value)
		header.Set("Origin", b.p.h.url)
	}
	conn, _, err := b.p.h.dial(header)
	require.NoError(t, err)
	b.l = &line{t: t, conn: conn, seen: map[string][]frame{}}
	b.l.say(wire.HelloFrame{Type: wire.TypeHello, Ticket: b.p.bearer})
	b.l.open(b.p.id, 0)
	for caught := false; !caught; {
		f, err := b.next()
		require.NoError(t, err)
		caught = f.Type == wire.TypeCaughtUp
	}
	b.heard = nil
}

func (b *bystander) say(text string) error {
	key := newKey()
	err := b.l.conn.WriteJSON(wire.CommandFrame{Type: wire.TypeCommand, Conversation: b.p.id, Command: wire.Command{Key: key, Do: bot.DoSend, Text: text}})
	for err == nil {
		var f frame
		if f, err = b.next(); err != nil {
			break
		}
		switch {
		case f.Type == wire.TypeRefused:
			return errors.New("refused: " + string(f.Code))
		case f.Type == wire.TypeAck && f.Key == key:
			b.said = append(b.said, text)
			return nil
		}
	}
	return err
}

// next reads a frame; an entry that does not follow the last one is an error.
func (b *bystander) next() (frame, error) {
	_ = b.l.conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	_, raw, err := b.l.conn.ReadMessage()
	if err != nil {
		return frame{}, err
	}
	var f frame
	if err := json.Unmarshal(raw, &f); err != nil {
		return f, err
	}
	if f.Type != wire.TypeEntry {
		return f, nil
	}
	if f.Prev != b.last {
		return f, fmt.Errorf("entry %d follows %d, and not %d", f.Seq, f.Prev, b.last)
	}
	b.last = f.Seq
	var body struct{ Text string }
	if err := json.Unmarshal(f.Body, &body); err != nil {
		return f, err
	}
	if f.Kind == bot.MessageSent {
		b.heard = append(b.heard, body.Text)
	}
	return f, nil
}

// round waits until both have said something more.
func (b *bystanders) round(t *testing.T) {
	t.Helper()
	began := b.rounds.Load()
	require.Eventually(t, func() bool { return b.rounds.Load() >= began+2 }, 30*time.Second, 10*time.Millisecond)
}

// whole ends the talk and wants that each has heard all that either said, once and
// in one order.
func (b *bystanders) whole(t *testing.T) {
	t.Helper()
	b.round(t)
	b.stop.Store(true)
	b.wg.Wait()
	require.NoError(t, b.patient.err)
	require.NoError(t, b.doctor.err)
	all := len(b.patient.said) + len(b.doctor.said)
	require.Greater(t, all, 1)
	for _, one := range []*bystander{b.patient, b.doctor} {
		for len(one.heard) < all {
			_, err := one.next()
			require.NoError(t, err, one.name)
		}
	}
	require.Equal(t, b.patient.heard, b.doctor.heard)
	require.ElementsMatch(t, append(append([]string{}, b.patient.said...), b.doctor.said...), b.patient.heard)
}
