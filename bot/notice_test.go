package bot_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
)

// reach is a world whose clinic can write to its patients.
type reach struct {
	*world
	here bool
	left bot.Leave
	push bool // a browser of every doctor can be woken
}

func newReach(t testing.TB) *reach {
	w := &reach{world: newWorld(t), here: true, left: bot.Leave{Known: true}}
	w.limits.NoticeKinds = []bot.Channel{bot.BySMS, bot.ByEmail, bot.ByPush}
	w.around = func(f *bot.Facts) {
		f.Here = func() bool { return w.here }
		f.Left = func() bot.Leave { return w.left }
		f.Pushes = func(string) bool { return w.push }
	}
	return w
}

// leaves closes the patient's page, long enough ago to count.
func (w *reach) leaves() {
	w.here, w.left = false, bot.Leave{At: w.now, Known: true}
	w.now = w.now.Add(time.Minute)
}

func (w *reach) phone() {
	w.t.Helper()
	w.do(patient, bot.DoContact, bot.Args{Channel: bot.BySMS, Address: "8 (916) 000-00-01"})
}

// notices are the bodies of a kind, in order.
func notices(t testing.TB, es []bot.Entry, k bot.Kind) []bot.Notice {
	t.Helper()
	var out []bot.Notice
	for _, e := range es {
		if e.Kind == k {
			var b bot.Notice
			require.NoError(t, json.Unmarshal(e.Body, &b))
			out = append(out, b)
		}
	}
	return out
}

func subscription() *bot.Subscription {
	key := append([]byte{4}, bytes.Repeat([]byte{1}, 64)...)
	return &bot.Subscription{
		Endpoint: "https://push.example/send/1",
		P256dh:   base64.RawURLEncoding.EncodeToString(key),
		Auth:     base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{2}, 16)),
	}
}

// Reminders go to the phone that the flow has asked for, or that the clinic's website
// has vouched for in whatever form, where the clinic wants it so and no other number
// was left; never to one that no gateway can dial.
func TestRemindersGoToThePhoneOfTheFlow(t *testing.T) {
	w := newReach(t)
	w.waiting()
	l, clinic := w.limits, w.program.Clinic()
	at := func(phone string, why bot.NoticeWhy) string {
		s := w.s
		s.Patient = map[string]string{"phone": phone}
		c, ok := bot.AddressOf(s, bot.BySMS, why, l, clinic)
		if !ok {
			return ""
		}
		return c.Address
	}
	require.Empty(t, at("+79160000001", bot.ForReminder), "not wanted")
	l.UsePhone = true
	require.Equal(t, "+79160000001", at("+7 (916) 000-00-01", bot.ForReminder))
	require.Equal(t, "+79160000001", at("8 916 000-00-01", bot.ForReminder))
	require.Empty(t, at("5550000001234", bot.ForReminder), "of which country?")
	require.Empty(t, at("", bot.ForReminder))
	require.Empty(t, at("+79160000001", bot.ForDoctorHere))
	l.Numbers = []string{"+7", "+375"}
	require.Equal(t, "+375290000001", at("+375 29 000-00-01", bot.ForReminder))
	require.Empty(t, at("+442079460000", bot.ForReminder))
	w.phone()
	require.Equal(t, "+79160000001", at("+79160000002", bot.ForReminder), "what was left for it comes first")
}

// A clinic writes to the numbers of its countries alone, and to none that does not say
// its country.
func TestNumbersThatNobodyWritesTo(t *testing.T) {
	w := newReach(t)
	w.limits.Numbers = []string{"+7"}
	w.waiting()
	_, err := w.try(patient, bot.DoContact, bot.Args{Channel: bot.BySMS, Address: "+44 20 7946 0000"})
	require.ErrorContains(t, err, "numbers of this kind")
	w.refused(bot.Invalid, patient, bot.DoContact, bot.Args{Channel: bot.BySMS, Address: "4420794600001"})
	w.phone()
	require.Len(t, w.s.Contacts, 1)
}

func TestLeavingAnAddress(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.phone()
	require.Equal(t, "+79160000001", w.s.Contacts[0].Address, "as the flow reads a phone")
	require.Empty(t, w.do(patient, bot.DoContact, bot.Args{Channel: bot.BySMS, Address: "+7 916 000 00 01"}), "it stands already")
	w.do(patient, bot.DoContact, bot.Args{Channel: bot.BySMS, Address: "+7 916 000 00 02"})
	w.do(patient, bot.DoContact, bot.Args{Channel: bot.ByEmail, Address: "One@Clinic.Example"})
	w.do(patient, bot.DoContact, bot.Args{Channel: bot.ByPush, Push: subscription()})
	require.Len(t, w.s.Contacts, 3, "one for each channel")

	for what, a := range map[string]bot.Args{
		"no number":  {Channel: bot.BySMS, Address: "call me"},
		"no address": {Channel: bot.ByEmail, Address: "Patient One <one@clinic.example>"},
		"two lines":  {Channel: bot.ByEmail, Address: "one@clinic.example\r\nBcc: two@clinic.example"},
	} {
		t.Run(what, func(t *testing.T) { w.refused(bot.Invalid, patient, bot.DoContact, a) })
	}
	for what, change := range map[string]func(*bot.Subscription){
		"a plain address":    func(p *bot.Subscription) { p.Endpoint = "http://push.example/1" },
		"a file":             func(p *bot.Subscription) { p.Endpoint = "file:///etc/passwd" },
		"no point":           func(p *bot.Subscription) { p.P256dh = "AAAA" },
		"a short secret":     func(p *bot.Subscription) { p.Auth = "AAAA" },
		"a password in it":   func(p *bot.Subscription) { p.Endpoint = "https://a:b@push.example/1" },
		"an endless address": func(p *bot.Subscription) { p.Endpoint += string(bytes.Repeat([]byte{'a'}, 4000)) },
	} {
		t.Run(what, func(t *testing.T) {
			s := subscription()
			change(s)
			w.refused(bot.Malformed, patient, bot.DoContact, bot.Args{Channel: bot.ByPush, Push: s})
		})
	}
	w.do(patient, bot.DoDropContact, bot.Args{Channel: bot.BySMS})
	require.Len(t, w.s.Contacts, 2)
	w.limits.NoticeKinds = []bot.Channel{bot.ByEmail}
	w.refused(bot.NotNow, patient, bot.DoContact, bot.Args{Channel: bot.BySMS, Address: "+79160000001"})
}

func TestOneWhoLeftIsToldThatADoctorIsThere(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.phone()
	w.leaves()
	told := notices(t, w.do(igor, bot.DoClaim, bot.Args{}), bot.NoticeWished)
	require.Len(t, told, 1)
	require.Equal(t, bot.ForDoctorHere, told[0].Why)
	require.Equal(t, bot.BySMS, told[0].Channel)
	require.True(t, told[0].NotYet.IsZero(), "at once")
	require.Len(t, bot.Wishes(w.s), 1)

	w.pass(time.Minute)
	require.Empty(t, notices(t, w.do(igor, bot.DoSend, bot.Args{Text: "Good day."}), bot.NoticeWished), "they know that there is something to read")
	w.here = true
	w.do(patient, bot.DoSend, bot.Args{Text: "Here I am."})
	require.Empty(t, w.s.Notices, "what they see by themselves")
	w.leaves()
	told = notices(t, w.do(igor, bot.DoSend, bot.Args{Text: "One more thing."}), bot.NoticeWished)
	require.Len(t, told, 1)
	require.Equal(t, bot.ForAnswer, told[0].Why)
	require.Equal(t, w.now.Add(20*time.Second), told[0].NotYet)
	require.Empty(t, notices(t, w.do(igor, bot.DoSend, bot.Args{Text: "And another."}), bot.NoticeWished), "once until they were back")

	require.Empty(t, notices(t, w.do(igor, bot.DoEscalate, bot.Args{How: bot.ByPage}), bot.NoticeWished), "nor of the call")

	w.left.At = w.now.Add(30 * time.Second) // they were, and wrote nothing
	w.now = w.now.Add(time.Minute)
	require.Len(t, notices(t, w.do(igor, bot.DoSend, bot.Args{Text: "A third."}), bot.NoticeWished), 1)
}

// Nobody is told what is before their eyes; the page of a locked phone looks open
// for a minute.
func TestAnOpenPageIsLookedAtAgain(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.phone()
	told := notices(t, w.do(igor, bot.DoClaim, bot.Args{}), bot.NoticeWished)
	require.Len(t, told, 1)
	require.Equal(t, w.now.Add(75*time.Second), told[0].NotYet)
	id := bot.Args{Notice: bot.OfNotice{Notice: told[0].Notice}}
	w.now = told[0].NotYet
	t.Run("still here", func(t *testing.T) {
		at := *w.world
		at.t = t
		es := at.do(system, bot.DoNoticeTried, id)
		require.Equal(t, []bot.Kind{bot.NoticeNotMore}, kinds(es))
	})
	w.here = false
	require.Equal(t, []bot.Kind{bot.NoticeTried}, kinds(w.do(system, bot.DoNoticeTried, id)))

	w.here, w.left = false, bot.Leave{} // a process that has begun just now
	w.do(igor, bot.DoRelease, bot.Args{})
	told = notices(t, w.do(vera, bot.DoClaim, bot.Args{}), bot.NoticeWished)
	require.Equal(t, w.now.Add(30*time.Second), told[0].NotYet)
}

// A text message and a push go at most once: only who has recorded the attempt may
// send, and one of which nobody says what became of it is told by hand.
func TestAnAttemptIsRecordedFirst(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.phone()
	w.leaves()
	w.do(igor, bot.DoClaim, bot.Args{})
	id := bot.Args{Notice: bot.OfNotice{Notice: w.s.Notices[0].Notice.Notice}}
	require.Equal(t, []bot.Kind{bot.NoticeTried}, kinds(w.do(system, bot.DoNoticeTried, id)))
	require.Empty(t, w.do(system, bot.DoNoticeTried, id), "a second one may not")
	require.Empty(t, bot.Wishes(w.s))
	require.Equal(t, w.now.Add(2*time.Minute), bot.Wake(w.s, w.limits, w.program))

	w.pass(2 * time.Minute)
	require.Empty(t, w.s.Notices)
	require.Len(t, w.s.Tasks, 1)
	require.Equal(t, bot.TaskTell, w.s.Tasks[0].Kind)
	require.Equal(t, bot.NoticeUnknown, w.s.Tasks[0].Detail)
	require.Empty(t, w.do(system, bot.DoNoticeSent, id), "too late")
	w.do(igor, bot.DoTaskDone, bot.Args{Task: w.s.Tasks[0].Task.Task})
	require.Empty(t, w.s.Tasks)
}

func TestAFailedMessageIsTriedForAnHour(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.do(patient, bot.DoContact, bot.Args{Channel: bot.ByEmail, Address: "one@clinic.example"})
	w.leaves()
	w.do(igor, bot.DoClaim, bot.Args{})
	began := w.now
	id := bot.Args{Notice: bot.OfNotice{Notice: w.s.Notices[0].Notice.Notice, Kind: "unreachable"}, Retry: true}
	tries := 0
	for len(w.s.Notices) > 0 {
		tries++
		require.Empty(t, w.do(system, bot.DoNoticeTried, id), "mail needs no leave")
		w.do(system, bot.DoNoticeFailed, id)
		if len(w.s.Notices) > 0 {
			next := bot.Wishes(w.s)[0].NotYet
			require.True(t, next.After(w.now), "not at once")
			w.now = next
		}
	}
	require.Greater(t, tries, 6)
	require.LessOrEqual(t, w.now.Sub(began), time.Hour)
	require.Greater(t, w.now.Sub(began), 45*time.Minute)
	require.Len(t, w.s.Tasks, 1)

	w.here = true
	w.do(patient, bot.DoSend, bot.Args{Text: "Here I am."})
	require.Empty(t, w.s.Tasks, "they have come by themselves")
}

// However many messages of a kind come to nothing, somebody is asked once to tell it.
func TestWhatIsToBeToldStandsOnce(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.phone()
	w.do(patient, bot.DoContact, bot.Args{Channel: bot.ByEmail, Address: "one@clinic.example"})
	w.leaves()
	for range 3 {
		w.do(igor, bot.DoClaim, bot.Args{})
		require.Len(t, w.s.Notices, 2)
		for _, n := range w.s.Notices {
			w.do(system, bot.DoNoticeFailed, bot.Args{Notice: bot.OfNotice{Notice: n.Notice.Notice, Kind: "withheld"}})
		}
		w.do(igor, bot.DoRelease, bot.Args{})
	}
	require.Len(t, w.s.Tasks, 2, "one for each channel")
}

func TestABrowserThatIsGoneIsForgotten(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.phone()
	w.do(patient, bot.DoContact, bot.Args{Channel: bot.ByPush, Push: subscription()})
	w.leaves()
	w.do(igor, bot.DoClaim, bot.Args{})
	require.Len(t, w.s.Notices, 2)
	for _, n := range w.s.Notices {
		if n.Channel == bot.ByPush {
			w.do(system, bot.DoNoticeFailed, bot.Args{Notice: bot.OfNotice{Notice: n.Notice.Notice, Kind: bot.NoticeGone}})
		}
	}
	require.Len(t, w.s.Contacts, 1)
	require.Empty(t, w.s.Tasks, "the other channel tells it")
}

func TestTheLeadIsWrittenTo(t *testing.T) {
	w := newReach(t)
	w.limits.LeadKinds = []bot.Channel{bot.ByEmail, bot.BySMS, bot.BySMS}
	w.onDuty = false
	w.waiting()
	told := notices(t, w.journal, bot.NoticeWished)
	require.Len(t, told, 3)
	require.Equal(t, []int{0, 0, 1}, []int{told[0].Nth, told[1].Nth, told[2].Nth})
	for _, n := range told {
		require.Equal(t, bot.ToLead, n.To)
	}
	w.now = w.now.Add(time.Minute)
	w.do(igor, bot.DoClaim, bot.Args{})
	require.Empty(t, notices(t, w.do(igor, bot.DoRelease, bot.Args{}), bot.NoticeWished), "not so soon again")
	w.pass(5 * time.Minute)
	require.Len(t, notices(t, w.journal, bot.NoticeWished), 6)
}

// What is written names nothing medical, and nobody.
func TestMessagesNameNothingMedical(t *testing.T) {
	whys := []bot.NoticeWhy{
		bot.ForDoctorHere, bot.ForAnswer, bot.ForBooked, bot.ForReminder, bot.ForMoved, bot.ForCancelled, bot.ForLate,
	}
	for _, language := range []string{"en", "ru"} {
		seen := map[string]bool{}
		for _, why := range whys {
			n := bot.Notice{Notice: "n", Why: why, Start: noon.Add(time.Hour), Text: "Monday, 15:00"}
			f := bot.NoticeFacts{
				Language: language, Clinic: "Rassvet Clinic", Link: "https://bedside.example/x", Now: noon, Zone: time.UTC,
				Department: "therapy",
			}
			text := bot.NoticeWords(n, f)
			require.Contains(t, text.Text, "Rassvet Clinic")
			require.Contains(t, text.Text, f.Link)
			require.NotContains(t, text.Short, f.Link)
			require.NotEmpty(t, text.Title)
			require.NotContains(t, text.Text, "{")
			require.NotContains(t, text.Text, "therapy")
			require.False(t, seen[text.Short], "%s says what another says", why)
			seen[text.Short] = true
		}
		lead := bot.NoticeWords(bot.Notice{Why: bot.ForLead, Alert: "wait", Since: noon}, bot.NoticeFacts{
			Language: language, Clinic: "Rassvet Clinic", Department: "therapy", Link: "https://console.example/", Zone: time.UTC,
		})
		require.Contains(t, lead.Text, "therapy")
		require.Contains(t, lead.Text, "12:00")
		require.Contains(t, lead.Text, "https://console.example/")
	}
}

func TestAnEmergencyIsToldEveryTime(t *testing.T) {
	w := newReach(t)
	w.program, w.now = clinicProgram(t), morning
	w.limits.LeadKinds = []bot.Channel{bot.BySMS}
	w.queued()
	for range 12 {
		if w.s.LeadTold.IsZero() {
			w.pass(time.Minute)
		}
	}
	require.NotEmpty(t, notices(t, w.journal, bot.NoticeWished), "the wait is long")
	told := notices(t, w.type_("I have chest pain"), bot.NoticeWished)
	require.Len(t, told, 1)
	require.Equal(t, "emergency", told[0].Alert)
}

// Whose browser can be woken hears of an offer; of one that has passed nobody does.
func TestADoctorsBrowserIsWoken(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.crew(here(vera))
	require.Empty(t, notices(t, w.do(system, bot.DoOffer, bot.Args{}), bot.NoticeWished), "no browser of hers")
	w.do(vera, bot.DoDecline, bot.Args{})
	w.push = true
	w.crew(here(igor))
	told := notices(t, w.do(system, bot.DoOffer, bot.Args{}), bot.NoticeWished)
	require.Len(t, told, 1)
	require.Equal(t, bot.Notice{Notice: told[0].Notice, Why: bot.ForOffer, Channel: bot.ByPush, To: igor.Login}, told[0])
	w.do(igor, bot.DoDecline, bot.Args{})
	id := bot.Args{Notice: bot.OfNotice{Notice: told[0].Notice}}
	require.Equal(t, []bot.Kind{bot.NoticeNotMore}, kinds(w.do(system, bot.DoNoticeTried, id)))
	require.Empty(t, w.s.Tasks)
}

// A ringing call, and what the doctor leaves the patient with, are answers too.
func TestWhateverADoctorDoesIsTold(t *testing.T) {
	for what, does := range map[string]func(*reach) []bot.Entry{
		"rings":    func(w *reach) []bot.Entry { return w.do(igor, bot.DoEscalate, bot.Args{How: bot.ByPage}) },
		"finishes": func(w *reach) []bot.Entry { return w.do(igor, bot.DoFinish, bot.Args{Outcome: "advice"}) },
	} {
		t.Run(what, func(t *testing.T) {
			w := newReach(t)
			w.t = t
			w.waiting()
			w.do(igor, bot.DoClaim, bot.Args{})
			w.do(igor, bot.DoSend, bot.Args{Text: "Good day."})
			w.phone()
			w.leaves()
			told := notices(t, does(w), bot.NoticeWished)
			require.Len(t, told, 1)
			require.Equal(t, bot.ForAnswer, told[0].Why)
		})
	}
}

// The visit begins, and its patient is nowhere: the message leads into the visit.
func TestWhoMissesTheBeginningIsTold(t *testing.T) {
	w := newReach(t)
	w.waiting()
	w.do(igor, bot.DoClaim, bot.Args{})
	w.do(igor, bot.DoSend, bot.Args{Text: "Good day."})
	w.phone()
	w.do(igor, bot.DoPropose, bot.Args{Time: w.now.Add(2 * time.Hour).Truncate(time.Hour), Minutes: 30})
	id := w.s.Bookings[0].ID
	told := notices(t, w.do(patient, bot.DoAcceptTime, bot.Args{Booking: id}), bot.NoticeWished)
	require.Len(t, told, 1)
	require.Equal(t, bot.ForBooked, told[0].Why)
	w.do(igor, bot.DoFinish, bot.Args{Outcome: "advice"})
	w.leaves()
	start := w.s.BookingOf(id).Start
	var why []bot.NoticeWhy
	for w.now.Before(start.Add(time.Second)) {
		before := len(w.journal)
		w.pass(30 * time.Second)
		for _, n := range notices(t, w.journal[before:], bot.NoticeWished) {
			require.Equal(t, id, n.Booking)
			why = append(why, n.Why)
		}
	}
	require.Equal(t, []bot.NoticeWhy{bot.ForReminder, bot.ForReminder}, why, "a quarter of an hour before, and at the moment")
	said := bot.NoticeWords(w.s.Notices[len(w.s.Notices)-1].Notice, bot.NoticeFacts{Language: "en", Clinic: "Rassvet Clinic", Link: "LINK", Now: w.now, Zone: time.UTC})
	require.Contains(t, said.Text, "it is time")
}
