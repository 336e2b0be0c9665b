package web

import (
	"cmp"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

const (
	defaultEntries = 100
	maxEntries     = 500
	longestWait    = 30 * time.Second
)

// entries is GET /api/v1/conversations/{id}/entries. With wait, and nothing
// after after, the answer is held until there is something or the time is over.
func (s *Server) entries(w http.ResponseWriter, r *http.Request) error {
	p, err := s.partyOf(r)
	if err != nil {
		return err
	}
	page, wait, err := readPage(r.URL.Query())
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	var got engine.Page
	if p.actor.Role == bot.Patient && p.actor.Conversation == id && p.actor.Call == "" {
		s.present.came(id)
		defer s.present.went(id)
	}
	if wait > 0 {
		got, err = s.longPoll(r, p, id, page, wait)
	} else {
		got, err = s.o.Engine.Entries(r.Context(), p.actor, id, page)
	}
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.Entries{
		Entries: s.glass(p, id, s.languageOf(r.Context(), p, id)).all(got.Entries), Last: got.Last,
	})
}

// longPoll subscribes first and reads then, so that nothing falls between.
func (s *Server) longPoll(r *http.Request, p party, id string, page engine.PageRequest, wait time.Duration) (engine.Page, error) {
	release, err := s.occupy(r, p)
	if err != nil {
		return engine.Page{}, err
	}
	defer release()
	sub := s.o.Engine.Subscribe(id)
	defer sub.Close()
	over := time.NewTimer(wait)
	defer over.Stop()
	for {
		got, err := s.o.Engine.Entries(r.Context(), p.actor, id, page)
		if err != nil || len(got.Entries) > 0 {
			return got, err
		}
		select {
		case _, ok := <-sub.C:
			if !ok {
				return got, nil
			}
		case <-over.C:
			return got, nil
		case <-s.ctx.Done():
			return got, nil
		case <-r.Context().Done():
			return got, r.Context().Err()
		}
		if err := s.alive(r.Context(), p); err != nil {
			return engine.Page{}, err
		}
	}
}

// occupy counts an open socket or long poll by address and credential.
func (s *Server) occupy(r *http.Request, p party) (release func(), err error) {
	address, credential := visitOf(r.Context()).address, "c/"+p.key
	if !s.open.takeAddress(address, s.live.Load().Limits.SocketsPerAddress) {
		return nil, slowDown(30)
	}
	if !s.open.take(credential, s.live.Load().Limits.SocketsPerTicket) {
		s.open.giveAddress(address)
		return nil, slowDown(30)
	}
	return func() {
		s.open.giveAddress(address)
		s.open.give(credential)
	}, nil
}

// readPage reads after, before, limit and wait. Without after and before it is
// the end of the journal, which is never empty, so nothing is waited for. 0 is
// what is usual: so many entries, and no wait.
func readPage(q url.Values) (engine.PageRequest, time.Duration, error) {
	var page engine.PageRequest
	var err error
	if q.Has("after") && q.Has("before") {
		return page, 0, refuse(bot.Malformed, "Ask for what is after or before, not both.")
	}
	if page.After, err = sequence(q, "after"); err != nil {
		return page, 0, err
	}
	if page.Before, err = sequence(q, "before"); err != nil {
		return page, 0, err
	}
	if !q.Has("after") && page.Before == 0 {
		page.Before = math.MaxUint64
	}
	if page.Limit, err = number(q.Get("limit"), maxEntries); err != nil {
		return page, 0, err
	}
	page.Limit = cmp.Or(page.Limit, defaultEntries)
	seconds, err := number(strings.TrimSuffix(q.Get("wait"), "s"), int(longestWait/time.Second))
	if err == nil && seconds > 0 && q.Has("before") {
		err = refuse(bot.Malformed, "What is before an entry is there already: wait for what comes after one.")
	}
	return page, time.Duration(seconds) * time.Second, err
}

func sequence(q url.Values, name string) (uint64, error) {
	if !q.Has(name) {
		return 0, nil
	}
	n, err := strconv.ParseUint(q.Get(name), 10, 64)
	if err != nil {
		return 0, refuse(bot.Malformed, name+" is the sequence of an entry.")
	}
	return n, nil
}
