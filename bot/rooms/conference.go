package rooms

import (
	"bedside/bot"
	"bedside/trueconf"
)

// conference is the whole documented body (API reference §5.2). It carries no
// word about the patient: topic, tags and ids are seen by TrueConf's
// administrators. auto_invite is off, for the ring is our own.
func (r *Rooms) conference(id string, o Order) trueconf.Conference {
	c := trueconf.Conference{
		ID:              id,
		Topic:           "Bedside",
		Owner:           r.owner(o),
		Mode:            trueconf.AllOnScreen,
		MaxPodiums:      2,
		MaxParticipants: 2,
		Schedule:        trueconf.Schedule{Kind: trueconf.Unscheduled},
		AllowGuests:     true,
		AutoInvite:      trueconf.RingNobody,
		Tags:            []string{r.tag()},
		State:           trueconf.Running,
		Rights:          &trueconf.Rights{Guest: *r.config.Rights, User: *r.config.Rights},
	}
	if o.How == bot.ByApp {
		c.Invitations = []trueconf.Invitation{{ID: o.Owner}}
	}
	return c
}
