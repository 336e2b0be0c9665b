package bot

import (
	"encoding/json"
	"slices"
	"time"
)

const (
	noticeFor    = time.Hour        // a message that cannot be sent is given up after it
	noticeTime   = 2 * time.Minute  // one of which nobody says after it what became of it may have gone
	answerRest   = 20 * time.Second // the doctor may go on writing, and the patient come back
	frozenAfter  = 75 * time.Second // the page of a locked phone looks open for so long
	reloadTime   = 10 * time.Second // a page that was closed just now may be loading again
	unknownFor   = 30 * time.Second // after a start nobody knows whose page is open
	toldFor      = 12 * time.Hour   // who was told before is told again
	leadRest     = 5 * time.Minute  // between two messages to the lead about one conversation
	longestPush  = 2048             // of an endpoint's address
	pushKeyBytes = 65               // an uncompressed point of P-256 (RFC 8291 §3.1)
	pushSecret   = 16               // RFC 8291 §3.2
)

// spread wishes the messages that follow from what was decided, whoever decided it:
// to a patient who has left the page that a doctor is there or has answered, to the
// lead that something is about to break, to a doctor's browser that they are rung.
func (t *turn) spread() {
	decided := t.out
	due := t.dueBooking(decided)
	for _, e := range decided {
		switch {
		case e.Kind == BookingDue:
			t.tellAway(ForReminder, due)
		case e.Kind == DoctorAssigned && due == nil: // who is assigned by the clock need not be there yet
			t.tellAway(ForDoctorHere, nil)
		case e.By.Role == Doctor && slices.Contains(answers, e.Kind):
			t.tellAway(ForAnswer, nil)
		case e.Kind == LeadAlerted:
			t.tellLead(e)
		case e.Kind == OfferMade:
			t.tellDoctor()
		}
	}
	if a := t.c.Actor; a.Role == Patient && a.Call == "" && len(decided) > 0 {
		t.cameBack()
	}
}

// answers are what a doctor does in a conversation that its patient should see.
var answers = []Kind{MessageSent, FileWasSent, BookingProposed, VideoRefused, CallRequested, DoctorFinished}

// dueBooking is the appointment that has come due in this decision, or nil.
func (t *turn) dueBooking(decided []Entry) *Booking {
	if !slices.ContainsFunc(decided, func(e Entry) bool { return e.Kind == BookingDue }) {
		return nil
	}
	i := slices.IndexFunc(t.s.Bookings, func(b Booking) bool { return b.State == DueNow && b.DueAt.Equal(t.s.At) })
	if i < 0 {
		return &Booking{}
	}
	return &t.s.Bookings[i]
}

// tell wishes that the patient hears of something on every channel that they have
// left. What the patient did themself goes by mail alone, for their calendar. Who
// cannot be reached and is not here is told of a change by hand.
func (t *turn) tell(why NoticeWhy, b *Booking) {
	if why == ForLate && t.f.Here != nil && t.f.Here() {
		return
	}
	told, changed := false, why == ForMoved || why == ForCancelled
	for _, channel := range t.channels(why) {
		if t.c.Actor.Role == Patient && changed && channel != ByEmail {
			continue
		}
		t.wishNotice(why, channel, b, time.Time{})
		told = true
	}
	if !told && changed && t.c.Actor.Role != Patient && t.f.Here != nil && !t.f.Here() {
		t.system(TaskRaised, ForStaff, Task{Task: t.f.NewID(), Kind: TaskTell, Booking: idOf(b), Why: why, Detail: "no_contact"})
	}
}

func idOf(b *Booking) string {
	if b == nil {
		return ""
	}
	return b.ID
}

// channels are those by which the patient can be reached.
func (t *turn) channels(why NoticeWhy) []Channel {
	var out []Channel
	for _, c := range t.f.Limits.NoticeKinds {
		if why == ForBooked && c == ByPush {
			continue // made on the page itself
		}
		if _, ok := AddressOf(t.s, c, why, t.f.Limits, t.live().Clinic()); ok {
			out = append(out, c)
		}
	}
	return out
}

func (t *turn) wishNotice(why NoticeWhy, c Channel, b *Booking, notYet time.Time) {
	n := Notice{Notice: t.f.NewID(), Why: why, Channel: c, NotYet: notYet.UTC()}
	if notYet.IsZero() {
		n.NotYet = time.Time{}
	}
	if b != nil && b.ID != "" {
		n.Booking, n.Start, n.Length, n.Seq, n.Text = b.ID, b.Start.UTC(), int(b.Length/time.Second), b.Seq, b.Text
	}
	t.system(NoticeWished, ForStaff, n)
}

// tellAway is tell for one who may have left the page. Whoever comes back before the
// moment of sending hears nothing; whoever was told already hears it once.
func (t *turn) tellAway(why NoticeWhy, b *Booking) {
	if t.f.Here == nil || len(t.channels(why)) == 0 {
		return
	}
	here, left := t.f.Here(), Leave{Known: true}
	if t.f.Left != nil {
		left = t.f.Left()
	}
	var notYet time.Time
	switch now := t.f.Now; {
	case here && why == ForAnswer:
		return
	case here:
		notYet = now.Add(frozenAfter)
	case !left.Known:
		notYet = now.Add(unknownFor)
	case why == ForAnswer:
		notYet = now.Add(answerRest)
	case now.Sub(left.At) < reloadTime:
		notYet = left.At.Add(reloadTime)
	}
	if why == ForAnswer && t.told(left) {
		return
	}
	for _, c := range t.channels(why) {
		t.wishNotice(why, c, b, notYet)
	}
}

// told reports whether the patient knows already that there is something to read,
// and has not been back since.
func (t *turn) told(left Leave) bool {
	at := t.s.ToldAt
	return !at.IsZero() && !left.At.After(at) && !t.s.SpokeAt.After(at) && t.f.Now.Sub(at) < toldFor
}

// tellLead writes to the lead, at most once in a while for one conversation; of an
// emergency every time.
func (t *turn) tellLead(e Entry) {
	var b Alerted
	browser := json.Unmarshal(e.Body, &b) == nil && t.wakes(b.Who)
	if len(t.f.Limits.LeadKinds) == 0 && !browser {
		return
	}
	urgent := t.s.Emergency != nil || b.Why == "emergency_left"
	if !urgent && !t.s.LeadTold.IsZero() && t.f.Now.Sub(t.s.LeadTold) < leadRest {
		return
	}
	wish := func(c Channel, to string, nth int) {
		t.system(NoticeWished, ForStaff, Notice{
			Notice: t.f.NewID(), Why: ForLead, Channel: c, To: to, Nth: nth,
			Alert: b.Why, Department: t.s.Department, Since: t.s.WaitingSince.UTC(),
		})
	}
	if browser {
		wish(ByPush, b.Who, 0)
	}
	nth := map[Channel]int{}
	for _, c := range t.f.Limits.LeadKinds {
		wish(c, ToLead, nth[c])
		nth[c]++
	}
}

// wakes reports whether somebody of the clinic, by login, has a browser that can be
// woken.
func (t *turn) wakes(login string) bool {
	_, works := t.f.Staff[login]
	return works && t.f.Pushes != nil && t.f.Pushes(login)
}

// ToLead names the addresses of the lead in Notice.To; everything else there, and
// whoever is reached by push, is a login.
const ToLead = "lead"

// tellDoctor wakes the browser of who is rung.
func (t *turn) tellDoctor() {
	if o := t.s.Offer; o != nil && t.f.Pushes != nil && t.f.Pushes(o.Doctor) {
		t.system(NoticeWished, ForStaff, Notice{Notice: t.f.NewID(), Why: ForOffer, Channel: ByPush, To: o.Doctor})
	}
}

// cameBack drops what the patient sees by themself now, and strikes the tasks that
// were to tell them so.
func (t *turn) cameBack() {
	for _, n := range slices.Clone(t.s.Notices) {
		if n.To == "" && !n.Tried && aboutNow(n.Why) {
			t.noticeIs(NoticeNotMore, ForSystem, n, OfNotice{})
		}
	}
	for _, k := range slices.Clone(t.s.Tasks) {
		if k.Kind == TaskTell && aboutNow(k.Why) {
			t.system(TaskDone, ForStaff, OfTask{Task: k.Task.Task, Reason: "came_back"})
		}
	}
}

// aboutNow are the messages that the page itself says better.
func aboutNow(why NoticeWhy) bool {
	return why == ForDoctorHere || why == ForAnswer || why == ForLate
}

// task gives the clinic something to do by hand.
func (t *turn) task(kind TaskKind, booking, detail string) {
	t.system(TaskRaised, ForStaff, Task{Task: t.f.NewID(), Kind: kind, Booking: booking, Detail: detail})
}

func (t *turn) taskDone() error {
	if !slices.ContainsFunc(t.s.Tasks, func(k OpenTask) bool { return k.Task.Task == t.c.Args.Task }) {
		return nil
	}
	reason := t.c.Args.Reason
	if reason != "" {
		var err error
		if reason, err = t.text(reason); err != nil {
			return err
		}
	}
	t.mine(TaskDone, ForStaff, OfTask{Task: t.c.Args.Task, Reason: reason})
	return nil
}
