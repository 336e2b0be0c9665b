package web

import (
	"context"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// freshInvitation is how old a call.ready may be to come with a link: a replay
// of yesterday's mints nothing.
const freshInvitation = time.Minute

// invite sends a guest link for this reader alone with a call.ready. It is
// minted beside the entries, which do not wait for TrueConf.
func (f *follow) invite(e bot.Entry) {
	if f.c.s.now().Sub(e.At) >= freshInvitation {
		return
	}
	f.c.s.handOver("guest link", func() { f.mint(e.Seq) })
}

func (f *follow) mint(seq uint64) {
	ctx, cancel := context.WithTimeout(f.c.ctx, freshInvitation)
	defer cancel()
	s, actor := f.c.s, f.c.p.actor
	state, err := s.o.Engine.State(ctx, actor, f.id)
	if err != nil || !invited(actor, state, seq) {
		return
	}
	got, err := s.o.Engine.Join(ctx, actor, engine.JoinRequest{Call: state.Call.ID, Device: f.c.p.device(""), Pushed: true})
	s.metrics.mint("frame", err)
	if err != nil || got.Rung || got.WebURL == "" {
		return // the press of Join says why, and tries again
	}
	if f.ended() {
		return
	}
	f.c.send(wire.GuestLinkFrame{
		Type: wire.TypeGuestLink, Conversation: f.id, Call: got.Call, Seq: seq, WebURL: got.WebURL,
		Deeplinks: wire.Deeplinks{Default: got.Deeplinks.Default, Android: got.Deeplinks.Android},
		ExpiresAt: got.ExpiresAt.UTC(), Apps: apps(got.Apps),
	})
}

// invited reports whether the reader comes as a guest into the open call's
// present attempt: the patient, or the assigned doctor who comes by page. A
// doctor by app is rung instead.
func invited(a bot.Actor, s bot.State, seq uint64) bool {
	c := s.Call
	if !c.Open() || c.ReadySeq != seq {
		return false
	}
	if a.Role == bot.Patient {
		return true
	}
	return a.Login != "" && a.Login == s.Doctor && c.How == bot.ByPage
}
