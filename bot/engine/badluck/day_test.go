package badluck_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/cryptotest"
	"testing/synctest"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
)

var (
	daySeed  = flag.Uint64("days.seed", 1, "the first random day")
	dayCount = flag.Int("days.count", 6, "how many random days, each with the next seed")
	dayLuck  = flag.String("days.luck", "", "the rows of bad luck that are on, with commas; empty: some, by the seed; none: none")
)

// rows are the kinds of bad luck that befall a random day, a switch each. A patient's
// clock that is wrong is none of them, for nothing that the house below the web decides
// hears of that clock: real browsers have it.
var rows = []string{
	"restarts",    // the process ends and begins anew
	"deaths",      // it dies in a write, which is lost, or its answer is
	"slow",        // TrueConf takes its time
	"down",        // … or answers badly, or not at all
	"admin",       // somebody stops, deletes and starts rooms
	"killed",      // tabs die in the call
	"two",         // a patient has two devices
	"one_seat",    // one guest connection for everybody
	"both_ways",   // a doctor is in app and page at once
	"all_at_once", // several press in the same moment
	"dark",        // consoles go dark without a word
	"handed_on",   // doctors hand patients on, to a department or a colleague
	"other_tab",   // what a patient presses in another tab is about how it stood before
	"overrun",     // calls go on over the next appointment
	"same_hour",   // all appointments are wanted at the full hour
	"clock_night", // the clocks are changed in the night
	"messages",    // the gateway for text messages fails, and loses its answers
}

// A day of a clinic by chance: patients come through every door, fall silent, leave
// and return; doctors come, take, decline and go. After every step nobody is alone
// and nothing is held by nobody, and in the evening nothing is left.
//
//	go test ./bot/engine/badluck -run TestDays -days.seed=7 -days.count=1
func TestDays(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // what happens in one moment happens in one order
	came := map[bot.Kind]int{}
	for seed := *daySeed; seed < *daySeed+uint64(*dayCount); seed++ {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			cryptotest.SetGlobalRandom(t, seed)
			playDay(t, seed, came)
		})
	}
	for _, kind := range slices.Sorted(maps.Keys(came)) {
		t.Logf("%6d %s", came[kind], kind)
	}
}

// day is one random day.
type day struct {
	*clinic
	seed     uint64
	chance   *rand.Rand
	luck     map[string]bool
	patients []*dayPatient
	doctors  []*dayDoctor
	lead     *dayDoctor // who has the board
	badUntil time.Time  // TrueConf is unwell until then, or somebody meddled a moment ago

	mu      sync.Mutex
	present map[string]bool // whose console is open
	pages   map[string]bool // conversations whose page is
	trace   []string
	idle    map[string]time.Time // conversations that wait although somebody is free, since when
	post    *dayPost
}

func playDay(t *testing.T, seed uint64, came map[bot.Kind]int) {
	town(t, func(t *testing.T, v *video, log *logbook) {
		d := &day{
			seed: seed, chance: rand.New(rand.NewPCG(seed, 5)), luck: map[string]bool{},
			present: map[string]bool{}, pages: map[string]bool{}, idle: map[string]time.Time{},
		}
		d.chooseLuck()
		if d.luck["clock_night"] { // an hour before Moscow's clocks went from two to three
			time.Sleep(time.Until(time.Date(2000, 3, 25, 22, 0, 0, 0, time.UTC)))
		}
		d.clinic = newClinic(t, v, log, "bedside", 9, death{}, d.opens)
		defer d.close()
		defer d.tellHow()
		d.invites()
		for end := time.Now().Add(3 * time.Hour); time.Now().Before(end); {
			d.passes(time.Duration(d.chance.ExpFloat64() * float64(8*time.Second)))
			d.steps()
			d.looks()
		}
		d.evening()
		d.posted()
		d.over()
		for _, p := range d.patients {
			for _, kind := range p.kinds(0) {
				came[kind]++
			}
		}
	})
}

func (d *day) chooseLuck() {
	switch *dayLuck {
	case "none":
		return
	case "":
		for _, row := range rows {
			d.luck[row] = d.chance.IntN(3) == 0
		}
		return
	}
	for row := range strings.SplitSeq(*dayLuck, ",") {
		if !slices.Contains(rows, row) {
			panic("no such row of bad luck: " + row + "; there are " + strings.Join(rows, ", "))
		}
		d.luck[row] = true
	}
}

// opens makes the clinic one of random days.
func (d *day) opens(c *clinic) {
	seats := 4
	if d.luck["one_seat"] {
		seats = 1
	}
	c.config.GuestSeats = seats
	c.video.seats(seats)
	c.limit(func(l *bot.Limits) {
		l.GuestSeats, l.CallLimit, l.IntakeIdle = seats, 30*time.Minute, 4*time.Hour
	})
	d.opensPost(c)
	c.opts.Flows = dayLibrary{}
	c.opts.Staff = dayStaffOf
	c.opts.Present = d.isPresent
	c.opts.PatientHere = d.pageOpen
	c.opts.OnDuty = func(department string) bool {
		return slices.ContainsFunc(dayStaff, func(a bot.Actor) bool { return a.Serves(department) && d.isPresent(a.Login) })
	}
}

func (d *day) isPresent(login string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.present[login]
}

func (d *day) pageOpen(conversation string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pages[conversation]
}

// invites settles who will come, and when.
func (d *day) invites() {
	begin := time.Now()
	for n := range 24 {
		p := d.patient(fmt.Sprintf("day%d", n))
		d.patients = append(d.patients, &dayPatient{
			person: p, d: d, n: n, door: doors[d.chance.IntN(len(doors))],
			comes: begin.Add(time.Duration(d.chance.Int64N(int64(170 * time.Minute)))),
		})
	}
	for _, a := range dayStaff {
		d.doctors = append(d.doctors, &dayDoctor{actor: a, d: d, files: map[string]*person{}})
	}
	d.lead = &dayDoctor{actor: bot.Actor{Role: bot.Admin, Login: "lead", Name: "Lead One"}, d: d, files: map[string]*person{}}
}

// passes lets time go on, through whatever is due meanwhile.
func (d *day) passes(wait time.Duration) {
	time.Sleep(wait)
	synctest.Wait()
	d.revive()
}

// note is a line of what happened, for whoever replays a day.
func (d *day) note(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.trace = append(d.trace, time.Now().Format("15:04:05 ")+fmt.Sprintf(format, args...))
}

// tellHow prints how to play a failed day again, and what it was.
func (d *day) tellHow() {
	if !d.t.Failed() {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var on []string
	for row, is := range d.luck {
		if is {
			on = append(on, row)
		}
	}
	slices.Sort(on)
	d.t.Logf("play it again: go test ./bot/engine/badluck -run TestDays -days.seed=%d -days.count=1\nbad luck: %s\nthe last steps:\n%s",
		d.seed, strings.Join(on, ","), strings.Join(d.trace[max(0, len(d.trace)-60):], "\n"))
}

// deed is a command on its way.
type deed struct {
	who     *person
	command bot.Command
	err     error
}

func (d *day) deed(who *person, do bot.Do, args bot.Args) *deed {
	d.note("%s: %s %s", who.label(), do, spoken(args))
	return &deed{who: who, command: bot.Command{
		Conversation: who.id, Key: fmt.Sprintf("day-%d", d.once.Add(1)), Do: do, Actor: who.actor, Args: args,
	}}
}

// does gives commands in the same moment; as browsers do, those that nobody has
// answered are given again with their keys.
func (d *day) does(all ...*deed) {
	d.t.Helper()
	results := make([]engine.Result, len(all))
	for round := 0; len(all) > 0; round++ {
		var wg sync.WaitGroup
		for i, one := range all {
			wg.Go(func() { results[i], one.err = d.e.Do(d.t.Context(), one.command) })
		}
		wg.Wait()
		synctest.Wait()
		var again []*deed
		for i, one := range all {
			switch r := d.refusal(one.err, "%s of %s", one.command.Do, one.who.label()); {
			case r == nil:
				one.who.done = append(one.who.done, answered{one.command, results[i]})
			case r.Code == bot.Unavailable:
				again = append(again, one)
			default:
				d.note("  … %s: %s", r.Code, r.Message)
			}
		}
		all = again
		if round > 20 {
			d.t.Fatalf("no answer to %v", again[0].command)
		}
		if len(all) > 0 {
			d.passes(time.Second)
		}
	}
}

// refusal is what somebody was told; any other error fails the day.
func (d *day) refusal(err error, format string, args ...any) *bot.Refusal {
	d.t.Helper()
	if err == nil {
		return nil
	}
	r := asRefusal(err)
	if r == nil {
		d.t.Fatalf("%s: %v", fmt.Sprintf(format, args...), err)
	}
	d.tell(err)
	return r
}
