package rooms

import (
	"context"

	"bedside/bot"
)

// Calendars are the links by which TrueConf itself offers a planned room to
// calendars. Every one holds the room's id: they are for the doctor of the visit
// and for nobody else.
func (r *Rooms) Calendars(ctx context.Context, room bot.Room) ([]string, error) {
	links, err := r.tc.Calendars(ctx, r.roomID(room))
	if err != nil {
		return nil, wrap("read the calendar links", err)
	}
	var out []string
	for _, l := range links {
		out = append(out, l.URL)
	}
	return out, nil
}
