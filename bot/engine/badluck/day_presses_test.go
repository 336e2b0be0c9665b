package badluck_test

import (
	"fmt"
	"strings"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/trueconf/standin"
)

// patientWants and doctorWants say how much somebody likes to do a thing among
// those that they may; what has a call of its own is not wanted.
var (
	patientWants = map[bot.Do]int{
		bot.DoChoose: 40, bot.DoSend: 12, bot.DoSkip: 2, bot.DoBack: 1, bot.DoSpeak: 1, bot.DoClose: 1, bot.DoRate: 4,
		bot.DoAcceptTime: 20, bot.DoDeclineTime: 5, bot.DoMove: 2, bot.DoCancel: 1, bot.DoLate: 20,
		bot.DoAskVideo: 4, bot.DoDevices: 2, bot.DoContact: 4, bot.DoDropContact: 1, "decline_call": 1,
	}
	doctorWants = map[bot.Do]int{
		bot.DoClaim: 6, bot.DoNote: 1, bot.DoSend: 20, bot.DoEscalate: 8, bot.DoNewRoom: 1, bot.DoHangUp: 4, bot.DoFinish: 6,
		bot.DoRelease: 1, bot.DoTransfer: 1, bot.DoClose: 1, bot.DoNothing: 2, bot.DoDecline: 1,
		bot.DoRefuseVideo: 3, bot.DoExtend: 1, bot.DoPropose: 4, bot.DoMove: 1, bot.DoCancel: 1, bot.DoReassign: 1,
		bot.DoKept: 2, bot.DoNoShow: 2, bot.DoTaskDone: 4, bot.DoCallbackDone: 3, bot.DoCallbackFailed: 1, bot.DoEndEmergency: 2,
	}
)

// picks is one of the things that may be done, by how much it is wanted; "" where
// none is.
func (d *day) picks(may []bot.Do, wants map[bot.Do]int) bot.Do {
	sum := 0
	for _, do := range may {
		sum += wants[do]
	}
	if sum == 0 {
		return ""
	}
	at := d.chance.IntN(sum)
	for _, do := range may {
		if at -= wants[do]; at < 0 {
			return do
		}
	}
	return ""
}

// args are what somebody says with a thing, sensible more often than not.
func (d *day) args(do bot.Do, s bot.State) bot.Args {
	pick := func(all ...string) string { return all[d.chance.IntN(len(all))] }
	a := bot.Args{}
	switch do {
	case bot.DoSend:
		a.Text = pick("hello", "hello again", "How are you?", "I have a question.")
		if s.Asked != nil && s.Phase != bot.Consulting {
			a.Text = pick("Patient One", "+79161234567", "+79161234567")
		}
		if d.one(60) {
			a.Text = "chest pain"
		}
	case bot.DoChoose:
		if d.one(30) {
			a.Step, a.Option = s.Asked.Step, "nonsense"
			break
		}
		a.Step, a.Option = s.Asked.Step, s.Asked.Options[d.chance.IntN(len(s.Asked.Options))].ID
	case bot.DoSkip:
		if a.Step = s.QueueStep; s.Asked != nil {
			a.Step = s.Asked.Step
		}
	case bot.DoSpeak:
		a.Language = "en"
	case bot.DoRate:
		a.Stars = 1 + d.chance.IntN(5)
	case bot.DoEscalate:
		a.How = []bot.How{"", bot.ByApp, bot.ByPage}[d.chance.IntN(3)]
	case bot.DoNote:
		a.Text = "a note"
	case bot.DoRelease, bot.DoCallbackFailed, bot.DoDecline:
		a.Reason = "a reason"
	case bot.DoTransfer:
		a.To, a.Reason = pick("gp", "kids", "doctor/doctor_1", "doctor/doctor_3"), "a reason"
	case bot.DoFinish:
		a = d.finishing()
	default:
		d.promised(&a, do, s)
	}
	return a
}

// finishing is how a doctor ends a visit.
func (d *day) finishing() bot.Args {
	a := bot.Args{Outcome: "examined"}
	switch d.chance.IntN(5) {
	case 0:
		a.Words = "Drink a lot."
	case 1:
		a.Words, a.Next = "Come back.", &bot.Next{Kind: "follow_up", At: time.Now().Add(7 * 24 * time.Hour), Text: "Come back."}
	case 2:
		a.Next = &bot.Next{Kind: "booking", At: d.soon()}
	}
	return a
}

// soon is a time for an appointment, most often within the day.
func (d *day) soon() time.Time {
	const grid = 20 * time.Minute
	if d.luck["same_hour"] {
		return time.Now().Truncate(time.Hour).Add(time.Hour)
	}
	return time.Now().Truncate(grid).Add(time.Duration(1+d.chance.IntN(9)) * grid)
}

// promised are the words of what is done about appointments, calls and messages.
func (d *day) promised(a *bot.Args, do bot.Do, s bot.State) {
	switch do {
	case bot.DoPropose:
		a.Time, a.Text = d.soon(), "Shall we?"
	case bot.DoAcceptTime, bot.DoDeclineTime:
		a.Booking = d.bookingOf(s, bot.Proposed)
	case bot.DoMove:
		a.Booking, a.Time = d.bookingOf(s, bot.BookedFor), d.soon()
	case bot.DoCancel:
		a.Booking, a.Reason = d.bookingOf(s, bot.BookedFor), "a reason"
	case bot.DoReassign:
		a.Booking, a.To = d.bookingOf(s, bot.BookedFor), dayStaff[d.chance.IntN(len(dayStaff))].Login
	case bot.DoKept, bot.DoNoShow:
		a.Booking = d.bookingOf(s, bot.DueNow)
	case bot.DoLate:
		a.Booking, a.Option = d.bookingOf(s, bot.DueNow), []string{"wait", "other", "phone", "new_time"}[d.chance.IntN(4)]
	case bot.DoExtend:
		a.Minutes = 5 + d.chance.IntN(10)
	case bot.DoAskVideo, bot.DoRefuseVideo:
		a.Text = "words"
	case bot.DoDevices:
		a.Devices = &bot.Devices{Camera: "ok", Microphone: "ok", Speaker: "ok", Connection: "ok", Browser: "ok", Way: "page"}
	case bot.DoContact:
		a.Channel, a.Address = bot.BySMS, "+79161234567"
	case bot.DoDropContact:
		a.Channel = bot.BySMS
	case bot.DoTaskDone:
		if len(s.Tasks) > 0 {
			a.Task = s.Tasks[0].Task.Task
		}
	}
}

// bookingOf is one of the appointments in a state, or any.
func (d *day) bookingOf(s bot.State, in bot.BookingState) string {
	for _, b := range s.Bookings {
		if b.State == in {
			return b.ID
		}
	}
	if len(s.Bookings) > 0 {
		return s.Bookings[0].ID
	}
	return ""
}

// joins presses Join until the room lets in, as long as a person would. A button
// that does not work although all is well fails the day.
func (d *day) joins(who *person, in *tabs, device string) {
	d.t.Helper()
	d.note("%s presses Join", who.label())
	failed, move, began := false, false, time.Now()
	for {
		s := who.state()
		if !s.Call.Stands() || who.actor.Role == bot.Doctor && s.Doctor != who.actor.Login {
			return
		}
		if v := d.answersRing(who, s); v != nil {
			*in = append(*in, v)
			return
		}
		link, err := d.e.Join(d.t.Context(), who.actor, engine.JoinRequest{
			Call: s.Call.ID, Failed: failed, Device: device, Move: move,
		})
		r := d.refusal(err, "a press of %s", who.label())
		switch {
		case r == nil && link.Rung:
		case r == nil:
			v, err := d.enter(link)
			if err == nil {
				*in = append(*in, v)
				return
			}
			failed = true
			d.note("  … the page says %v", err)
		case r.Code == bot.Elsewhere:
			move = true // asked whether the call is to move here
		default:
			d.note("  … %s: %s", r.Code, r.Message)
		}
		wait := 2 * time.Second
		if r != nil {
			wait = time.Duration(max(r.RetryAfter, 1)) * time.Second
		}
		d.passes(wait)
		if time.Now().Before(d.badUntil) && d.one(3) {
			return
		}
		if time.Since(began) > 3*time.Minute && time.Since(d.badUntil) > 3*time.Minute {
			d.t.Errorf("%s: a Join button that has not worked for three minutes: %v\n%s", who.label(), r, d.whoSits())
			return
		}
	}
}

func (d *day) enter(link engine.JoinAnswer) (*standin.Visitor, error) {
	for _, secret := range []string{link.WebURL, link.Deeplinks.Default, link.Deeplinks.Android} {
		d.video.secrets.learn("guest link", secret)
	}
	return d.video.Enter(link.WebURL)
}

// answersRing takes a ring of the doctor's app, where there is one in a room that
// runs.
func (d *day) answersRing(who *person, s bot.State) *standin.Visitor {
	if who.actor.Role != bot.Doctor || s.Call.How != bot.ByApp {
		return nil
	}
	for _, ring := range who.rings() {
		if room, _ := d.book.of(ring.Room); ring.Answered || room != s.Call.Room() {
			continue
		}
		if v, err := d.video.EnterUser(ring.Room, who.actor.TrueConfID); err == nil {
			return v
		}
	}
	return nil
}

// whoSits tells which rooms there are, who is in them, and what calls believe.
func (d *day) whoSits() string {
	var out strings.Builder
	for _, there := range d.video.Rooms() {
		room, _ := d.book.of(there.ID)
		fmt.Fprintf(&out, "room %s/%d: %+v\n", room.Call, room.Attempt, there.Participants)
	}
	for id, s := range d.disk.known() {
		if s.Call.Open() || len(s.Rooms) > 0 {
			fmt.Fprintf(&out, "%s: call %s %s by %s, seats %v, inside %v, claims %v, rooms %v\n",
				id[:6], s.Call.ID, s.Call.State, s.Call.How, s.Call.Seats, s.Call.Inside, bot.Claims(s), s.Rooms)
		}
	}
	return out.String()
}
