package rooms

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bedside/bot"
	"bedside/trueconf"
)

// Make sees to it that the room exists and runs. It may be repeated: a room of
// our id that is there already is taken if owner and tag are ours, which also
// settles a creation whose answer was lost (API reference §9.1).
func (r *Rooms) Make(ctx context.Context, o Order) error {
	made, err := r.create(ctx, o)
	if err != nil {
		return err
	}
	return r.start(ctx, made)
}

// settle finds out what became of a creation that failed.
func (r *Rooms) settle(ctx context.Context, id string, o Order, failed error) (trueconf.Conference, error) {
	switch trueconf.KindOf(failed) {
	case trueconf.Duplicate, trueconf.Unreachable, trueconf.Unexpected:
	case trueconf.Refused:
		return trueconf.Conference{}, refusedCreation(failed)
	default:
		return trueconf.Conference{}, wrap("make the room", failed)
	}
	there, err := r.tc.Conference(ctx, id)
	if err != nil {
		e := wrap("make the room", failed)
		e.Retry = true // neither there nor clearly refused: the same may be asked again
		return trueconf.Conference{}, e
	}
	if !trueconf.SameUser(there.Owner, r.owner(o)) || !r.ours(there) {
		return trueconf.Conference{}, &Error{
			Kind: Foreign, What: "make the room",
			Cure: "A room with the id that Bedside computed belongs to somebody else. Find out who else uses this server key, and escalate again.",
		}
	}
	return there, nil
}

// refusedCreation tells a server that does not take our ids from one that objects
// to something else. Every other field of the body is fixed and documented, so a
// refusal that names no field is about the id.
func refusedCreation(failed error) *Error {
	var tc *trueconf.Error
	if errors.As(failed, &tc) && (tc.Location == "" || tc.Location == "id" || tc.Location == "conference_id") {
		e := idRefused()
		e.cause = failed
		return e
	}
	return wrap("make the room", failed)
}

func idRefused() *Error {
	return &Error{
		Kind: IDRefused, What: "make the room",
		Cure: "This TrueConf Server does not take the conference ids that Bedside chooses, and its own ten digits can be guessed. Ask for a licence with public conferences.",
	}
}

// drop removes a room that the server made under an id of its own choosing. It
// was never told to anybody; if TrueConf fails here, its administrator sees it.
func (r *Rooms) drop(ctx context.Context, c trueconf.Conference) {
	if r.tagged(c) {
		_ = r.remove(ctx, c.ID)
	}
}

// start runs a room that does not run yet. Whether a creation honours the state
// that it asked for is not known (API reference §9.1), so the answer decides.
func (r *Rooms) start(ctx context.Context, c trueconf.Conference) error {
	if c.IsRunning() {
		return nil
	}
	state, err := r.tc.Run(ctx, c.ID)
	switch {
	case err != nil:
		return wrap("run the room", err)
	case state != trueconf.Running:
		return &Error{
			Kind: Gone, What: "run the room", Retry: true,
			Cure: "TrueConf answered, but the room does not run. Look at the server's limit of simultaneous conferences.",
		}
	}
	return nil
}

// Mend takes up a room that was found stopped: it runs it again. Gone means that
// another attempt is needed.
func (r *Rooms) Mend(ctx context.Context, room bot.Room) error {
	c, err := r.tc.Conference(ctx, r.roomID(room))
	if err != nil {
		return wrap("mend the room", err)
	}
	return r.start(ctx, c)
}

// Ring calls the doctor's own TrueConf app into the room.
func (r *Rooms) Ring(ctx context.Context, room bot.Room, user string) error {
	if err := r.tc.Invite(ctx, r.roomID(room), user); err != nil {
		return wrap("ring the doctor", err)
	}
	return nil
}

// Remove stops and deletes the room. It is done when TrueConf has confirmed it,
// or does not know the room any more.
func (r *Rooms) Remove(ctx context.Context, room bot.Room) error {
	return r.remove(ctx, r.roomID(room))
}

func (r *Rooms) remove(ctx context.Context, id string) error {
	stop := r.tc.Stop(ctx, id)
	if err := r.tc.Delete(ctx, id); err != nil {
		return wrap("remove the room", errors.Join(err, stop))
	}
	return nil
}

func (r *Rooms) owner(o Order) string {
	if o.How == bot.ByApp {
		return o.Owner
	}
	return r.config.ServiceAccount
}

// ours reports whether a conference is this installation's: both marks count.
func (r *Rooms) ours(c trueconf.Conference) bool {
	return strings.HasPrefix(c.ID, r.prefix()) && r.tagged(c)
}

func (r *Rooms) tagged(c trueconf.Conference) bool {
	return slices.Contains(c.Tags, r.tag())
}
