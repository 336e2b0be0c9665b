package rooms

import (
	"bedside/bot"
	"bedside/trueconf"
)

// conference is the whole documented body (API reference §5.2). It carries no
// word about the patient: topic, tags and ids are seen by TrueConf's
// administrators. auto_invite is off, for the ring is our own.
func (r *Rooms) conference(id string, o Order) trueconf.Conference {
	schedule, state := planned(o)
	c := trueconf.Conference{
		ID:              id,
		Topic:           "Bedside",
		Owner:           r.owner(o),
		Mode:            trueconf.AllOnScreen,
		MaxPodiums:      2,
		MaxParticipants: 2,
		Schedule:        schedule,
		AllowGuests:     true,
		AutoInvite:      trueconf.RingNobody,
		Tags:            []string{r.tag()},
		State:           state,
		Recording:       o.Record,
		Rights:          r.rights(o),
	}
	if o.How == bot.ByApp {
		c.Invitations = []trueconf.Invitation{{ID: o.Owner}}
	}
	return c
}

// rights are the clinic's, without recording where the patient has not agreed to it.
func (r *Rooms) rights(o Order) *trueconf.Rights {
	set := *r.config.Rights
	set.Recording = set.Recording && o.Record
	return &trueconf.Rights{Guest: set, User: set}
}
