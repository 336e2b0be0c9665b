package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"bedside/bot"
	"bedside/store"
)

const (
	spaceDuty   = "duty"   // <login>: where a doctor stands
	spaceWorked = "worked" // took/<login>, freed/<login>: when they got their last patient, and had none any more

	missedMost = 2 // so many missed offers in a row, and the doctor is away
)

// Duty is where a doctor stands.
type Duty struct {
	State  bot.DutyState
	Since  time.Time // zero: they have never said
	Missed bool      // away, because offers were missed in a row
	Open   int       // conversations that they have
	Most   int       // … and are offered at once
}

// dutyRecord is how it is kept. Who has none is on duty.
type dutyRecord struct {
	State  bot.DutyState `json:"state"`
	Since  time.Time     `json:"since,omitzero"`
	Missed int           `json:"missed,omitempty"` // offers in a row
	By     string        `json:"by,omitempty"`     // missed: not by hand
}

const byMissed = "missed"

func (r dutyRecord) put(login string, rev uint64) (store.Put, error) {
	value, err := json.Marshal(r)
	return store.Put{Space: spaceDuty, Key: login, Value: value, If: store.Rev(rev)}, err
}

// dutyOf reads a doctor's record.
func (e *Engine) dutyOf(ctx context.Context, login string) (dutyRecord, uint64, error) {
	none := dutyRecord{State: bot.DutyOn}
	r, err := e.store.Record(ctx, spaceDuty, login)
	if errors.Is(err, store.ErrNotFound) {
		return none, 0, nil
	}
	if err != nil {
		return none, 0, err
	}
	d, err := readDuty(r)
	return d, r.Rev, err
}

func readDuty(r store.Record) (dutyRecord, error) {
	var d dutyRecord
	if err := json.Unmarshal(r.Value, &d); err != nil {
		return d, fmt.Errorf("engine: the duty of %s: %w", r.Key, err)
	}
	return d, nil
}

// Duty is where the doctor stands now.
func (e *Engine) Duty(ctx context.Context, a bot.Actor) (Duty, error) {
	r, _, err := e.dutyOf(ctx, a.Login)
	if err != nil {
		return Duty{}, e.unavailable("read who is on duty", err)
	}
	open, err := e.store.Count(ctx, bot.ListDoctor(a.Login))
	if err != nil {
		return Duty{}, e.unavailable("read who is on duty", err)
	}
	return Duty{State: r.State, Since: r.Since, Missed: r.By == byMissed, Open: open, Most: a.Most()}, nil
}

// Away reports whether a doctor is away, as far as the store says.
func (e *Engine) Away(ctx context.Context, login string) bool {
	r, _, err := e.dutyOf(ctx, login)
	return err == nil && r.State == bot.DutyAway
}

// SetDuty is a doctor's own word where they stand. Whoever is rung just then and
// is not on duty any more is rung no longer.
func (e *Engine) SetDuty(ctx context.Context, a bot.Actor, state bot.DutyState) (Duty, error) {
	switch {
	case a.Role != bot.Doctor:
		return Duty{}, &bot.Refusal{Code: bot.Forbidden, Message: "only doctors are on duty"}
	case state != bot.DutyOn && state != bot.DutyBusy && state != bot.DutyAway:
		return Duty{}, &bot.Refusal{Code: bot.Malformed, Message: "state is on, busy or away"}
	}
	for range doTries {
		was, rev, err := e.dutyOf(ctx, a.Login)
		if err != nil {
			return Duty{}, e.unavailable("read who is on duty", err)
		}
		if was.State == state && was.Missed == 0 && was.By == "" {
			return e.Duty(ctx, a)
		}
		put, err := dutyRecord{State: state, Since: e.now().UTC()}.put(a.Login, rev)
		if err == nil {
			err = e.store.Commit(ctx, store.Batch{Records: []store.Put{put}})
		}
		if errors.Is(err, store.ErrConflict) {
			continue
		}
		if err != nil {
			return Duty{}, e.unavailable("record who is on duty", err)
		}
		e.duties.tell(a.Login)
		e.offers.doctor(a.Login)
		return e.Duty(ctx, a)
	}
	return Duty{}, e.unavailable("record who is on duty", errors.New("it changed again and again"))
}

// SubscribeDuty tells whose duty, or number of conversations, has changed.
func (e *Engine) SubscribeDuty() *HeadSubscription { return e.duties.subscribe() }

// dutyPuts are the records that the entries of a commit change with it: an offer
// that was missed counts, an answer of the doctor's ends the count.
func (e *Engine) dutyPuts(ctx context.Context, was, next bot.State, entries []bot.Entry) ([]store.Put, error) {
	missed := map[string]int{} // 0: answered
	var puts []store.Put
	for _, entry := range entries {
		login, answered := answerOf(entry)
		switch {
		case login == "":
		case answered:
			missed[login] = 0
		default:
			missed[login]++
		}
		if entry.Kind == bot.DoctorAssigned {
			puts = append(puts, workedAt("took/"+login, entry.At))
		}
	}
	if was.Doctor != "" && was.Doctor != next.Doctor {
		puts = append(puts, workedAt("freed/"+was.Doctor, next.At))
	}
	for login, n := range missed {
		put, changed, err := e.countMissed(ctx, login, n)
		if err != nil {
			return nil, err
		}
		if changed {
			puts = append(puts, put)
		}
	}
	return lastOfEach(puts), nil
}

// answerOf is whose answer to an offer an entry is, or whose silence.
func answerOf(e bot.Entry) (login string, answered bool) {
	switch e.Kind {
	case bot.DoctorAssigned:
		var b bot.Assigned
		if json.Unmarshal(e.Body, &b) == nil {
			return b.Doctor, true
		}
	case bot.OfferEnded:
		var b bot.EndedOffer
		if json.Unmarshal(e.Body, &b) == nil && (b.Why == bot.OfferDeclined || b.Why == bot.OfferMissed) {
			return b.Doctor, b.Why == bot.OfferDeclined
		}
	}
	return "", false
}

// countMissed is a doctor's record after n missed offers more, or an answer.
func (e *Engine) countMissed(ctx context.Context, login string, n int) (store.Put, bool, error) {
	r, rev, err := e.dutyOf(ctx, login)
	if err != nil {
		return store.Put{}, false, err
	}
	switch {
	case n == 0 && r.Missed == 0:
		return store.Put{}, false, nil
	case n == 0:
		r.Missed = 0
	default:
		r.Missed += n
	}
	if r.Missed >= missedMost && r.State == bot.DutyOn {
		r.State, r.Since, r.By = bot.DutyAway, e.now().UTC(), byMissed
	}
	put, err := r.put(login, rev)
	return put, true, err
}

// dutiesChanged tells of the duties that a commit has changed.
func (e *Engine) dutiesChanged(records []store.Put) {
	for _, p := range records {
		if p.Space == spaceDuty {
			e.duties.tell(p.Key)
		}
	}
}

func workedAt(key string, at time.Time) store.Put {
	return store.Put{Space: spaceWorked, Key: key, Value: []byte(at.UTC().Format(time.RFC3339Nano))}
}

// lastOfEach keeps the last put of every record, for a batch names one once.
func lastOfEach(puts []store.Put) []store.Put {
	var out []store.Put
	for _, p := range slices.Backward(puts) {
		if !slices.ContainsFunc(out, func(o store.Put) bool { return o.Space == p.Space && o.Key == p.Key }) {
			out = append(out, p)
		}
	}
	return out
}

// Leave gives back all that a doctor has, one after the other, as that of somebody
// who is gone. What cannot be given back stays theirs, and the error says so.
func (e *Engine) Leave(ctx context.Context, a bot.Actor) error {
	var ids []string
	err := e.each(ctx, bot.ListDoctor(a.Login), func(f *folded) { ids = append(ids, f.state.ID) })
	for _, id := range ids {
		_, failed := e.system(ctx, id, bot.DoLeave, bot.Args{Doctor: a.Login})
		err = errors.Join(err, failed)
	}
	if err != nil {
		return e.unavailable("give back what a doctor has", err)
	}
	return nil
}
