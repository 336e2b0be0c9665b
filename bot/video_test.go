package bot_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/flows"
)

// answered brings a consultation in which nothing is owed.
func (w *world) answered() {
	w.t.Helper()
	w.consulting()
	w.do(igor, bot.DoSend, bot.Args{Text: "Good day."})
	require.True(w.t, w.s.OwedSince.IsZero())
}

func TestThePatientAsksForVideo(t *testing.T) {
	w := newWorld(t)
	w.waiting()
	w.refused(bot.NotNow, patient, bot.DoAskVideo, bot.Args{})
	w.do(igor, bot.DoClaim, bot.Args{})
	w.do(igor, bot.DoSend, bot.Args{Text: "Good day."})
	got := w.do(patient, bot.DoAskVideo, bot.Args{Text: "May I show you?"})
	require.Equal(t, []bot.Kind{bot.VideoAsked}, kinds(got))
	require.Empty(t, w.do(patient, bot.DoAskVideo, bot.Args{}), "pressed twice is pressed once")
	require.True(t, bot.SummaryOf(w.s).Asks)
	require.NotContains(t, bot.MayDo(patient, w.s), bot.DoAskVideo)
	require.Contains(t, bot.MayDo(igor, w.s), bot.DoRefuseVideo)
	require.Equal(t, w.now, w.s.OwedSince, "a wish is owed an answer")

	got = w.do(igor, bot.DoRefuseVideo, bot.Args{Text: "A picture is enough."})
	require.Equal(t, []bot.Kind{bot.VideoRefused}, kinds(got))
	require.True(t, w.s.OwedSince.IsZero())
	require.Empty(t, w.do(igor, bot.DoRefuseVideo, bot.Args{}))
	require.False(t, bot.SummaryOf(w.s).Asks)
	w.do(patient, bot.DoAskVideo, bot.Args{})
	require.False(t, w.s.VideoAsked.IsZero(), "asked again")
}

// A call grants the wish; words that came after it are owed an answer still.
func TestACallGrantsTheWish(t *testing.T) {
	for _, words := range []bool{false, true} {
		w := newWorld(t)
		w.answered()
		w.do(patient, bot.DoAskVideo, bot.Args{})
		if words {
			w.do(patient, bot.DoSend, bot.Args{Text: "It hurts more."})
		}
		w.do(igor, bot.DoEscalate, bot.Args{})
		require.True(t, w.s.VideoAsked.IsZero())
		require.Equal(t, words, !w.s.OwedSince.IsZero())
	}
}

func TestAnEmergencyIsHeardInAWish(t *testing.T) {
	w := newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	require.Contains(t, kinds(w.do(patient, bot.DoAskVideo, bot.Args{Text: "I have chest pain"})), bot.EmergencyRaised)
	w = newClinic(t)
	w.queued()
	w.do(vera, bot.DoClaim, bot.Args{})
	w.do(vera, bot.DoEscalate, bot.Args{How: bot.ByApp})
	got := kinds(w.do(patient, bot.DoDeclineCall, bot.Args{Text: "chest pain, I cannot"}))
	require.Equal(t, []bot.Kind{bot.CallWithdrawn, bot.MessageSent, bot.EmergencyRaised}, got)
}

func TestWithoutVideoNobodyCanAskForIt(t *testing.T) {
	w := newWorld(t)
	w.answered()
	w.down = true
	w.refused(bot.Unavailable, patient, bot.DoAskVideo, bot.Args{})
}

func TestThePatientDeclinesACallThatRings(t *testing.T) {
	w := newWorld(t)
	w.answered()
	w.refused(bot.NoCall, patient, bot.DoDeclineCall, bot.Args{})
	w.do(igor, bot.DoEscalate, bot.Args{})
	require.Contains(t, bot.MayDo(patient, w.s), bot.DoDeclineCall)
	got := w.do(patient, bot.DoDeclineCall, bot.Args{Text: "Not now, please."})
	require.Equal(t, []bot.Kind{bot.CallWithdrawn, bot.MessageSent}, kinds(got))
	require.Equal(t, bot.EndDeclined, w.s.Call.EndWhy)
	require.False(t, w.s.OwedSince.IsZero(), "what is said with it is owed an answer")

	w.do(igor, bot.DoEscalate, bot.Args{})
	w.do(system, bot.DoMade, w.ofCall())
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.refused(bot.NotNow, patient, bot.DoDeclineCall, bot.Args{})
	w.do(system, bot.DoGone, w.who(bot.Patient))
	require.Equal(t, []bot.Kind{bot.CallEnded}, kinds(w.do(patient, bot.DoDeclineCall, bot.Args{})))
	require.Equal(t, bot.EndDeclined, w.s.Call.EndWhy)
}

func TestWhatTheBrowserFound(t *testing.T) {
	good := bot.Devices{Camera: "dark", Microphone: "ok", Speaker: "ok", Connection: "slow", Browser: "in_app", Way: "sound", RTT: 180, InApp: "Telegram"}
	w := newWorld(t)
	w.start()
	got := w.do(patient, bot.DoDevices, bot.Args{Devices: &good})
	require.Equal(t, []bot.Kind{bot.DevicesChecked}, kinds(got))
	require.Equal(t, bot.ForStaff, got[0].Audience)
	require.Empty(t, w.do(patient, bot.DoDevices, bot.Args{Devices: &good}), "found again")
	require.Equal(t, "sound", bot.SummaryOf(w.s).Way)
	for name, spoil := range map[string]func(*bot.Devices){
		"camera": func(d *bot.Devices) { d.Camera = "shiny" }, "microphone": func(d *bot.Devices) { d.Microphone = "" },
		"speaker": func(d *bot.Devices) { d.Speaker = "loud" }, "connection": func(d *bot.Devices) { d.Connection = "5g" },
		"browser": func(d *bot.Devices) { d.Browser = strings.Repeat("ы", 500) }, "way": func(d *bot.Devices) { d.Way = "fax" },
		"rtt": func(d *bot.Devices) { d.RTT = -1 }, "app": func(d *bot.Devices) { d.InApp = strings.Repeat("a", 41) },
	} {
		t.Run(name, func(t *testing.T) {
			bad := good
			spoil(&bad)
			w.refused(bot.Malformed, patient, bot.DoDevices, bot.Args{Devices: &bad})
		})
	}
	w.refused(bot.Malformed, patient, bot.DoDevices, bot.Args{})
}

// both are in the room from now on.
func (w *world) both() {
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
}

func TestBothAreWarnedOfTheLimit(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.both()
	w.wakes(54 * time.Minute)
	require.False(t, w.s.Call.Warned)
	got := w.wakes(time.Minute)
	require.Equal(t, []bot.Kind{bot.CallLimitNear}, kinds(got))
	require.Equal(t, bot.ForAll, got[0].Audience)
	require.Empty(t, w.wakes(5*time.Minute-time.Second))
	w.wakes(time.Second)
	require.Equal(t, bot.EndLimit, w.s.Call.EndWhy)
}

func TestACallGoesOnWhenTheDoctorSaysSo(t *testing.T) {
	w := newWorld(t)
	w.consulting()
	w.refused(bot.NoCall, igor, bot.DoExtend, bot.Args{})
	w.do(igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
	w.refused(bot.CallNotReady, igor, bot.DoExtend, bot.Args{})
	w.do(system, bot.DoMade, w.ofCall())
	w.both()
	began := w.now
	w.wakes(56 * time.Minute)
	w.refused(bot.Malformed, igor, bot.DoExtend, bot.Args{Minutes: 121})
	w.refused(bot.Malformed, igor, bot.DoExtend, bot.Args{Minutes: -1})
	w.do(igor, bot.DoExtend, bot.Args{})
	require.Equal(t, began.Add(75*time.Minute), w.s.Call.Until)
	require.False(t, w.s.Call.Warned, "they are warned again")
	w.wakes(18 * time.Minute)
	require.True(t, w.s.Call.Open())
	w.do(igor, bot.DoExtend, bot.Args{Minutes: 5})
	w.wakes(6*time.Minute + time.Second)
	require.Equal(t, bot.EndLimit, w.s.Call.EndWhy)
}

// What is booked behind a call moves only when the doctor has read that it does.
func TestWhatACallRunsInto(t *testing.T) {
	end := noon.Add(60 * time.Minute)
	at := end.Add(10 * time.Minute)
	for name, c := range map[string]struct {
		held map[string]string
		next string
		at   time.Time
	}{
		"nothing":            {},
		"an own appointment": {held: map[string]string{"agenda doctor_2/" + bot.GranuleKey(at): "c_7", "agenda doctor_2/" + bot.GranuleKey(at.Add(bot.Granule)): "c_7"}, next: "c_7", at: at},
		"somebody else's":    {held: map[string]string{"agenda doctor_1/" + bot.GranuleKey(at): "c_7"}},
		"this patient's":     {held: map[string]string{"agenda doctor_2/" + bot.GranuleKey(at): "c_1"}},
		"one that is over":   {held: map[string]string{"agenda doctor_2/" + bot.GranuleKey(noon.Add(-time.Hour)): "c_7"}},
		"its seats are sold": {held: map[string]string{"seat " + bot.GranuleKey(at) + "/1": "c_8"}, next: "c_8", at: at},
		"an own one comes first": {held: map[string]string{
			"agenda doctor_2/" + bot.GranuleKey(end): "c_7", "seat " + bot.GranuleKey(at) + "/1": "c_8",
		}, next: "c_7", at: end},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.call()
			w.both()
			w.claimed = claimedBy(c.held)
			got := w.wakes(56 * time.Minute)
			require.Equal(t, []bot.Kind{bot.CallLimitNear}, kinds(got))
			var near bot.LimitNear
			read(t, got[0], &near)
			require.Equal(t, bot.LimitNear{Call: w.s.Call.ID, At: end, Next: c.next, NextAt: c.at}, near)
			seen, ok := bot.View(got[0], patient, bot.Links{Language: "en"})
			require.True(t, ok)
			require.Equal(t, bot.LimitNear{Call: w.s.Call.ID, At: end}, seen.Body, "what moves is the clinic's to know")
			if c.next == "" {
				w.do(igor, bot.DoExtend, bot.Args{})
				return
			}
			w.refused(bot.NotNow, igor, bot.DoExtend, bot.Args{})
			require.Equal(t, []bot.Kind{bot.CallExtended, bot.LeadAlerted}, kinds(w.do(igor, bot.DoExtend, bot.Args{Minutes: 20})))
		})
	}
}

// Minutes together come from the room's list alone: where nobody can read it they
// do not count.
func TestMinutesTogether(t *testing.T) {
	w := newWorld(t)
	w.call()
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.now = w.now.Add(time.Minute)
	w.do(system, bot.DoSeen, w.who(bot.Doctor))
	w.now = w.now.Add(3 * time.Minute)
	w.do(system, bot.DoGone, w.who(bot.Patient))
	w.now = w.now.Add(time.Minute)
	w.do(system, bot.DoSeen, w.who(bot.Patient))
	w.now = w.now.Add(2 * time.Minute)
	w.do(system, bot.DoUnwatched, w.ofCall())
	w.now = w.now.Add(7 * time.Minute)
	w.do(system, bot.DoWatched, w.ofCall())
	w.now = w.now.Add(time.Minute)
	got := w.do(igor, bot.DoHangUp, bot.Args{})
	var ended bot.Ended
	read(t, got[0], &ended)
	require.Equal(t, 6*60, ended.Together)
}

func TestFinishLeavesThePatientWithSomething(t *testing.T) {
	in := func(d time.Duration) time.Time { return noon.Add(d) }
	for name, c := range map[string]struct {
		args bot.Args
		next *bot.Next
		code bot.Code
	}{
		"nothing":              {args: bot.Args{}},
		"none":                 {args: bot.Args{Next: &bot.Next{Kind: bot.NextNone}}},
		"a text":               {args: bot.Args{Next: &bot.Next{Kind: bot.NextText, Text: " Drink. ", At: in(time.Hour)}}, next: &bot.Next{Kind: bot.NextText, Text: "Drink."}},
		"no text":              {args: bot.Args{Next: &bot.Next{Kind: bot.NextText}}, code: bot.Malformed},
		"a follow-up":          {args: bot.Args{Next: &bot.Next{Kind: bot.NextFollowUp, At: in(48 * time.Hour)}}, next: &bot.Next{Kind: bot.NextFollowUp, At: in(48 * time.Hour)}},
		"a follow-up past":     {args: bot.Args{Next: &bot.Next{Kind: bot.NextFollowUp, At: in(-time.Hour)}}, code: bot.Invalid},
		"a time":               {args: bot.Args{Next: &bot.Next{Kind: bot.NextBooking, At: in(24 * time.Hour)}}, next: &bot.Next{Kind: bot.NextBooking, At: in(24 * time.Hour), Booking: "call_1"}},
		"a time past":          {args: bot.Args{Next: &bot.Next{Kind: bot.NextBooking, At: in(-time.Hour)}}, code: bot.Invalid},
		"no such booking":      {args: bot.Args{Next: &bot.Next{Kind: bot.NextBooking, Booking: "b_1"}}, code: bot.Invalid},
		"of no kind":           {args: bot.Args{Next: &bot.Next{Kind: "fax"}}, code: bot.Malformed},
		"too much for them":    {args: bot.Args{Words: strings.Repeat("a", 4001)}, code: bot.TooLarge},
		"too much for us":      {args: bot.Args{Outcome: strings.Repeat("a", 4001)}, code: bot.TooLarge},
		"words and an outcome": {args: bot.Args{Words: "Stay in bed.", Outcome: "flu"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.answered()
			if c.code != "" {
				w.refused(c.code, igor, bot.DoFinish, c.args)
				return
			}
			got := w.do(igor, bot.DoFinish, c.args)
			if c.next != nil && c.next.Kind == bot.NextBooking {
				require.Equal(t, bot.BookingProposed, got[0].Kind)
				require.Equal(t, bot.Parked, w.s.Phase, "the patient may take the time")
				got = got[1:]
			} else {
				require.Equal(t, bot.ClosedDown, w.s.Phase, "the flow has gone on to its end")
			}
			require.Equal(t, bot.DoctorFinished, got[0].Kind)
			var b bot.Finished
			read(t, got[0], &b)
			require.Equal(t, c.next, b.Next)
			require.Equal(t, c.args.Words, b.Words)
			require.Equal(t, c.next != nil || c.args.Words != "", w.s.Concluded != nil, "it is there tomorrow")
			seen, ok := bot.View(got[0], patient, bot.Links{Language: "en"})
			require.True(t, ok)
			require.Equal(t, bot.SeenFinished{Words: b.Words, Next: b.Next}, seen.Body, "the outcome is for colleagues")
		})
	}
}

func read(t testing.TB, e bot.Entry, body any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(e.Body, body))
}

// With TrueConf known to be down a wait by video says so, and takes the step's
// `nobody`, or becomes one for a doctor in the chat.
func TestAWaitByVideoWhileThereIsNone(t *testing.T) {
	source, err := os.ReadFile("testdata/clinic.yaml")
	require.NoError(t, err)
	for name, c := range map[string]struct {
		without string
		phase   bot.Phase
		says    string
	}{
		"with nobody":    {"", bot.Intake, "Video calls are not possible just now. The chat stays open."},
		"without nobody": {"      nobody:  callback\n", bot.Waiting, "Video calls are not possible just now. A doctor will answer you here in the chat."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newClinic(t)
			p, problems := flows.Compile([]flows.File{
				{Path: "clinic.yaml", Data: []byte(strings.Replace(string(source), c.without, "", 1))}, {Path: "privacy.md", Data: []byte("We keep what you write.\n")},
			})
			require.NotNil(t, p, "%v", problems)
			w.program, w.down = p, true
			w.agreed()
			got := w.pick("video")
			require.Equal(t, c.phase, w.s.Phase)
			require.Equal(t, 1, count(got, bot.LeadAlerted))
			var said bot.Said
			for _, e := range got {
				if e.Kind == bot.BotSaid && said.Text == "" {
					read(t, e, &said)
				}
			}
			require.Equal(t, c.says, said.Text)
			require.Equal(t, flows.ForChat, w.s.Purpose)
		})
	}
}

// A call is recorded only where the clinic wants it and the patient has agreed.
func TestWhichCallsAreRecorded(t *testing.T) {
	for name, c := range map[string]struct {
		consent string
		agreed  bool
		record  bool
	}{
		"neither":           {"", false, false},
		"the patient alone": {"", true, false},
		"the clinic alone":  {"privacy", false, false},
		"both":              {"privacy", true, true},
		"to something else": {"marketing", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.consulting()
			if c.agreed {
				w.s.Memory.Consents = map[string]string{"privacy": "1"}
			}
			w.limits.Recording, w.limits.Kept = c.consent, flows.Text{"en": "In the archive.", "ru": "В архиве."}
			got := w.do(igor, bot.DoEscalate, bot.Args{How: bot.ByPage})
			require.Equal(t, c.record, bot.Wishes(w.s)[0].Record)
			seen, ok := bot.View(got[0], patient, bot.Links{Language: "en"})
			require.True(t, ok)
			require.Equal(t, c.record, seen.Body.(bot.SeenCall).Record)
			require.Equal(t, map[bool]string{true: "In the archive."}[c.record], seen.Body.(bot.SeenCall).Kept)
			w.do(system, bot.DoMade, w.ofCall())
			w.do(igor, bot.DoNewRoom, bot.Args{})
			require.Equal(t, c.record, w.s.Call.Record, "the next room too")
		})
	}
}
