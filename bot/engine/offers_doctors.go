package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bedside/bot"
	"bedside/store"
)

// doctors are all doctors of the clinic as they stand now, by login. Of those who
// are not here nothing more is read: nobody offers them anything.
func (e *Engine) doctors(ctx context.Context) ([]bot.DoctorNow, error) {
	rung, err := e.claimed(ctx, bot.SpaceOffer, "")
	if err != nil {
		return nil, err
	}
	duties, err := e.dutyRecords(ctx)
	if err != nil {
		return nil, err
	}
	worked, err := e.worked(ctx)
	if err != nil {
		return nil, err
	}
	var out []bot.DoctorNow
	for login, a := range e.o.Staff(ctx) {
		if a.Role != bot.Doctor {
			continue
		}
		d := bot.DoctorNow{Actor: a, Here: e.o.Present(login), Duty: bot.DutyOn, Ringing: rung[login], LastTook: worked["took/"+login]}
		if r, ok := duties[login]; ok {
			d.Duty, d.Since = r.State, r.Since
		}
		if d.Here {
			if err := e.atWork(ctx, &d, worked["freed/"+login]); err != nil {
				return nil, err
			}
			d.InCall = d.InCall || e.appBusy(ctx, a)
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b bot.DoctorNow) int { return strings.Compare(a.Actor.Login, b.Actor.Login) })
	return out, nil
}

// atWork adds what a doctor has. One who has come on duty since they had their last
// patient is idle from then on only.
func (e *Engine) atWork(ctx context.Context, d *bot.DoctorNow, freed time.Time) error {
	has, err := e.workOf(ctx, d.Actor.Login)
	if err != nil {
		return err
	}
	d.Open, d.InCall = has.open, has.inCall
	if d.Open == 0 && !freed.IsZero() {
		d.IdleFrom = later(freed, d.Since)
	}
	return nil
}

func (e *Engine) dutyRecords(ctx context.Context) (map[string]dutyRecord, error) {
	out := map[string]dutyRecord{}
	err := e.eachRecord(ctx, spaceDuty, func(r store.Record) error {
		d, err := readDuty(r)
		out[r.Key] = d
		return err
	})
	return out, err
}

// worked are the moments of spaceWorked.
func (e *Engine) worked(ctx context.Context) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	err := e.eachRecord(ctx, spaceWorked, func(r store.Record) error {
		at, err := time.Parse(time.RFC3339Nano, string(r.Value))
		out[r.Key] = at
		return err
	})
	return out, err
}

// eachRecord visits all records of a space.
func (e *Engine) eachRecord(ctx context.Context, space string, visit func(store.Record) error) error {
	for cursor := ""; ; {
		records, next, err := e.store.Records(ctx, space, "", cursor, claimsPage)
		if err != nil {
			return fmt.Errorf("engine: read the records of %s: %w", space, err)
		}
		for _, r := range records {
			if err := visit(r); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		cursor = next
	}
}

// knows are the doctors who saw the same signed person before, the last first: the
// lists in which that person's conversations stand name them.
func (e *Engine) knows(ctx context.Context, s bot.State) ([]string, error) {
	if s.Person == "" {
		return nil, nil
	}
	heads, _, err := e.store.List(ctx, bot.ListPerson(s.Person), "", listPage)
	if err != nil {
		return nil, fmt.Errorf("engine: who saw this patient before: %w", err)
	}
	var out []string
	for _, h := range heads {
		if h.ID == s.ID {
			continue
		}
		for _, term := range h.Lists {
			for _, list := range []string{bot.ListHad(""), bot.ListDoctor("")} {
				if login, ok := strings.CutPrefix(term.List, list); ok && !slices.Contains(out, login) {
					out = append(out, login)
				}
			}
		}
	}
	return out, nil
}
