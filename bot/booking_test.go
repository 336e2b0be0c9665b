package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// A clinic whose doctors can be booked.
const bookFlow = `
bedside: 1
languages: [en, ru]
clinic:
  name:  {en: "Rassvet Clinic", ru: "Клиника «Рассвет»"}
  phone: "+7 495 000-00-00"
  zone:  Europe/Moscow
  alert: lead
emergency: {phone: "103"}
hours:
  week:  {mon-fri: "09:00-18:00"}
  early: {mon: "08:00-10:00"}
departments:
  gp: {title: {en: "general practitioner", ru: "терапевт"}, hours: week, reply_within: 4m, booking: {length: 30m, from: 1h, until: 3d}}
slots:
  name: {type: text, fills: patient.name, label: {en: "Name", ru: "Имя"}, ask: {en: "What is your name?", ru: "Как вас зовут?"}}
flows:
  visit: {start: hello, title: {en: "See a doctor", ru: "К врачу"}}
parts:
  hello:
    - ask: name
    - choose: {en: "How?", ru: "Как?"}
      options:
        - {id: book,   goto: later, text: {en: "Later", ru: "Позже"}}
        - {id: doctor, goto: now,   text: {en: "Now", ru: "Сейчас"}}
  later:
    - book: gp
      none: now
    - end: {en: "See you.", ru: "До встречи."}
  now:
    - hand_over: gp
      closed: shut
    - end: {en: "Thank you!", ru: "Спасибо!"}
  shut:
    - end: {en: "We are closed. {clinic.phone}", ru: "Мы закрыты. {clinic.phone}"}
`

// registry stands for the records of a store: what is claimed, and by whom.
type registry map[string]string

func (r registry) claimed(space, prefix string) map[string]string {
	out := map[string]string{}
	for key, of := range r {
		if k, ok := strings.CutPrefix(key, space+" "); ok && strings.HasPrefix(k, prefix) {
			out[k] = of
		}
	}
	return out
}

// take commits what a conversation came to claim; false: somebody else has it.
func (r registry) take(was, is bot.State) bool {
	mine := map[string]bool{}
	for _, c := range bot.Claims(is) {
		key := c.Space + " " + c.Key
		if of, taken := r[key]; taken && of != is.ID {
			return false
		}
		mine[key] = true
	}
	for _, c := range bot.Claims(was) {
		delete(r, c.Space+" "+c.Key)
	}
	for key := range mine {
		r[key] = is.ID
	}
	return true
}

// surgery is a clinic with several conversations and one calendar.
type surgery struct {
	t       require.TestingT
	decider *bot.Decider
	program *flows.Program
	staff   map[string]bot.Actor
	limits  bot.Limits
	zone    *time.Location
	now     time.Time
	claims  registry
	ids     int
	all     map[string]*bot.State
	journal map[string][]bot.Entry
	doctors []bot.DoctorNow // none: nobody is offered anything
}

func newSurgery(t require.TestingT, source string, staff ...bot.Actor) *surgery {
	p, problems := flows.Compile([]flows.File{{Path: "visit.yaml", Data: []byte(source)}})
	require.NotNil(t, p, "%v", problems)
	l := bot.Defaults()
	l.GuestSeats = 2
	c := &surgery{
		t: t, decider: bot.NewDecider(), program: p, limits: l, claims: registry{},
		now: time.Date(2027, 2, 15, 7, 0, 0, 0, time.UTC), // Monday, 10:00 in Moscow
		all: map[string]*bot.State{}, journal: map[string][]bot.Entry{}, staff: map[string]bot.Actor{},
	}
	for _, a := range staff {
		c.staff[a.Login] = a
	}
	return c
}

func (c *surgery) facts() bot.Facts {
	f := bot.Facts{
		Now: c.now, Program: c.program, Live: c.program, Limits: c.limits, Staff: c.staff, Zone: c.zone,
		NewID:   func() string { c.ids++; return fmt.Sprintf("id_%d", c.ids) },
		OnDuty:  func(string) bool { return true },
		Claimed: c.claims.claimed,
	}
	if c.doctors != nil {
		f.Doctors = func() []bot.DoctorNow { return slices.Clone(c.doctors) }
	}
	return f
}

func (c *surgery) state(id string) *bot.State {
	if c.all[id] == nil {
		c.all[id] = &bot.State{ID: id}
	}
	return c.all[id]
}

func (c *surgery) try(id string, a bot.Actor, do bot.Do, args bot.Args) ([]bot.Entry, error) {
	s := c.state(id)
	key := fmt.Sprint(len(c.journal[id]))
	d, err := c.decider.Decide(*s, bot.Command{Conversation: id, Key: key, Do: do, Actor: a, Args: args}, c.facts())
	if err != nil {
		return nil, err
	}
	require.True(c.t, c.claims.take(*s, d.State), "what was decided on all that is claimed is free")
	*s = d.State
	c.journal[id] = append(c.journal[id], d.Entries...)
	return d.Entries, nil
}

func (c *surgery) do(id string, a bot.Actor, do bot.Do, args bot.Args) []bot.Entry {
	entries, err := c.try(id, a, do, args)
	require.NoError(c.t, err, "%s", do)
	return entries
}

func (c *surgery) refused(code bot.Code, id string, a bot.Actor, do bot.Do, args bot.Args) {
	_, err := c.try(id, a, do, args)
	require.ErrorIs(c.t, err, &bot.Refusal{Code: code}, "%s", do)
}

// patientOf is the patient of a conversation.
func patientOf(id string) bot.Actor { return bot.Actor{Role: bot.Patient, Conversation: id} }

// booking brings a conversation to the question for a time.
func (c *surgery) asking(id string) bot.Asked {
	c.do(id, patientOf(id), bot.DoStart, bot.Args{Start: &bot.Started{Door: "visit", Language: "en", Version: c.program.Hash()}})
	c.do(id, patientOf(id), bot.DoSend, bot.Args{Text: "Patient One"})
	c.do(id, patientOf(id), bot.DoChoose, bot.Args{Step: c.state(id).Asked.Step, Option: "book"})
	return *c.state(id).Asked
}

// booked books the n-th free time.
func (c *surgery) booked(id string, n int) bot.Booking {
	a := c.asking(id)
	c.do(id, patientOf(id), bot.DoChoose, bot.Args{Step: a.Step, Option: a.Options[n].ID})
	require.Len(c.t, c.state(id).Bookings, 1)
	return c.state(id).Bookings[0]
}

// until lets time go by for all, waking each at its deadlines.
func (c *surgery) until(at time.Time) {
	for range 1000 {
		var next time.Time
		var whose string
		for id, s := range c.all {
			if w := bot.Wake(*s, c.limits, c.program); !w.IsZero() && !w.After(at) && (next.IsZero() || w.Before(next)) {
				next, whose = w, id
			}
		}
		if whose == "" {
			c.now = at
			return
		}
		if next.After(c.now) {
			c.now = next
		}
		require.NotEmpty(c.t, c.do(whose, system, bot.DoWake, bot.Args{}), "a deadline that does nothing")
	}
	require.Fail(c.t, "woken without an end")
}

// free are the times of gp, or those to which a booking can be moved.
func (c *surgery) free(s bot.State, booking string) []time.Time {
	times, _ := bot.FreeTimes(s, c.facts(), bot.Wanted{Department: "gp", Booking: booking})
	return times
}

func (c *surgery) kinds(id string) []bot.Kind { return kinds(c.journal[id]) }

func starts(a bot.Asked) []string {
	var out []string
	for _, o := range a.Options {
		if at, err := time.Parse(time.RFC3339, o.ID); err == nil {
			out = append(out, at.UTC().Format("Mon 15:04"))
		}
	}
	return out
}

func TestWhatIsFreeIsInHoursAndNotTaken(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	c.booked("c_1", 0) // 11:00 in Moscow
	free := starts(c.asking("c_2"))
	require.Equal(t, []string{"Mon 08:30", "Mon 09:00"}, free[:2], "the first is taken")
	require.Contains(t, free, "Mon 14:30")
	require.NotContains(t, free, "Mon 15:00", "a visit is whole before closing")
	require.Contains(t, free, "Tue 06:00")
	require.Equal(t, "Thu 07:00", free[len(free)-1], "three days ahead")
	c.now = c.now.Add(20 * time.Minute)
	require.Equal(t, "Mon 08:30", starts(c.asking("c_3"))[0], "the grid begins with the opening, not with the question")
}

func TestADoctorsOwnHoursCount(t *testing.T) {
	own := vera
	own.Hours = "early"
	c := newSurgery(t, bookFlow, own)
	c.now = time.Date(2027, 2, 14, 12, 0, 0, 0, time.UTC) // Sunday
	require.Equal(t, []string{"Mon 05:00", "Mon 05:30", "Mon 06:00", "Mon 06:30"}, starts(c.asking("c_1")))
	own.Hours = "there are no such"
	c.staff[own.Login] = own
	require.Equal(t, "Mon 06:00", starts(c.asking("c_2"))[0], "those of the department")
}

// Clinics in zones where the clock changes: a visit at nine begins at nine.
func TestFreeTimesAcrossAChangeOfTheClock(t *testing.T) {
	for _, x := range []struct {
		zone, eve string
		want      []string // of the first two days, in UTC
	}{
		{"Europe/Berlin", "2027-03-26T18:00:00Z", []string{"2027-03-29T07:00:00Z", "2027-03-30T07:00:00Z"}},
		{"America/New_York", "2027-03-12T23:00:00Z", []string{"2027-03-15T13:00:00Z", "2027-03-16T13:00:00Z"}},
		{"Australia/Lord_Howe", "2027-04-02T10:00:00Z", []string{"2027-04-04T22:30:00Z", "2027-04-05T22:30:00Z"}},
	} {
		c := newSurgery(t, strings.Replace(strings.Replace(bookFlow, "Europe/Moscow", x.zone, 1), "until: 3d", "until: 4d", 1), vera)
		eve, err := time.Parse(time.RFC3339, x.eve)
		require.NoError(t, err)
		c.now = eve
		zone, err := time.LoadLocation(x.zone)
		require.NoError(t, err)
		var first []string
		days := map[string]int{}
		for _, at := range c.free(bot.State{ID: "c_1"}, "") {
			local := at.In(zone)
			require.False(t, local.Hour() < 9 || local.Hour() >= 18, "%s", local)
			if days[local.Format(time.DateOnly)]++; days[local.Format(time.DateOnly)] == 1 {
				require.Equal(t, "09:00", local.Format("15:04"))
				first = append(first, at.UTC().Format(time.RFC3339))
			}
		}
		require.Equal(t, x.want, first[:2], x.zone)
	}
}

// Over a day with a change of the clock in it the grid of a department that never
// closes goes on by the clock of the world: no time comes twice.
func TestTheGridOfALongNight(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	now := time.Date(2027, 10, 30, 20, 0, 0, 0, zone)
	times := bot.Grid(flows.Hours{}, flows.Booking{Length: time.Hour, Until: 12 * time.Hour}, now)
	require.Len(t, times, 13)
	for i := range times[1:] {
		require.Equal(t, time.Hour, times[i+1].Sub(times[i]))
	}
	require.Equal(t, "07:00", times[12].In(zone).Format("15:04"), "one hour was there twice")
}

func TestSeatsThatAreSoldAreNotOffered(t *testing.T) {
	page := bot.Actor{Role: bot.Doctor, Login: "doctor_7", Name: "Doctor Seven", Departments: []string{"gp"}}
	c := newSurgery(t, bookFlow, vera, page)
	c.limits.GuestSeats = 2
	b := c.booked("c_1", 0)
	require.Equal(t, vera.Login, b.Doctor, "who comes first by name, where both have nothing to do")
	require.Equal(t, []int{1}, b.Seats, "a doctor with an app takes no seat")
	at := c.free(bot.State{ID: "c_2"}, "")[0]
	require.True(t, at.After(b.Start), "a doctor by page needs two seats, and one is left")
	c.limits.GuestSeats = 3
	require.Equal(t, b.Start, c.free(bot.State{ID: "c_2"}, "")[0].UTC())
	c.limits.MaxCalls = 1
	require.Equal(t, b.Start, c.free(bot.State{ID: "c_2"}, "")[0].UTC(), "it was booked when rooms were not counted")
	c.booked("c_2", 1)
	require.NotContains(t, starts(c.asking("c_3")), "Mon 08:30", "one room at once")
	c.limits.GuestSeats = 1
	delete(c.staff, vera.Login)
	require.Empty(t, c.free(bot.State{ID: "c_4"}, ""), "what can never fit is not offered")
}

func TestWhoHadThePatientIsBookedElseWhoHasLessToDo(t *testing.T) {
	c := newSurgery(t, bookFlow, vera, igor)
	require.Equal(t, vera.Login, c.booked("c_1", 0).Doctor)
	require.Equal(t, igor.Login, c.booked("c_2", 3).Doctor, "the other has an appointment that day")
	s := bot.State{ID: "c_3", HadBy: []string{igor.Login}}
	at := c.free(s, "")[5]
	*c.state("c_3") = s
	require.Equal(t, igor.Login, bot.BookedWith(s, c.facts(), "gp", at, 30*time.Minute))
	f := c.facts()
	f.Knows = func() []string { return []string{"nobody", igor.Login} }
	require.Equal(t, igor.Login, bot.BookedWith(bot.State{ID: "c_4"}, f, "gp", at, 30*time.Minute))
}

func TestATimeThatIsGoneIsAskedForAnew(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	first, second := c.asking("c_1"), c.asking("c_2")
	require.Equal(t, first.Options, second.Options)
	c.do("c_1", patientOf("c_1"), bot.DoChoose, bot.Args{Step: first.Step, Option: first.Options[0].ID})
	got := c.do("c_2", patientOf("c_2"), bot.DoChoose, bot.Args{Step: second.Step, Option: second.Options[0].ID})
	require.Equal(t, []bot.Kind{bot.BotSaid, bot.BotAsked}, kinds(got))
	require.Empty(t, c.state("c_2").Bookings)
	require.Equal(t, first.Options[1], c.state("c_2").Asked.Options[0], "what is left")
	c.refused(bot.Invalid, "c_2", patientOf("c_2"), bot.DoChoose, bot.Args{Step: second.Step, Option: "2027-02-15T03:33:00Z"})
	c.do("c_2", patientOf("c_2"), bot.DoChoose, bot.Args{Step: second.Step, Option: second.Options[1].ID})
	require.Len(t, c.state("c_2").Bookings, 1)
}

func TestABookingIsClaimedAndLetGo(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	b := c.booked("c_1", 0)
	require.Equal(t, bot.Parked, c.state("c_1").Phase)
	require.Len(t, c.claims, 12, "six steps of a calendar, six of a seat")
	c.do("c_1", patientOf("c_1"), bot.DoCancel, bot.Args{Booking: b.ID})
	require.Empty(t, c.claims)
	require.Equal(t, bot.ClosedDown, c.state("c_1").Phase)
	c.booked("c_2", 0)
	c.do("c_2", patientOf("c_2"), bot.DoClose, bot.Args{})
	require.Empty(t, c.claims)
	require.Contains(t, c.kinds("c_2"), bot.BookingCancelled)
}

func TestTheRoomOfABookingIsScheduledAndLookedAtAgain(t *testing.T) {
	c := newSurgery(t, bookFlow, vera)
	b := c.booked("c_1", 0)
	want := bot.Wish{Deed: bot.ScheduleRoom, Room: bot.Room{Call: b.ID, Attempt: 1}, How: bot.ByApp, Owner: "doctor1", Start: b.Start, Length: 30 * time.Minute}
	require.Equal(t, []bot.Wish{want}, bot.Wishes(*c.state("c_1")))
	made := bot.Args{Booking: b.ID, Attempt: 1}
	c.do("c_1", system, bot.DoRoomBooked, made)
	want.From = b.Start.Add(-10 * time.Minute)
	require.Equal(t, []bot.Wish{want}, bot.Wishes(*c.state("c_1")))
	c.now = want.From
	c.do("c_1", system, bot.DoRoomBooked, made)
	require.Empty(t, bot.Wishes(*c.state("c_1")))
	c.do("c_1", patientOf("c_1"), bot.DoCancel, bot.Args{Booking: b.ID})
	require.Equal(t, []bot.Wish{{Deed: bot.RemoveRoom, Room: want.Room}}, bot.Wishes(*c.state("c_1")))
	c.do("c_1", system, bot.DoRoomBooked, made) // an answer that comes late
	require.True(t, slices.ContainsFunc(bot.Wishes(*c.state("c_1")), func(w bot.Wish) bool { return w.Deed == bot.RemoveRoom }))
}
