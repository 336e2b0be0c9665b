package web

import (
	"context"
	"net/http"
	"slices"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/wire"
)

// command is POST /api/v1/conversations/{id}/commands.
func (s *Server) command(w http.ResponseWriter, r *http.Request) error {
	p, err := s.partyOf(r)
	if err != nil {
		return err
	}
	var in wire.Command
	if err := decodeBody(w, r, &in, false); err != nil {
		return err
	}
	id := r.PathValue("id")
	res, err := s.perform(r.Context(), p, id, in)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, wire.Commanded{
		Seq: res.Seq, Entries: s.glass(p, id, s.languageOf(r.Context(), p, id)).all(res.Entries),
	})
}

// perform has the engine do a command, whichever way it came. The answer's Seq
// is the last entry of it that the sender may see.
func (s *Server) perform(ctx context.Context, p party, id string, in wire.Command) (engine.Result, error) {
	if err := checkCommand(in); err != nil {
		return engine.Result{}, err
	}
	if err := spend(s.rates.commands, p.key); err != nil {
		return engine.Result{}, err
	}
	if err := s.rates.writing.spend(p, in); err != nil {
		return engine.Result{}, err
	}
	res, err := s.o.Engine.Do(ctx, bot.Command{
		Conversation: id, Key: in.Key, Do: in.Do, Actor: p.actor, Device: p.ticketHash(),
		Args: bot.Args{
			Text: in.Text, Step: in.Step, Option: in.Option, Options: in.Options,
			How: in.How, To: in.To, Outcome: in.Outcome, Reason: in.Reason, Language: in.Language, Attributes: in.Attributes,
			Stars: in.Stars, Booking: in.Booking, Time: in.Start, Minutes: in.Minutes, Department: in.Department, Words: in.Words, Next: in.Next,
			Devices: in.Devices, Channel: in.Channel, Address: in.Address, Push: in.Push, Task: in.Task,
		},
	})
	if err != nil {
		return engine.Result{}, err
	}
	res.Seq = s.lastSeen(ctx, p.actor, id, res.Entries)
	return res, nil
}

// lastSeen is the last of a command's entries that the actor may see: who waits
// for one that is never shown would wait for good. Where the command left nothing
// to see it is the journal's last, and 0 for those who may read it no more.
func (s *Server) lastSeen(ctx context.Context, a bot.Actor, id string, entries []bot.Entry) uint64 {
	for _, e := range slices.Backward(entries) {
		if e.Visible(a.Role) {
			return e.Seq
		}
	}
	state, err := s.o.Engine.State(ctx, a, id)
	if err != nil {
		return 0
	}
	return headOfState(s.o.Engine, a, state).Seq
}

// maxLanguage is longer than any tag that a browser sends.
const maxLanguage = 255

// checkCommand refuses a command that the wire does not have, and fields that a
// command does not know.
func checkCommand(in wire.Command) error {
	if err := checkKey(in.Key); err != nil {
		return err
	}
	known, ok := wire.Fields[in.Do]
	if !ok {
		return refuse(bot.Malformed, "There is no such command.")
	}
	given := []struct {
		name string
		set  bool
	}{
		{"text", in.Text != ""}, {"step", in.Step != ""}, {"option", in.Option != ""}, {"options", in.Options != nil},
		{"how", in.How != ""}, {"to", in.To != ""}, {"outcome", in.Outcome != ""}, {"reason", in.Reason != ""},
		{"stars", in.Stars != 0}, {"language", in.Language != ""}, {"attributes", in.Attributes != nil},
		{"booking", in.Booking != ""}, {"start", !in.Start.IsZero()}, {"minutes", in.Minutes != 0}, {"department", in.Department != ""},
		{"words", in.Words != ""}, {"next", in.Next != nil}, {"devices", in.Devices != nil}, {"channel", in.Channel != ""},
		{"address", in.Address != ""}, {"push", in.Push != nil}, {"task", in.Task != ""},
	}
	for _, f := range given {
		if f.set && !slices.Contains(known, f.name) {
			return refuse(bot.Malformed, "The command "+string(in.Do)+" knows no field "+f.name+".")
		}
	}
	if len(in.Language) > maxLanguage {
		return refuse(bot.Malformed, "language is a tag of BCP 47.")
	}
	if in.How != "" && in.How != bot.ByApp && in.How != bot.ByPage {
		return refuse(bot.Malformed, "how is app or page.")
	}
	return nil
}
