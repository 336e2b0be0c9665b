package badluck_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/notify"
)

// dayPost is the gateway for text messages of a random day, and holds the clinic to
// what it promises of them: each goes out once at most, whatever becomes of the
// gateway or of the process, and says nothing that is anybody else's business. Where the
// day's luck is so it fails, by the message and the try alone, so that a seed plays its
// day again.
type dayPost struct {
	d *day

	mu    sync.Mutex     // of what stands below
	tries map[string]int // by the message's key
	taken map[string]int // … and how often it may have gone
}

var errNoGateway = errors.New("nobody answers there")

// opensPost gives the clinic a gateway, and the lead a number.
func (d *day) opensPost(c *clinic) {
	d.post = &dayPost{d: d, tries: map[string]int{}, taken: map[string]int{}}
	sms, err := notify.NewGateway(notify.GatewayConfig{
		URL: "https://sms.example/{{.Key}}", Body: "{{.Phone}} {{.Text}}", Transport: d.post,
		Headers: []notify.Header{{Name: "Content-Type", Value: "text/plain"}},
	})
	require.NoError(c.t, err)
	c.opts.Notify = &notify.Office{SMS: sms}
	c.opts.PublicURL = "https://bedside.example"
	c.opts.Lead = engine.Lead{Phone: []string{leadsPhone}}
	l := *c.limits.Load()
	l.NoticeKinds, l.LeadKinds = []bot.Channel{bot.BySMS}, []bot.Channel{bot.BySMS}
	c.limits.Store(&l)
}

func (p *dayPost) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	life := p.d.life
	if life.isDead() {
		return nil, errDead
	}
	key := strings.TrimPrefix(r.URL.Path, "/")
	p.mu.Lock()
	p.tries[key]++
	fate := p.fate(key, p.tries[key])
	if fate.takes {
		p.taken[key]++
	}
	twice := p.taken[key] > 1
	p.mu.Unlock()
	p.d.note("a message is handed over: %s", fate.name)
	if twice {
		p.d.t.Errorf("the message %s has gone twice", key)
	}
	p.inspect(string(body))
	if fate.takes {
		httptrace.ContextClientTrace(r.Context()).WroteHeaders()
	}
	select {
	case <-time.After(fate.after):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case <-life.dead():
		return nil, errDead
	}
	if fate.status == 0 {
		return nil, errNoGateway
	}
	return &http.Response{StatusCode: fate.status, Body: http.NoBody, Request: r}, nil
}

// fate is what becomes of a message at the gateway.
type fate struct {
	name   string
	status int  // 0: no answer
	takes  bool // it may have gone
	after  time.Duration
}

var (
	goodFate  = fate{"taken", http.StatusOK, true, 200 * time.Millisecond}
	poorFates = []fate{
		{"too many", http.StatusTooManyRequests, false, time.Second},
		{"not now", http.StatusServiceUnavailable, false, time.Second},
		{"no such number", http.StatusBadRequest, false, time.Second},
		{"broken", http.StatusInternalServerError, true, time.Second},
		{"not there", 0, false, 0},
		{"taken, and the answer lost", 0, true, 2 * time.Second},
		{"taken, and no answer in time", http.StatusOK, true, notify.SendTime + time.Second},
	}
)

func (p *dayPost) fate(key string, try int) fate {
	if !p.d.luck["messages"] {
		return goodFate
	}
	h := fnv.New32a()
	fmt.Fprintf(h, "%d %s %d", p.d.seed, key, try)
	if n := int(h.Sum32()>>4) % (2 * len(poorFates)); n < len(poorFates) {
		return poorFates[n]
	}
	return goodFate
}

// leadsPhone is where the lead is reached, who alone reads of a department.
const leadsPhone = "+79160000009"

// inspect holds that a message says nothing of the patient or the doctor.
func (p *dayPost) inspect(text string) {
	hidden := []string{"Patient One", "Doctor One", "Doctor Two", "Doctor Three", "chest pain", "hello", "+7916123"}
	to, text, _ := strings.Cut(text, " ")
	if to != leadsPhone {
		hidden = append(hidden, "practitioner", "paediatrician")
	}
	for _, hidden := range hidden {
		if strings.Contains(text, hidden) {
			p.d.t.Errorf("a text message says %q: %s", hidden, text)
		}
	}
}

// posted holds, when a day is over, that every message was wished once and came to one
// end, and that what could not be delivered to a patient was put before somebody: by a
// task of its own, or by one that stood open already for the same matter and way.
func (d *day) posted() {
	d.t.Helper()
	for _, p := range d.patients {
		if !p.started {
			continue
		}
		open, unsaid := map[string]bool{}, map[string]bool{}
		wished, tasks := map[string]bot.Notice{}, map[string]bot.Task{}
		for _, e := range p.journal(0) {
			switch e.Kind {
			case bot.NoticeWished:
				n := bodyOf[bot.Notice](d.t, e)
				open[n.Notice], wished[n.Notice] = true, n
			case bot.NoticeSent, bot.NoticeNotMore:
				delete(open, bodyOf[bot.OfNotice](d.t, e).Notice)
			case bot.NoticeFailed:
				if n := bodyOf[bot.OfNotice](d.t, e); n.RetryAt.IsZero() {
					delete(open, n.Notice)
					if n.To == "" && !toBeTold(tasks, wished[n.Notice]) {
						unsaid[n.Notice] = true
					}
				}
			case bot.TaskRaised:
				k := bodyOf[bot.Task](d.t, e)
				tasks[k.Task] = k
				delete(unsaid, k.Notice)
			case bot.TaskDone:
				delete(tasks, bodyOf[bot.OfTask](d.t, e).Task)
			}
		}
		require.Empty(d.t, open, "messages of %s of which nobody knows what became of them", p.label())
		require.Empty(d.t, unsaid, "messages of %s that did not come and that nobody is to make good", p.label())
	}
}

// toBeTold reports whether one of the open tasks asks to tell what a message says.
func toBeTold(tasks map[string]bot.Task, n bot.Notice) bool {
	for _, k := range tasks {
		if k.Kind == bot.TaskTell && k.Why == n.Why && k.Channel == n.Channel && k.Booking == n.Booking {
			return true
		}
	}
	return false
}

func bodyOf[B any](t *testing.T, e bot.Entry) (b B) {
	t.Helper()
	require.NoError(t, json.Unmarshal(e.Body, &b))
	return b
}
