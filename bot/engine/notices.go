package engine

import (
	"context"
	"errors"
	"slices"
	"time"

	"bedside/bot"
	"bedside/bot/notify"
)

const (
	// noticeMost is the longest rest of a message: those about a visit wait for nothing
	// longer, and what is tried again is given up after an hour.
	noticeMost = 70 * time.Minute
	// noticeGrace is how long a message that is being sent may go on while the process
	// stops: one that is broken off may have gone.
	noticeGrace = 5 * time.Second
)

// sendNotice sends a message and records what came of it. The last look before it
// and the record of the attempt are one command; who does not get that record does
// not send.
func (e *Engine) sendNotice(ctx context.Context, id string, w bot.Wish) error {
	n := w.Notice
	a := bot.Args{Notice: bot.OfNotice{Notice: n.Notice.Notice}}
	done, err := e.system(ctx, id, bot.DoNoticeTried, a)
	if err != nil {
		return err
	}
	f, _, err := e.fresh(ctx, id)
	if err != nil {
		return err
	}
	tried := slices.ContainsFunc(done.Entries, func(e bot.Entry) bool { return e.Kind == bot.NoticeTried })
	at := slices.IndexFunc(f.state.Notices, func(o bot.OpenNotice) bool { return o.Notice.Notice == n.Notice.Notice })
	if at < 0 || n.Channel != bot.ByEmail && !tried {
		return nil
	}
	ctx, stop := lingering(ctx, noticeGrace)
	defer stop()
	sent := e.post(ctx, f.state, f.state.Notices[at])
	e.metrics.notice(n.Channel, sent)
	if sent == nil {
		_, err := e.system(ctx, id, bot.DoNoticeSent, a)
		return err
	}
	e.log.Warn("engine: a message was not sent", "conversation", id, "why", n.Why, "channel", n.Channel, "error", sent)
	var failed *notify.Error
	if !errors.As(sent, &failed) { // it was never handed over: the store did not answer
		failed = &notify.Error{Kind: notify.Unreachable, What: "the journal does not answer", Retry: true}
	}
	a.Notice.Kind, a.Notice.Detail, a.Retry = string(failed.Kind), failed.What, failed.Retry
	_, err = e.system(ctx, id, bot.DoNoticeFailed, a)
	return err
}

// lingering outlives ctx by a grace.
func lingering(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.NewTimer(grace)
		defer timer.Stop()
		select {
		case <-timer.C:
			cancel()
		case <-longer.Done():
		}
	})
	return longer, func() { stop(); cancel() }
}

// post sends a message to whom it is for, within what the clinic lets go in a day.
// Messages are counted, not attempts.
func (e *Engine) post(ctx context.Context, s bot.State, o bot.OpenNotice) error {
	n := o.Notice
	if n.To != "" && n.Channel == bot.ByPush {
		m, err := e.message(ctx, s, n)
		if err != nil {
			return err
		}
		return e.postToStaff(ctx, n.To, m)
	}
	to, err := e.addressOf(s, n)
	if err == nil && o.Failed == 0 {
		err = e.allow(ctx, s, n, to.Address)
	}
	if err != nil {
		return err
	}
	m, err := e.message(ctx, s, n)
	if err != nil {
		return err
	}
	m.To, m.Push = to.Address, to.Push
	return e.o.Notify.Send(ctx, n.Channel, m)
}

// addressOf is where a message of the patient or the lead goes.
func (e *Engine) addressOf(s bot.State, n bot.Notice) (bot.Contact, error) {
	if n.To != bot.ToLead {
		c, ok := bot.AddressOf(s, n.Channel, n.Why, e.limits(), e.live(s.Site).Clinic())
		if !ok {
			return c, &notify.Error{Kind: notify.NotConfigured, What: "the patient has left no such address any more"}
		}
		return c, nil
	}
	all := e.o.Lead.Email
	if n.Channel == bot.BySMS {
		all = e.o.Lead.Phone
	}
	if n.Nth >= len(all) {
		return bot.Contact{}, &notify.Error{Kind: notify.NotConfigured, What: "the lead has no such address any more"}
	}
	return bot.Contact{Channel: n.Channel, Address: all[n.Nth]}, nil
}

// limits are today's, with the numbers that the clinic writes to.
func (e *Engine) limits() bot.Limits {
	l := e.o.Limits()
	l.Numbers = e.o.Notify.Numbers()
	return l
}
