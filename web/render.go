package web

import (
	"context"
	"net/http"
	"net/url"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// glass is through which one reader sees the entries of one conversation.
type glass struct {
	reader bot.Actor
	links  bot.Links
}

// glass makes the links for the reader: patients get their own join link, which
// carries the visit key in the fragment; everybody gets the call that mints.
func (s *Server) glass(p party, conversation, language string) glass {
	g := glass{reader: p.actor}
	g.links.Language = language
	g.links.Join = func(call string) (method, href string) {
		return http.MethodPost, "/api/v1/conversations/" + url.PathEscape(conversation) + "/calls/" + url.PathEscape(call) + "/join"
	}
	if p.actor.Role == bot.Patient {
		g.links.Page = s.joinLink
	}
	return g
}

func (g glass) one(e bot.Entry) (wire.Entry, bool) {
	seen, ok := bot.View(e, g.reader, g.links)
	if !ok {
		return wire.Entry{}, false
	}
	return wire.Entry{
		Seq: seen.Seq, Prev: seen.Prev, At: seen.At, Kind: seen.Kind,
		By: wire.By{Role: seen.By.Role, Name: seen.By.Name}, Body: seen.Body,
	}, true
}

func (g glass) all(entries []bot.Entry) []wire.Entry {
	out := make([]wire.Entry, 0, len(entries))
	for _, e := range entries {
		if seen, ok := g.one(e); ok {
			out = append(out, seen)
		}
	}
	return out
}

// languageOf is the conversation's language, for what is rendered.
func (s *Server) languageOf(ctx context.Context, p party, id string) string {
	state, err := s.o.Engine.State(ctx, p.actor, id)
	if err != nil {
		return ""
	}
	return state.Language
}

// headOfState is a head as the reader may see it.
func headOfState(e *engine.Engine, a bot.Actor, s bot.State) wire.Head {
	h := wire.Head{ID: s.ID, Phase: s.Phase, May: append([]bot.Do{}, bot.MayDo(a, s)...)}
	if !a.Role.Staff() {
		h.Seq, h.Language = s.LastAll, s.Language
		if c := s.Call; c.Open() {
			h.Call = &wire.HeadCall{ID: c.ID, State: c.State}
		}
		return h
	}
	out := headOfRow(e.Row(s))
	out.May = h.May
	return out
}

func headOfRow(s engine.HeadRow) wire.Head {
	h := wire.Head{
		ID: s.ID, Phase: s.Phase, Seq: s.Seq, Site: s.Site, Department: s.Department,
		Priority: s.Priority, Since: s.Since.UTC(), Doctor: s.Doctor, DoctorName: s.DoctorName, Patient: s.Patient,
		Born: s.Born, Signed: s.Signed, Language: s.Language, Owed: s.Owed.UTC(), ReplyBy: s.ReplyBy.UTC(), Rung: s.Rung,
		Offered: s.Offered, Purpose: s.Purpose,
	}
	if c := s.CallBack; c != nil {
		h.CallBack = &wire.HeadCallBack{By: c.By.UTC(), Phone: c.Phone, Department: c.Department, Missed: c.Missed}
	}
	promisesOfRow(&h, s)
	if c := s.Call; c != nil {
		h.Call = &wire.HeadCall{ID: c.ID, State: c.State, How: c.How, Inside: c.Inside, Strangers: c.Strangers, Unwatched: c.Unwatched,
			Lacks: c.Lacks, Seats: c.Seats, Until: c.Until.UTC()}
	}
	return h
}

func headsOf(rows []engine.HeadRow) []wire.Head {
	out := make([]wire.Head, 0, len(rows))
	for _, row := range rows {
		out = append(out, headOfRow(row))
	}
	return out
}
