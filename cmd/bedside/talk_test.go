package main

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// talk is a patient and a doctor who write to each other without a pause.
type talk struct {
	t      *testing.T
	voices []*voice
	stop   atomic.Bool
	wg     sync.WaitGroup
}

// voice is one of the two: what was said and acknowledged, and what was heard.
type voice struct {
	p     *person
	who   string
	said  []string
	heard []string // texts, in the order in which they came
	last  uint64   // sequence of the last entry
	err   error
}

// newTalk brings a patient to a doctor and connects both.
func newTalk(t *testing.T, base string) *talk {
	t.Helper()
	patient, doctor := newPerson(t, base), newPerson(t, base)
	patient.start()
	patient.answerAll()
	doctor.signIn("anna", townPassword)
	doctor.id = patient.id
	doctor.do(fields{"do": "claim"})
	out := &talk{t: t}
	for who, p := range map[string]*person{"patient": patient, "doctor": doctor} {
		p.connect()
		v := &voice{p: p, who: who}
		p.send(fields{"type": "open", "conversation": p.id, "after": 0})
		for caught := false; !caught; {
			var f frame
			require.NoError(t, p.socket.ReadJSON(&f))
			require.NoError(t, v.hear(f))
			caught = f.Type == "caught_up"
		}
		v.heard = nil
		out.voices = append(out.voices, v)
		t.Cleanup(p.http.CloseIdleConnections)
	}
	return out
}

func (a *talk) begin() {
	for _, v := range a.voices {
		a.wg.Go(func() {
			pace := time.NewTicker(time.Second / 18) // a socket may send 20 frames a second
			defer pace.Stop()
			for n := 0; !a.stop.Load() && v.err == nil; n++ {
				<-pace.C
				v.err = v.say(fmt.Sprintf("%s %d", v.who, n))
			}
		})
	}
}

// say sends one message and waits for its acknowledgement.
func (v *voice) say(text string) error {
	key := newKey()
	_ = v.p.socket.SetWriteDeadline(time.Now().Add(20 * time.Second)) // the last one was of the greeting
	if err := v.p.socket.WriteJSON(fields{"type": "command", "conversation": v.p.id, "key": key, "do": "send", "text": text}); err != nil {
		return err
	}
	for {
		f, err := v.next()
		switch {
		case err != nil:
			return err
		case f.Type == "refused":
			return fmt.Errorf("refused: %s", f.Code)
		case f.Type == "ack" && f.Key == key:
			v.said = append(v.said, text)
			return nil
		}
	}
}

func (v *voice) next() (frame, error) {
	var f frame
	_ = v.p.socket.SetReadDeadline(time.Now().Add(20 * time.Second))
	if err := v.p.socket.ReadJSON(&f); err != nil {
		return f, err
	}
	return f, v.hear(f)
}

// hear notes an entry; one that does not follow the last is an error.
func (v *voice) hear(f frame) error {
	if f.Type != "entry" || f.Conversation != v.p.id {
		return nil
	}
	if f.Prev != v.last {
		return fmt.Errorf("%s heard %d after %d, and %d before it", v.who, f.Seq, v.last, f.Prev)
	}
	v.last = f.Seq
	var b body
	if err := json.Unmarshal(f.Body, &b); err != nil {
		return err
	}
	if f.Kind == "message.sent" {
		v.heard = append(v.heard, b.Text)
	}
	return nil
}

// end stops both, and wants that each has heard all that either has said, once, and
// both in one order.
func (a *talk) end() {
	a.t.Helper()
	a.stop.Store(true)
	a.wg.Wait()
	said := 0
	for _, v := range a.voices {
		require.NoError(a.t, v.err, v.who)
		require.NotEmpty(a.t, v.said)
		said += len(v.said)
	}
	for _, v := range a.voices {
		for len(v.heard) < said {
			_, err := v.next()
			require.NoError(a.t, err, v.who)
		}
		mine := []string{}
		for _, text := range v.heard {
			if len(text) > len(v.who) && text[:len(v.who)] == v.who {
				mine = append(mine, text)
			}
		}
		require.Equal(a.t, v.said, mine)
	}
	require.Equal(a.t, a.voices[0].heard, a.voices[1].heard)
}
