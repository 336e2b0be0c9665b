package bot

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"bedside/flows"
)

// openings answer what is free. They read each doctor's calendar once and the
// seats in blocks of some days, however many times are asked for.
type openings struct {
	s      State
	f      Facts
	live   *flows.Program
	agenda map[string]map[int64]bool         // by login: the steps that are taken
	seats  map[string]map[int64]map[int]bool // by space and block: the numbers taken in each step
	dates  map[string][]time.Time            // by department
}

// place is a doctor's time for a visit, and what the visit would take of the
// server.
type opening struct {
	doctor Actor
	how    How
	seats  []int
	room   int
}

func newOpenings(s State, f Facts) *openings {
	live := f.Live
	if live == nil {
		live = f.Program
	}
	return &openings{
		s: s, f: f, live: live, agenda: map[string]map[int64]bool{}, seats: map[string]map[int64]map[int]bool{}, dates: map[string][]time.Time{},
	}
}

// wayOf is how a doctor comes into a visit, and how many guest seats that takes.
func wayOf(trueConfID string) (How, int) {
	if trueConfID != "" {
		return ByApp, 1
	}
	return ByPage, 2
}

// doctors are those of a department whose visits the server can hold at all, by
// login.
func (o *openings) doctors(department string) []Actor {
	var out []Actor
	for _, login := range slices.Sorted(maps.Keys(o.f.Staff)) {
		a := o.f.Staff[login]
		if _, seats := wayOf(a.TrueConfID); a.Role == Doctor && a.Serves(department) && seats <= o.f.Limits.GuestSeats {
			out = append(out, a)
		}
	}
	return out
}

// times are when any doctor of a department is free.
func (o *openings) times(department string) []time.Time {
	if known, ok := o.dates[department]; ok {
		return known
	}
	var out []time.Time
	if o.f.Free != nil {
		out = o.f.Free(department)
	} else if d, ok := o.department(department); ok {
		seen := map[int64]bool{}
		for _, a := range o.doctors(department) {
			for _, at := range o.grid(a, d) {
				if seen[at.Unix()] {
					continue
				}
				if _, free := o.fits(a, at, d.Booking.Length, nil); free {
					seen[at.Unix()] = true
					out = append(out, at)
				}
			}
		}
		slices.SortFunc(out, time.Time.Compare)
	}
	o.dates[department] = out
	return out
}

// timesToMove are those of the booking's own doctor; of one who is gone, those
// of the department.
func (o *openings) timesToMove(b *Booking) []time.Time {
	a, there := o.f.Staff[b.Doctor]
	d, ok := o.department(b.Department)
	if !there || !ok || o.f.Free != nil {
		return o.times(b.Department)
	}
	d.Booking.Length = b.Length
	if d.Booking.Until == 0 { // a doctor has proposed it where patients book nothing
		d.Booking.Until = usualAhead
	}
	return slices.DeleteFunc(o.grid(a, d), func(at time.Time) bool {
		_, free := o.fits(a, at, b.Length, b)
		return !free || at.Equal(b.Start)
	})
}

func (o *openings) department(id string) (flows.Department, bool) {
	if o.live == nil {
		return flows.Department{}, false
	}
	return o.live.Department(id)
}

// grid are the times of a doctor's hours, or of the department's where the doctor
// names none that the clinic has.
func (o *openings) grid(a Actor, d flows.Department) []time.Time {
	h := d.Hours()
	if a.Hours != "" {
		if own, ok := o.live.NamedHours(a.Hours); ok {
			h = own
		}
	}
	return Grid(h, d.Booking, o.f.Now.In(o.live.Clinic().Zone))
}

// choose is the doctor of a department with whom a visit is booked: who had this
// patient, the last first, else who has the least to do that day. What a booking that
// is to be given to one of them takes itself is left out of account.
func (o *openings) choose(department string, start time.Time, length time.Duration, own *Booking) (opening, bool) {
	var free []opening
	for _, a := range o.doctors(department) {
		if p, ok := o.fits(a, start, length, own); ok {
			free = append(free, p)
		}
	}
	if len(free) == 0 {
		return opening{}, false
	}
	known := slices.Clone(o.s.HadBy)
	slices.Reverse(known)
	if o.f.Knows != nil {
		known = append(known, o.f.Knows()...)
	}
	for _, login := range known {
		if i := slices.IndexFunc(free, func(p opening) bool { return p.doctor.Login == login }); i >= 0 {
			return free[i], true
		}
	}
	return slices.MinFunc(free, func(a, b opening) int {
		return cmp.Compare(o.load(a.doctor.Login, start), o.load(b.doctor.Login, start))
	}), true
}

// load is how much of a day is taken in a doctor's calendar.
func (o *openings) load(login string, day time.Time) int {
	if o.live != nil {
		day = day.In(o.live.Clinic().Zone)
	}
	y, m, d := day.Date()
	from, to := time.Date(y, m, d, 0, 0, 0, 0, day.Location()), time.Date(y, m, d+1, 0, 0, 0, 0, day.Location())
	n := 0
	for step := range o.calendar(login) {
		if at := step * int64(Granule/time.Second); at >= from.Unix() && at < to.Unix() {
			n++
		}
	}
	return n
}

// fits reports whether a doctor and the server are free for a visit, leaving out
// of account what a booking that is to be moved takes itself.
func (o *openings) fits(a Actor, start time.Time, length time.Duration, own *Booking) (opening, bool) {
	how, need := wayOf(a.TrueConfID)
	first, last := granulesOf(start, start.Add(length))
	mine := stepsOf(own)
	for step := first; step <= last; step++ {
		if o.calendar(a.Login)[step] && !(mine[step] && own.Doctor == a.Login) {
			return opening{}, false
		}
	}
	out := opening{doctor: a, how: how}
	var ok bool
	if out.seats, ok = o.numbers(SpaceSeat, first, last, need, o.f.Limits.GuestSeats, mine, own); !ok {
		return opening{}, false
	}
	if o.f.Limits.MaxCalls > 0 {
		room, ok := o.numbers(SpaceRoom, first, last, 1, o.f.Limits.MaxCalls, mine, own)
		if !ok {
			return opening{}, false
		}
		out.room = room[0]
	}
	return out, true
}

// numbers are so many of a space that are free in every step from first to last,
// the lowest first.
func (o *openings) numbers(space string, first, last int64, need, there int, mine map[int64]bool, own *Booking) ([]int, bool) {
	var out []int
	for n := 1; n <= there && len(out) < need; n++ {
		free := true
		for step := first; step <= last && free; step++ {
			free = !o.taken(space, step)[n] || mine[step] && own.holds(space, n)
		}
		if free {
			out = append(out, n)
		}
	}
	return out, len(out) == need
}

func (b *Booking) holds(space string, n int) bool {
	if space == SpaceRoom {
		return b.Room == n
	}
	return slices.Contains(b.Seats, n)
}

// calendar are the steps that are taken of a doctor's time.
func (o *openings) calendar(login string) map[int64]bool {
	if known, ok := o.agenda[login]; ok {
		return known
	}
	out := map[int64]bool{}
	for key := range o.claimed(SpaceAgenda, login+"/") {
		if step, err := strconv.ParseInt(strings.TrimPrefix(key, login+"/"), 10, 64); err == nil {
			out[step] = true
		}
	}
	o.agenda[login] = out
	return out
}

// taken are the numbers of a space that are taken in a step. A block is read at
// once: all steps whose keys differ in the last three figures alone, three days
// and a half.
func (o *openings) taken(space string, step int64) map[int]bool {
	const figures = 3
	key := granuleKey(step)
	block := key[:len(key)-figures]
	known, ok := o.seats[space+block]
	if !ok {
		known = map[int64]map[int]bool{}
		for k := range o.claimed(space, block) {
			at, number, _ := strings.Cut(k, "/")
			step, err := strconv.ParseInt(at, 10, 64)
			n, err2 := strconv.Atoi(number)
			if err != nil || err2 != nil {
				continue
			}
			if known[step] == nil {
				known[step] = map[int]bool{}
			}
			known[step][n] = true
		}
		o.seats[space+block] = known
	}
	return known[step]
}

func (o *openings) claimed(space, prefix string) map[string]string {
	if o.f.Claimed == nil {
		return nil
	}
	return o.f.Claimed(space, prefix)
}

// stepsOf are the steps that a booking takes now; none of nil.
func stepsOf(b *Booking) map[int64]bool {
	if b == nil {
		return nil
	}
	out := map[int64]bool{}
	first, last := granulesOf(b.Start, b.End())
	for step := first; step <= last; step++ {
		out[step] = true
	}
	return out
}
