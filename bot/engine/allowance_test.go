package engine_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/notify"
)

// thrifty is a house that lets few messages go in a day, and whose clock can be put on.
func thrifty(t *testing.T, address, site, lead int) (*posts, *atomic.Int64) {
	shift := new(atomic.Int64)
	return newPosts(t, func(o *engine.Options) {
		o.Notify.Daily = notify.Daily{Address: address, Site: site, Lead: lead}
		o.Now = func() time.Time { return time.Now().Add(time.Duration(shift.Load())) }
	}), shift
}

// told brings a conversation to the moment at which its patient, who has left the page
// and a number, hears that a doctor is there.
func (p *posts) told(name, number string) bot.Actor {
	p.t.Helper()
	a := p.waiting(name)
	p.contact(name, a, bot.Args{Channel: bot.BySMS, Address: number})
	p.do(igor, a.Conversation, bot.DoClaim, bot.Args{})
	return a
}

// requireWithheld wants the message kept back, and somebody asked to tell by hand.
func (p *posts) requireWithheld(a bot.Actor, c bot.Channel) {
	p.t.Helper()
	s := p.settled(a)
	failed := bodies[bot.OfNotice](p.t, p.house, a.Conversation, bot.NoticeFailed)
	require.Len(p.t, failed, 1)
	require.Equal(p.t, "withheld", failed[0].Kind)
	require.Zero(p.t, failed[0].RetryAt)
	require.Len(p.t, s.Tasks, 1)
	require.Equal(p.t, bot.TaskTell, s.Tasks[0].Kind)
	require.Equal(p.t, c, s.Tasks[0].Channel)
	require.Equal(p.t, "withheld", s.Tasks[0].Detail)
}

// Somebody's number, left in one conversation after the other, is written to so many
// times a day and no more; a restart forgets nothing, and tomorrow is another day.
func TestANumberIsWrittenToSoManyTimesADay(t *testing.T) {
	p, shift := thrifty(t, 2, 1000, 200)
	stop := p.run()
	const number = "+79160000001"
	for _, name := range []string{"anna", "boris"} {
		p.settled(p.told(name, number))
	}
	require.Len(t, p.sms.Taken(), 2)
	stop()
	p.restart()
	stop = p.run()
	p.requireWithheld(p.told("clara", number), bot.BySMS)
	p.settled(p.told("dmitri", "+79160000002"))
	require.Len(t, p.sms.Taken(), 3, "another number is another matter")

	kept, _, err := p.store.Records(t.Context(), "allowance", "", "", 100)
	require.NoError(t, err)
	require.NotEmpty(t, kept)
	for _, r := range kept {
		require.NotContains(t, r.Key+string(r.Value), "9160000001")
		require.False(t, r.Expires.IsZero())
	}
	require.NotContains(t, p.log.String(), "9160000001")

	stop() // the next day
	p.restart()
	shift.Store(int64(24 * time.Hour))
	stop = p.run()
	defer stop()
	p.settled(p.told("egor", number))
	require.Len(t, p.sms.Taken(), 4)
}

// A conversation in which one number after the other is left spends no more either.
func TestAConversationSpendsNoMoreThanANumber(t *testing.T) {
	p, _ := thrifty(t, 2, 1000, 200)
	p.here.Store(true)
	a := p.consulting("anna", igor)
	stop := p.run()
	defer stop()
	for n := range 4 {
		p.contact("anna", a, bot.Args{Channel: bot.BySMS, Address: fmt.Sprintf("+7916000001%d", n)})
		p.do(igor, a.Conversation, bot.DoPropose, bot.Args{Time: time.Now().Add(time.Duration(48+n) * time.Hour).Truncate(time.Hour), Minutes: 30})
		s := p.settled(a)
		p.do(a, a.Conversation, bot.DoAcceptTime, bot.Args{Booking: s.Bookings[len(s.Bookings)-1].ID})
		p.settled(a)
	}
	require.Len(t, p.sms.Taken(), 2)
}

// Whoever books all day spends half of what the site lets go, and gives nobody work:
// the other half is for what the clinic has to say.
func TestWhoBooksAllDayLeavesHalf(t *testing.T) {
	p, _ := thrifty(t, 20, 4, 200)
	p.here.Store(true)
	a := p.consulting("anna", igor)
	p.contact("anna", a, bot.Args{Channel: bot.BySMS, Address: "+79160000030"})
	stop := p.run()
	defer stop()
	for n := range 4 {
		p.do(igor, a.Conversation, bot.DoPropose, bot.Args{Time: time.Now().Add(time.Duration(48+n) * time.Hour).Truncate(time.Hour), Minutes: 30})
		s := p.settled(a)
		p.do(a, a.Conversation, bot.DoAcceptTime, bot.Args{Booking: s.Bookings[len(s.Bookings)-1].ID})
		require.Empty(t, p.settled(a).Tasks, "it stands on the page")
	}
	require.Len(t, p.sms.Taken(), 2)
	p.here.Store(false)
	for n, name := range []string{"boris", "clara"} {
		p.settled(p.told(name, fmt.Sprintf("+7916000004%d", n)))
	}
	require.Len(t, p.sms.Taken(), 4)
	p.requireWithheld(p.told("dmitri", "+79160000049"), bot.BySMS)
}

// A site lets so many go, whoever they are for; all at once are counted one by one.
func TestASiteSpendsSoManyMessagesADay(t *testing.T) {
	p, _ := thrifty(t, 20, 5, 200)
	var all []bot.Actor
	for n := range 12 {
		all = append(all, p.told(fmt.Sprintf("n%d", n), fmt.Sprintf("+791600002%02d", n)))
	}
	stop := p.run()
	defer stop()
	withheld := 0
	for _, a := range all {
		withheld += len(p.settled(a).Tasks)
	}
	require.Len(t, p.sms.Taken(), 5)
	require.Equal(t, 7, withheld)
}

// Messages to patients and to the lead are counted apart: who spends the patients'
// keeps nobody from waking the lead.
func TestTheLeadIsWokenWhateverPatientsSpend(t *testing.T) {
	p, _ := thrifty(t, 1, 1, 2)
	limits := p.opts.Limits
	p.opts.Limits = func() bot.Limits {
		l := limits()
		l.LeadKinds = []bot.Channel{bot.BySMS}
		return l
	}
	p.opts.OnDuty = func(string) bool { return false }
	p.restart()
	stop := p.run()
	defer stop()
	for _, name := range []string{"anna", "boris", "clara"} {
		a := p.waiting(name)
		s := p.settled(a)
		require.Empty(t, s.Tasks, "the board shows what the lead was not told")
	}
	require.Len(t, p.sms.Taken(), 2)
}

// What the gateway puts off is one message, however often it is tried.
func TestAttemptsAreNotCounted(t *testing.T) {
	p, shift := thrifty(t, 1, 1, 1)
	p.sms.Answer(func(n int) int {
		if n < 3 {
			return 503
		}
		return 200
	})
	a := p.told("anna", "+79160000001")
	for round := 0; len(p.state(a).Notices) > 0; round++ {
		require.Less(t, round, 10)
		stop := p.run()
		require.Eventually(t, func() bool {
			return !slices.ContainsFunc(p.state(a).Notices, func(n bot.OpenNotice) bool { return n.Tried || n.Failed <= round })
		}, 10*time.Second, 2*time.Millisecond)
		stop()
		p.restart()
		shift.Add(int64(time.Minute))
	}
	require.Empty(t, p.state(a).Tasks)
	require.Len(t, p.sms.Taken(), 3)
}

// Two processes over one store count together.
func TestTwoProcessesCountTogether(t *testing.T) {
	p, _ := thrifty(t, 20, 6, 200)
	other, err := engine.New(p.opts)
	require.NoError(t, err)
	var sent atomic.Int32
	var both sync.WaitGroup
	for _, e := range []*engine.Engine{p.e, other} {
		for n := range 10 {
			both.Go(func() {
				if e.Allow(context.Background(), fmt.Sprintf("c%p-%d", e, n), fmt.Sprintf("+7%p%d", e, n)) == nil {
					sent.Add(1)
				}
			})
		}
	}
	both.Wait()
	require.EqualValues(t, 6, sent.Load())
}

// A number of a country to which the clinic does not write is refused when it is left,
// by what the gateway's configuration says.
func TestTheGatewaysNumbersHold(t *testing.T) {
	p := newPosts(t, func(o *engine.Options) {
		sms, err := notify.NewGateway(notify.GatewayConfig{URL: "https://sms.example/", Body: "{{.Phone}} {{.Text}}", Numbers: []string{"+7"}})
		require.NoError(t, err)
		o.Notify.SMS = sms
	})
	a := p.waiting("anna")
	_, err := p.try(a, a.Conversation, bot.DoContact, bot.Args{Channel: bot.BySMS, Address: "+44 20 7946 0000"})
	requireCode(t, bot.Invalid, err)
	p.contact("anna", a, bot.Args{Channel: bot.BySMS, Address: "+79160000001"})
}
