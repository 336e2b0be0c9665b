package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"strings"
	"time"

	"bedside/bot"
	"bedside/bot/calendar"
	"bedside/bot/notify"
	"bedside/store"
)

// InviteLife is how long a link into the conversation can be used that was sent to
// somebody who had left the page.
const InviteLife = 24 * time.Hour

// message puts a notice into words, at the moment of sending.
func (e *Engine) message(ctx context.Context, s bot.State, n bot.Notice) (notify.Message, error) {
	live := e.live(s.Site)
	clinic := live.Clinic()
	facts := bot.NoticeFacts{Language: s.Language, Zone: e.zones.of(s.Zone), Now: e.now()}
	if facts.Zone == nil {
		facts.Zone = clinic.Zone
	}
	m := notify.Message{ID: n.Notice, Life: time.Hour}
	var err error
	switch n.Why {
	case bot.ForLead, bot.ForOffer:
		facts.Language, facts.Zone = live.Languages()[0], clinic.Zone
		if d, ok := live.Department(n.Department); ok {
			facts.Department = d.Title.In(facts.Language)
		}
		m.Link = e.o.ConsoleURL + "/console/"
		if n.Why == bot.ForOffer && s.Offer != nil {
			m.Life = max(s.Offer.Until.Sub(e.now()), 0)
		}
	default:
		m.Link, err = e.linkOf(ctx, s, n)
	}
	facts.Clinic, facts.Link = clinic.Name.In(facts.Language), m.Link
	text := bot.NoticeWords(n, facts)
	m.Title, m.Short, m.Text = text.Title, text.Short, text.Text
	e.attach(&m, n, facts)
	return m, err
}

// linkOf is where the patient goes on: the visit's own link, which never changes, or
// one into the conversation.
func (e *Engine) linkOf(ctx context.Context, s bot.State, n bot.Notice) (string, error) {
	if n.Booking != "" && n.Why != bot.ForCancelled {
		return e.joinLink(n.Booking), nil
	}
	panel := e.o.PublicURL + "/widget/"
	if s.Site != "" {
		panel += "?site=" + url.QueryEscape(s.Site)
	}
	if n.Channel == bot.ByPush {
		return panel, nil // the same browser: it holds the ticket
	}
	secret, err := e.invite(ctx, s)
	if err != nil || secret == "" {
		return panel, err
	}
	return panel + "#go-on=" + secret, nil
}

func (e *Engine) joinLink(call string) string {
	return e.o.PublicURL + "/join/" + url.PathEscape(call) + "#" + e.VisitKey(call)
}

// invite makes a link into the conversation in the name of a device of the patient
// that is still in it, used once and within InviteLife; "" where none is known. It is
// kept as a hash and stands in the message alone.
func (e *Engine) invite(ctx context.Context, s bot.State) (string, error) {
	from, err := e.deviceOf(ctx, s.ID)
	if err != nil || from == "" {
		return "", err
	}
	secret := rand.Text()
	link := elsewhere{Conversation: s.ID, Made: s.Seq, From: from}
	put := e.elsewherePut(secret, link, store.Absent, e.now().Add(InviteLife).UTC())
	return secret, e.store.Commit(ctx, store.Batch{Records: []store.Put{put}})
}

// deviceOf is a ticket's hash that is still good.
func (e *Engine) deviceOf(ctx context.Context, conversation string) (string, error) {
	devices, _, err := e.store.Records(ctx, spaceDevice, conversation+"/", "", 2*manyDevices)
	if err != nil {
		return "", err
	}
	for _, d := range devices {
		hash := strings.TrimPrefix(d.Key, conversation+"/")
		_, err := e.store.Record(ctx, spaceTicket, hash)
		switch {
		case err == nil:
			return hash, nil
		case !errors.Is(err, store.ErrNotFound):
			return "", err
		}
	}
	return "", nil
}

// contactRecords keep the device of whoever leaves an address: links that are sent
// there stand on it, and *only here* knows it.
func (e *Engine) contactRecords(c bot.Command) func(*folded) ([]store.Put, error) {
	if c.Do != bot.DoContact || c.Device == "" {
		return nil
	}
	of, device := c.Conversation, c.Device
	return func(*folded) ([]store.Put, error) { return []store.Put{devicePut(of, device)}, nil }
}

// attach puts the visit's file into a mail about it.
func (e *Engine) attach(m *notify.Message, n bot.Notice, f bot.NoticeFacts) {
	if n.Channel != bot.ByEmail || n.Booking == "" || n.Start.IsZero() {
		return
	}
	v := calendar.Visit{
		Booking: n.Booking, Sequence: n.Seq, Start: n.Start, Length: time.Duration(n.Length) * time.Second,
		URL: e.joinLink(n.Booking), Language: f.Language, Clinic: f.Clinic, PublicURL: e.o.PublicURL, From: e.o.From, At: e.now(),
	}
	switch n.Why {
	case bot.ForBooked, bot.ForMoved, bot.ForReminder:
	case bot.ForCancelled:
		v.Cancelled, v.Sequence, v.URL = true, n.Seq+1, ""
	default:
		return
	}
	event := v.Event()
	m.Calendar, m.Method = event.ICS(), event.Method()
}
