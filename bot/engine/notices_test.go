package engine_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/notify"
	"bedside/bot/notify/notifytest"
)

const gatewaySecret = "a-secret-of-the-gateway"

// posts is a house whose clinic can write, with what stands at the other ends.
type posts struct {
	*house
	sms  *notifytest.Gateway
	mail *notifytest.MailServer
	push *notifytest.PushService
	here atomic.Bool
}

func newPosts(t *testing.T, change ...func(*engine.Options)) *posts {
	p := &posts{sms: notifytest.NewGateway(t), mail: notifytest.NewMailServer(t), push: notifytest.NewPushService(t)}
	p.mail.User, p.mail.Password = "bedside", gatewaySecret
	p.house = newHouse(t, append([]func(*engine.Options){func(o *engine.Options) {
		o.Notify = &notify.Office{SMS: p.sms.Sender(t, gatewaySecret), Mail: p.mail.Sender(t), Push: p.push.Sender()}
		o.PublicURL, o.ConsoleURL = "https://bedside.example", "https://console.example"
		o.PatientHere = func(string) bool { return p.here.Load() }
		o.Lead = engine.Lead{Email: []string{"lead@clinic.example"}, Phone: []string{"+79160000009"}}
		limits := o.Limits
		o.Limits = func() bot.Limits {
			l := limits()
			l.NoticeKinds = o.Notify.Channels()
			return l
		}
	}}, change...)...)
	return p
}

// contact leaves an address as a browser with a ticket does.
func (p *posts) contact(name string, a bot.Actor, args bot.Args) {
	p.t.Helper()
	_, err := p.e.Do(p.t.Context(), bot.Command{
		Conversation: a.Conversation, Key: p.key(), Do: bot.DoContact, Actor: a, Args: args, Device: bot.TicketHash(ticketOf(name)),
	})
	require.NoError(p.t, err)
}

// settled waits until no message of the conversation is open.
func (p *posts) settled(a bot.Actor) bot.State {
	p.t.Helper()
	require.Eventually(p.t, func() bool { return len(p.state(a).Notices) == 0 }, 10*time.Second, 5*time.Millisecond)
	return p.state(a)
}

func bodies[B any](t testing.TB, h *house, id string, k bot.Kind) []B {
	t.Helper()
	var out []B
	for _, e := range h.journal(id) {
		if e.Kind == k {
			var b B
			require.NoError(t, json.Unmarshal(e.Body, &b))
			out = append(out, b)
		}
	}
	return out
}

func smsText(t *testing.T, r notifytest.Request) map[string]string {
	t.Helper()
	var out map[string]string
	require.NoError(t, json.Unmarshal([]byte(r.Body), &out))
	return out
}

// Whoever has left the page hears on every channel that a doctor is there, and comes
// back by the link from another browser.
func TestOneWhoLeftIsReached(t *testing.T) {
	p := newPosts(t)
	a := p.waiting("anna")
	p.contact("anna", a, bot.Args{Channel: bot.BySMS, Address: "+7 916 000-00-01"})
	p.contact("anna", a, bot.Args{Channel: bot.ByEmail, Address: "one@clinic.example"})
	sub := p.push.Subscribe(t)
	p.contact("anna", a, bot.Args{Channel: bot.ByPush, Push: &sub})
	stop := p.run()
	defer stop()
	p.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	p.settled(a)
	require.Len(t, bodies[bot.OfNotice](t, p.house, a.Conversation, bot.NoticeSent), 3)

	require.Len(t, p.sms.Taken(), 1)
	said := smsText(t, p.sms.Taken()[0])
	require.Equal(t, "+79160000001", said["to"])
	require.Contains(t, said["text"], "Rassvet Clinic")
	require.Len(t, p.mail.Taken(), 1)
	require.Equal(t, "one@clinic.example", p.mail.Taken()[0].To)
	require.Len(t, p.push.Taken(), 1)
	require.Equal(t, "https://bedside.example/widget/", p.push.Taken()[0].Note.URL, "the browser has its ticket")
	for _, text := range []string{said["text"], p.mail.Taken()[0].Data, p.push.Taken()[0].Note.Body} {
		for _, hidden := range []string{"Anna", "general practitioner", "Doctor Two"} {
			require.NotContains(t, text, hidden)
		}
		require.NotRegexp(t, `\bgp\b`, text, "as a word: chance may write it into an id")
	}

	_, secret, ok := strings.Cut(said["text"], "https://bedside.example/widget/#go-on=")
	require.True(t, ok, said["text"])
	require.NotContains(t, journalText(p.house, a.Conversation)+p.log.String(), secret)
	id, err := p.e.GoOn(t.Context(), secret, ticketOf("phone"), "phone")
	require.NoError(t, err)
	require.Equal(t, a.Conversation, id)
	_, err = p.e.GoOn(t.Context(), secret, ticketOf("thief"), "thief")
	requireCode(t, bot.Taken, err)
	require.NoError(t, p.e.OnlyHere(t.Context(), ticketOf("phone")))
	_, err = p.e.ByTicket(t.Context(), ticketOf("anna"))
	requireCode(t, bot.Unauthorized, err)
	require.NotContains(t, p.log.String(), gatewaySecret)
}

// carrier is a gateway inside a bubble of time, where no socket can be.
type carrier struct {
	mu    sync.Mutex
	texts []string
	at    []time.Time
	fail  int // so many answers say: not now
}

func (c *carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts, c.at = append(c.texts, string(body)), append(c.at, time.Now())
	status := http.StatusOK
	if len(c.texts) <= c.fail {
		status = http.StatusServiceUnavailable
	}
	return &http.Response{StatusCode: status, Body: http.NoBody}, nil
}

// timed is a house in a bubble whose patient has left a number and the page.
func timed(t *testing.T, c *carrier) (*house, bot.Actor) {
	g, err := notify.NewGateway(notify.GatewayConfig{URL: "https://sms.example", Body: "{{.Phone}} {{.Text}}", Transport: c,
		Headers: []notify.Header{{Name: "Content-Type", Value: "text/plain"}}})
	require.NoError(t, err)
	h := newHouse(t, func(o *engine.Options) {
		o.Notify, o.PublicURL = &notify.Office{SMS: g}, "https://bedside.example"
		o.PatientHere = func(string) bool { return false }
		limits := o.Limits
		o.Limits = func() bot.Limits {
			l := limits()
			l.NoticeKinds = o.Notify.Channels()
			return l
		}
	})
	a := h.waiting("anna")
	_, err = h.e.Do(t.Context(), bot.Command{
		Conversation: a.Conversation, Key: h.key(), Do: bot.DoContact, Actor: a, Device: bot.TicketHash(ticketOf("anna")),
		Args: bot.Args{Channel: bot.BySMS, Address: "+79160000001"},
	})
	require.NoError(t, err)
	return h, a
}

// The link lives for a day, and dies with *only here*.
func TestAnInvitationLivesForADay(t *testing.T) {
	for name, c := range map[string]struct {
		after time.Duration
		only  bool
		good  bool
	}{"a day": {24*time.Hour - time.Minute, false, true}, "longer": {24 * time.Hour, false, false}, "only here": {time.Minute, true, false}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				gateway := &carrier{}
				h, a := timed(t, gateway)
				_, err := h.e.GoOn(t.Context(), h.link("anna"), ticketOf("tablet"), "")
				require.NoError(t, err)
				stop := h.run()
				h.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
				synctest.Wait()
				stop()
				require.Len(t, gateway.texts, 1)
				_, secret, ok := strings.Cut(gateway.texts[0], "#go-on=")
				require.True(t, ok)
				if c.only {
					require.NoError(t, h.e.OnlyHere(t.Context(), ticketOf("anna")))
				}
				time.Sleep(c.after)
				_, err = h.e.GoOn(t.Context(), secret, ticketOf("phone"), "")
				if c.good {
					require.NoError(t, err)
					return
				}
				requireCode(t, bot.Gone, err)
			})
		})
	}
}

// What the gateway puts off is tried again by itself, ever more rarely; after an hour
// somebody of the clinic is asked to call instead.
func TestAMessageIsTriedForAnHour(t *testing.T) {
	for name, fails := range map[string]int{"at last": 5, "never": 1000} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				gateway := &carrier{fail: fails}
				h, a := timed(t, gateway)
				stop := h.run()
				began := time.Now()
				h.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
				h.do(igor, a.Conversation, bot.DoSend, bot.Args{Text: "Good day."})
				time.Sleep(90 * time.Minute)
				stop()
				s := h.state(a)
				require.Empty(t, s.Notices)
				if fails == 5 {
					require.Len(t, gateway.texts, 6)
					require.Empty(t, s.Tasks)
					require.Less(t, gateway.at[5].Sub(began), 10*time.Minute)
					return
				}
				require.Greater(t, len(gateway.texts), 6)
				require.Less(t, len(gateway.texts), 20)
				require.LessOrEqual(t, gateway.at[len(gateway.at)-1].Sub(began), time.Hour)
				require.Len(t, s.Tasks, 1)
			})
		})
	}
}

// A process that dies between the attempt and its answer sends a text message no
// second time; somebody of the clinic is asked to call instead. Mail goes again.
func TestAnAttemptSurvivesTheProcess(t *testing.T) {
	var shift atomic.Int64
	p := newPosts(t, func(o *engine.Options) {
		o.Now = func() time.Time { return time.Now().Add(time.Duration(shift.Load())) }
	})
	a := p.waiting("anna")
	p.contact("anna", a, bot.Args{Channel: bot.BySMS, Address: "+79160000001"})
	p.contact("anna", a, bot.Args{Channel: bot.ByEmail, Address: "one@clinic.example"})
	p.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	for _, n := range p.state(a).Notices { // as far as the process came
		_, err := p.e.Do(t.Context(), bot.Command{
			Conversation: a.Conversation, Do: bot.DoNoticeTried, Actor: bot.Actor{Role: bot.System},
			Args: bot.Args{Notice: bot.OfNotice{Notice: n.Notice.Notice}},
		})
		require.NoError(t, err)
	}
	p.restart()
	shift.Store(int64(3 * time.Minute))
	stop := p.run()
	s := p.settled(a)
	stop()
	require.Empty(t, p.sms.Taken())
	require.Len(t, p.mail.Taken(), 1)
	require.Len(t, s.Tasks, 1)
	require.Equal(t, bot.TaskTell, s.Tasks[0].Kind)
	require.Equal(t, bot.BySMS, s.Tasks[0].Channel)
	failed := bodies[bot.OfNotice](t, p.house, a.Conversation, bot.NoticeFailed)
	require.Len(t, failed, 1)
	require.Equal(t, bot.NoticeUnknown, failed[0].Kind)
}

// What is refused for the moment is tried again, with the same Message-ID, for an
// hour; a text message only where it cannot have gone.
func TestWhatFailsIsTriedAgain(t *testing.T) {
	var shift atomic.Int64
	p := newPosts(t, func(o *engine.Options) {
		o.Now = func() time.Time { return time.Now().Add(time.Duration(shift.Load())) }
	})
	a := p.waiting("anna")
	p.contact("anna", a, bot.Args{Channel: bot.BySMS, Address: "+79160000001"})
	p.contact("anna", a, bot.Args{Channel: bot.ByEmail, Address: "one@clinic.example"})
	p.sms.Answer(func(n int) int {
		if n < 4 {
			return 503
		}
		return 200
	})
	var letters atomic.Int32
	p.mail.Refuse(func(line string) string {
		if line == "." && letters.Add(1) < 3 {
			return "451 later"
		}
		return ""
	})
	p.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	p.do(igor, a.Conversation, bot.DoSend, bot.Args{Text: "Good day."})
	for round := 0; len(p.state(a).Notices) > 0; round++ { // each in a process of its own, later than the back-off
		require.Less(t, round, 10)
		stop := p.run()
		require.Eventually(t, func() bool {
			return !slices.ContainsFunc(p.state(a).Notices, func(n bot.OpenNotice) bool { return n.Tried || n.Failed <= round })
		}, 10*time.Second, 2*time.Millisecond)
		stop()
		p.restart()
		shift.Add(int64(3 * time.Minute))
	}
	require.Len(t, p.sms.Taken(), 4)
	require.Len(t, p.mail.Taken(), 1)
	require.Empty(t, p.state(a).Tasks)
	letter, err := mail.ReadMessage(strings.NewReader(p.mail.Taken()[0].Data))
	require.NoError(t, err)
	sent := bodies[bot.OfNotice](t, p.house, a.Conversation, bot.NoticeSent)
	require.Len(t, sent, 2)
	require.Contains(t, []string{"<" + sent[0].Notice + "@clinic.example>", "<" + sent[1].Notice + "@clinic.example>"}, letter.Header.Get("Message-ID"))
}

// A mail server that says nothing keeps no call waiting.
func TestASlowMailServerHoldsUpNoCall(t *testing.T) {
	p := newPosts(t)
	a := p.waiting("anna")
	p.contact("anna", a, bot.Args{Channel: bot.ByEmail, Address: "one@clinic.example"})
	reached, free := make(chan struct{}), make(chan struct{})
	var once atomic.Bool
	p.mail.Refuse(func(line string) string {
		if line == "." && once.CompareAndSwap(false, true) {
			close(reached)
			<-free
		}
		return ""
	})
	stop := p.run()
	defer stop()
	p.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	<-reached
	p.do(igor, a.Conversation, bot.DoEscalate, bot.Args{How: bot.ByPage})
	require.Eventually(t, func() bool { return p.state(a).Call.Stands() }, 10*time.Second, 5*time.Millisecond)
	require.Len(t, p.state(a).Notices, 1)
	close(free)
	p.settled(a)
	require.Len(t, p.mail.Taken(), 1)
}

// The lead hears of what is about to break, and reads where; a patient's words and
// name are in no message.
func TestTheLeadIsReached(t *testing.T) {
	p := newPosts(t, func(o *engine.Options) {
		o.OnDuty = func(string) bool { return false }
		limits := o.Limits
		o.Limits = func() bot.Limits {
			l := limits()
			l.LeadKinds = []bot.Channel{bot.ByEmail, bot.BySMS}
			return l
		}
	})
	stop := p.run()
	defer stop()
	a := p.waiting("anna")
	p.settled(a)
	require.Len(t, p.mail.Taken(), 1)
	require.Equal(t, "lead@clinic.example", p.mail.Taken()[0].To)
	require.Len(t, p.sms.Taken(), 1)
	said := smsText(t, p.sms.Taken()[0])
	require.Equal(t, "+79160000009", said["to"])
	require.Contains(t, said["text"], "general practitioner")
	require.Contains(t, said["text"], "https://console.example/console/")
	require.NotContains(t, said["text"], "Anna")
}

// Where no address of the lead is configured, the browser of whoever clinic.alert names
// is woken all the same; nobody's who has left the clinic.
func TestTheLeadsBrowserIsWoken(t *testing.T) {
	lead := bot.Actor{Role: bot.Admin, Login: "lead", Name: "Lead"}
	var gone atomic.Bool
	p := newPosts(t, func(o *engine.Options) {
		o.OnDuty = func(string) bool { return false }
		staff := o.Staff
		o.Staff = func(ctx context.Context) map[string]bot.Actor {
			all := staff(ctx)
			if !gone.Load() {
				all[lead.Login] = lead
			}
			return all
		}
	})
	stop := p.run()
	defer stop()
	p.settled(p.waiting("anna"))
	require.Empty(t, p.push.Taken(), "no console has let itself be woken")

	sub := p.push.Subscribe(t)
	require.NoError(t, p.e.AddPush(t.Context(), lead.Login, "session", sub))
	s := p.settled(p.waiting("boris"))
	require.Len(t, p.push.Taken(), 1)
	note := p.push.Taken()[0].Note
	require.Contains(t, note.Body, "general practitioner")
	require.Equal(t, "https://console.example/console/", note.URL)
	require.NotContains(t, note.Title+note.Body, "Anna")
	require.Empty(t, s.Tasks)
	require.Empty(t, p.sms.Taken())

	gone.Store(true)
	p.settled(p.waiting("clara"))
	require.Len(t, p.push.Taken(), 1)
}

// A doctor's browsers are woken, those that want nothing more are forgotten.
func TestABrowserOfStaffIsKeptAndForgotten(t *testing.T) {
	p := newPosts(t)
	one, two := p.push.Subscribe(t), p.push.Subscribe(t)
	require.NoError(t, p.e.AddPush(t.Context(), vera.Login, "session", one))
	require.NoError(t, p.e.AddPush(t.Context(), vera.Login, "session", one))
	require.NoError(t, p.e.AddPush(t.Context(), vera.Login, "session", two))
	require.Equal(t, 2, p.browsers(vera.Login))
	requireCode(t, bot.Malformed, p.e.AddPush(t.Context(), vera.Login, "session", bot.Subscription{Endpoint: "http://localhost"}))
	require.NoError(t, p.e.DropPush(t.Context(), vera.Login, one.Endpoint))
	require.NoError(t, p.e.DropPush(t.Context(), vera.Login, one.Endpoint))
	require.Equal(t, 1, p.browsers(vera.Login))
	for range 15 {
		require.NoError(t, p.e.AddPush(t.Context(), vera.Login, "session", p.push.Subscribe(t)))
	}
	require.LessOrEqual(t, p.browsers(vera.Login), 10)
	require.NotEmpty(t, p.e.PushKey())
	require.NotContains(t, p.log.String(), one.Endpoint)
}

// A browser is woken for whoever has signed in there last, and until they sign out.
func TestABrowserOfStaffGoesWithItsSignIn(t *testing.T) {
	const other = "other"
	p := newPosts(t)
	one, two := p.push.Subscribe(t), p.push.Subscribe(t)
	require.NoError(t, p.e.AddPush(t.Context(), vera.Login, "morning", one))
	require.NoError(t, p.e.AddPush(t.Context(), vera.Login, "noon", two))
	require.NoError(t, p.e.AddPush(t.Context(), other, "evening", one))
	require.Equal(t, 1, p.browsers(vera.Login), "somebody else sits there now")
	require.Equal(t, 1, p.browsers(other))
	require.NoError(t, p.e.DropPushes(t.Context(), vera.Login, "morning"))
	require.Equal(t, 1, p.browsers(vera.Login), "another sign-in's stays")
	require.NoError(t, p.e.DropPushes(t.Context(), vera.Login, "noon"))
	require.Zero(t, p.browsers(vera.Login))
	require.Equal(t, 1, p.browsers(other))

	all := []bot.Subscription{two}
	for range 9 {
		all = append(all, p.push.Subscribe(t))
	}
	for range 2 {
		for _, sub := range all {
			require.NoError(t, p.e.AddPush(t.Context(), vera.Login, "night", sub), "the same again is no eleventh")
		}
	}
	require.Equal(t, 10, p.browsers(vera.Login))
}

func (p *posts) browsers(login string) int {
	p.t.Helper()
	all, _, err := p.store.Records(p.t.Context(), "push", login+"/", "", 100)
	require.NoError(p.t, err)
	return len(all)
}

// Without effects, as from a restored backup, nobody is written to.
func TestACopyWritesToNobody(t *testing.T) {
	p := newPosts(t, func(o *engine.Options) { o.Effects = false })
	a := p.waiting("anna")
	p.contact("anna", a, bot.Args{Channel: bot.BySMS, Address: "+79160000001"})
	stop := p.run()
	require.Eventually(t, func() bool { return p.e.Ready(t.Context()) == nil }, 5*time.Second, time.Millisecond)
	p.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	require.Len(t, p.state(a).Notices, 1)
	stop()
	require.Empty(t, p.sms.Taken())
}

// A booking goes into the patient's calendar by mail, under one UID, and out of it.
func TestABookingIsMailedWithItsFile(t *testing.T) {
	p := newPosts(t)
	a := p.consulting("anna", igor)
	p.contact("anna", a, bot.Args{Channel: bot.ByEmail, Address: "one@clinic.example"})
	stop := p.run()
	defer stop()
	p.here.Store(true)
	p.do(igor, a.Conversation, bot.DoPropose, bot.Args{Time: time.Now().Add(48 * time.Hour).Truncate(time.Hour), Minutes: 30})
	s := p.settled(a)
	require.Len(t, s.Bookings, 1)
	id := s.Bookings[0].ID
	before := len(p.mail.Taken())
	p.do(a, a.Conversation, bot.DoAcceptTime, bot.Args{Booking: id})
	p.settled(a)
	p.do(igor, a.Conversation, bot.DoCancel, bot.Args{Booking: id, Reason: "a reason of the clinic"})
	p.settled(a)
	taken := p.mail.Taken()[before:]
	require.Len(t, taken, 2)
	booked, cancelled := fileOf(t, taken[0]), fileOf(t, taken[1])
	require.Contains(t, booked, "METHOD:PUBLISH")
	require.Contains(t, cancelled, "METHOD:CANCEL")
	uid := regexp.MustCompile(`UID:\S+`)
	require.Equal(t, uid.FindString(booked), uid.FindString(cancelled))
	require.NotEmpty(t, uid.FindString(booked))
	number := regexp.MustCompile(`SEQUENCE:(\d+)`)
	require.Less(t, number.FindStringSubmatch(booked)[1], number.FindStringSubmatch(cancelled)[1])
	require.Contains(t, taken[0].Data, "https://bedside.example/join/"+id)
	require.NotContains(t, taken[1].Data, "/join/", "the link of a cancelled visit is dead")
	require.NotContains(t, taken[1].Data+cancelled, "a reason of the clinic")
}

// fileOf is the calendar's file in a mail.
func fileOf(t *testing.T, l notifytest.Letter) string {
	t.Helper()
	letter, err := mail.ReadMessage(strings.NewReader(l.Data))
	require.NoError(t, err)
	_, params, err := mime.ParseMediaType(letter.Header.Get("Content-Type"))
	require.NoError(t, err)
	parts := multipart.NewReader(letter.Body, params["boundary"])
	for {
		part, err := parts.NextPart()
		require.NoError(t, err, "no file in the mail")
		if part.FileName() != "" {
			text, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
			require.NoError(t, err)
			return strings.ReplaceAll(string(text), "\r\n ", "")
		}
	}
}
