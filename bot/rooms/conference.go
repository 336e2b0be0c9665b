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
		Type:            trueconf.Symmetric,
		MaxPodiums:      2,
		MaxParticipants: 2,
		Schedule:        &trueconf.Schedule{Type: trueconf.NoSchedule},
		AllowGuests:     true,
		AutoInvite:      trueconf.InviteOff,
		Tags:            []string{r.tag()},
		State:           running,
		Rights:          &trueconf.ConferenceRights{Guest: *r.config.Rights, User: *r.config.Rights},
	}
	if o.How == bot.ByApp {
		c.Invitations = []trueconf.Invitation{{ID: o.Owner}}
	}
	return c
}

// usualRights are sound, picture and screen sharing. TrueConf's own chat, files
// and recording are off: what is said there would vanish with the room.
func usualRights() trueconf.Rights {
	return trueconf.Rights{
		AudioSend: true, AudioReceive: true, VideoSend: true, VideoReceive: true, DesktopSharing: true,
	}
}
