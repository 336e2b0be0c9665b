package rooms

import (
	"context"
	"sync"

	"bedside/bot"
	"bedside/trueconf"
)

// Look reads the room's state and who is in it, both at once. The error means
// that nothing could be learnt. A room in which our own people are is running,
// whatever its state says; of any other that is not running nobody is told.
func (r *Rooms) Look(ctx context.Context, room bot.Room, conversation string) (Reading, error) {
	id := r.roomID(room)
	var (
		wg     sync.WaitGroup
		people []trueconf.Participant
		list   error
	)
	wg.Go(func() { people, list = r.tc.Participants(ctx, id) })
	c, err := r.tc.Conference(ctx, id)
	wg.Wait()
	out := Reading{At: r.config.Now()}
	if trueconf.KindOf(err) == trueconf.NotFound {
		return out, nil
	}
	if err != nil {
		return Reading{}, wrap("look at the room", err)
	}
	out.Known, out.Running = true, c.IsRunning()
	if list != nil {
		return out, nil
	}
	out.Listed = true
	for _, p := range people {
		r.place(&out, p, c.Owner, conversation)
	}
	if !out.Running && len(out.Inside) == 0 {
		return Reading{At: out.At, Known: true}, nil
	}
	out.Running = true
	return out, nil
}

// place says who a participant is: one of our two guests, the doctor in the app
// who owns the room, or a stranger. A server may mark no guests as such; ours are
// known by their ids all the same.
func (r *Rooms) place(out *Reading, p trueconf.Participant, owner, conversation string) {
	for _, who := range []bot.Role{bot.Patient, bot.Doctor} {
		if trueconf.SameGuest(p.ID, r.guestID(conversation, who)) {
			out.Guests++
			out.enter(who)
			return
		}
	}
	if p.Guest {
		out.Guests++
	} else if trueconf.SameUser(p.ID, owner) && !trueconf.SameUser(p.ID, r.config.ServiceAccount) {
		out.enter(bot.Doctor)
		return
	}
	out.Strangers = append(out.Strangers, p.Name)
}

// enter counts somebody once: a ghost beside its person is one person.
func (r *Reading) enter(who bot.Role) {
	if !r.Has(who) {
		r.Inside = append(r.Inside, who)
	}
}
