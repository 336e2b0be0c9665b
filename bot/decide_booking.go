package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// noBooking is where the booking machine begins.
const noBooking BookingState = ""

// stands asks the booking machine; what it does not allow is refused as not now.
func (t *turn) stands(b *Booking, e Event) error {
	from := noBooking
	if b != nil {
		from = b.State
	}
	if _, err := t.decider.booking.next(string(from), e); err != nil {
		return refuse(NotNow, t.bookingWords().notNow)
	}
	return nil
}

// named is the booking that a command names, ready for an event.
func (t *turn) named(e Event) (Booking, error) {
	b := t.s.BookingOf(t.c.Args.Booking)
	if b == nil {
		return Booking{}, refuse(NotNow, t.bookingWords().over)
	}
	return *b, t.stands(b, e)
}

// openings are read once a turn, until it takes one of them.
func (t *turn) openings() *openings {
	if t.free == nil {
		t.free = newOpenings(t.s, t.f)
	}
	return t.free
}

// freeTimes are a department's, as the flow asks for them.
func (t *turn) freeTimes(department string) []time.Time {
	return t.openings().times(t.department(department))
}

// moment writes a time as the patient reads it.
func (t *turn) moment(at time.Time) string {
	if live := t.live(); live != nil {
		return live.Moment(at, t.f.Zone, t.s.Language)
	}
	return at.UTC().Format("2 Jan 2006 15:04 UTC")
}

// book records an appointment that the flow has made, which takes the place in the
// queue. Its calendar and its seats are taken by the commit itself: whoever comes
// second decides anew.
func (t *turn) book(e flows.Booked) error {
	to := t.department(e.Department)
	p, free := t.openings().choose(to, e.Start, e.Length, nil)
	if !free && t.f.Free == nil {
		return slotTaken(t.bookingWords().taken)
	}
	b := Booked{
		Department: to, Title: t.title(to), Start: e.Start.UTC(), Length: int(e.Length / time.Second), Text: e.Text, Step: e.At.String(),
		Booking: t.f.NewID(),
	}
	b.Doctor, b.DoctorName, b.TrueConfID = p.doctor.Login, p.doctor.Name, p.doctor.TrueConfID
	b.How, b.Seats, b.Room = p.how, p.seats, p.room
	t.bot(BookingMade, b)
	t.free = nil
	t.tell(ForBooked, t.s.BookingOf(b.Booking))
	return t.leaveQueue(ParkBooking)
}

func slotTaken(words string) *Refusal { return refuse(SlotTaken, words) }

// timeGone reports whether what was pressed is a time to come, which is free no
// more: somebody else has taken it since it was shown.
func (t *turn) timeGone(option string) bool {
	a := t.s.Asked
	if a == nil || a.Type != "times" {
		return false
	}
	at, err := time.Parse(time.RFC3339, option)
	return err == nil && at.After(t.f.Now)
}

// askTimesAnew says that somebody was first and asks with the times that are left.
func (t *turn) askTimesAnew() error {
	t.say(t.bookingWords().takenAskAgain)
	return t.play(t.f.Program.Again(t.s.Memory, t.flowFacts()))
}

// say is the bot's word to the patient.
func (t *turn) say(text string) { t.bot(BotSaid, Said{Text: text, Lang: t.s.Language}) }

// cancelAll ends what is booked and proposed, when the patient leaves for good.
func (t *turn) cancelAll() {
	for _, b := range slices.Clone(t.s.Bookings) {
		if b.State == Proposed {
			t.mine(BookingWithdrawn, ForAll, OfBooking{Booking: b.ID, Why: "declined"})
			continue
		}
		t.cancelled(&b, "")
		t.say(t.bookingWords().cancelled(b.Text, t.phone()))
	}
}

func (t *turn) cancelled(b *Booking, reason string) {
	t.mine(BookingCancelled, ForAll, CancelledBooking{Booking: b.ID, Reason: reason, Seq: b.Seq + 1})
	gone := *b
	gone.Seq++
	t.tell(ForCancelled, &gone)
	t.taskOver(b.ID)
}

// taskOver takes back what the clinic was to do about a booking.
func (t *turn) taskOver(booking string) {
	for _, task := range slices.Clone(t.s.Tasks) {
		if task.Kind == TaskBooking && task.Booking == booking {
			t.system(TaskDone, ForStaff, OfTask{Task: task.Task.Task})
		}
	}
}
