package trueconf

import "encoding/json"

// wireConference is the body of a conference as it travels (API reference
// §5.1), written plainly and read tolerantly.
type wireConference struct {
	ID                   flexText                 `json:"id,omitempty"`
	Topic                flexText                 `json:"topic,omitempty"`
	Description          flexText                 `json:"description,omitempty"`
	Owner                flexText                 `json:"owner,omitempty"`
	Type                 flexInt                  `json:"type"`
	Invitations          flexList[wireInvitation] `json:"invitations,omitempty"`
	MaxPodiums           flexInt                  `json:"max_podiums,omitempty"`
	MaxParticipants      flexInt                  `json:"max_participants,omitempty"`
	Schedule             Schedule                 `json:"schedule"`
	AllowGuests          flexBool                 `json:"allow_guests"`
	OnlyPlanned          flexBool                 `json:"allow_only_planned_participants"`
	Rights               *wireRights              `json:"rights,omitempty"`
	AutoInvite           flexInt                  `json:"auto_invite"`
	State                flexText                 `json:"state,omitempty"`
	Tags                 flexList[flexText]       `json:"tags,omitempty"`
	Recording            flexInt                  `json:"recording"`
	StreamRecordingState flexInt                  `json:"stream_recording_state,omitempty"`
	MulticastEnable      flexBool                 `json:"multicast_enable,omitempty"`
	MulticastAddress     flexText                 `json:"multicast_address,omitempty"`
	BroadcastEnabled     flexBool                 `json:"broadcast_enabled,omitempty"`
	BroadcastID          flexText                 `json:"broadcast_id,omitempty"`
	Broadcast            json.RawMessage          `json:"broadcast,omitempty"`

	CreatedAt    *flexTime `json:"created_at,omitempty"`
	Access       flexText  `json:"access,omitempty"`
	URL          flexText  `json:"url,omitempty"`
	WebClientURL flexText  `json:"webclient_url,omitempty"`
	WebClientV4  flexText  `json:"web_client_url,omitempty"`
	SessionID    flexText  `json:"session_id,omitempty"`
}

type wireInvitation struct {
	ID          flexText `json:"id"`
	DisplayName flexText `json:"display_name,omitempty"`
}

// wire is what a creation sends: every writable field.
func (c Conference) wire() wireConference {
	w := wireConference{
		ID:                   flexText(c.ID),
		Topic:                flexText(c.Topic),
		Description:          flexText(c.Description),
		Owner:                flexText(c.Owner),
		Type:                 flexInt(c.Mode),
		MaxPodiums:           flexInt(c.MaxPodiums),
		MaxParticipants:      flexInt(c.MaxParticipants),
		Schedule:             c.Schedule,
		AllowGuests:          flexBool(c.AllowGuests),
		OnlyPlanned:          flexBool(c.OnlyPlanned),
		AutoInvite:           flexInt(c.AutoInvite),
		State:                flexText(c.State),
		StreamRecordingState: flexInt(c.StreamRecordingState),
		MulticastEnable:      flexBool(c.MulticastEnable),
		MulticastAddress:     flexText(c.MulticastAddress),
		BroadcastEnabled:     flexBool(c.BroadcastEnabled),
		BroadcastID:          flexText(c.BroadcastID),
		Broadcast:            c.Broadcast,
	}
	if c.Recording {
		w.Recording = 1
	}
	if c.Rights != nil {
		w.Rights = &wireRights{*c.Rights}
	}
	for _, i := range c.Invitations {
		w.Invitations = append(w.Invitations, wireInvitation{flexText(i.ID), flexText(i.DisplayName)})
	}
	for _, t := range c.Tags {
		w.Tags = append(w.Tags, flexText(t))
	}
	return w
}

// conference is what was read.
func (w wireConference) conference() Conference {
	c := Conference{
		ID:                   string(w.ID),
		Topic:                string(w.Topic),
		Description:          string(w.Description),
		Owner:                string(w.Owner),
		Mode:                 Mode(w.Type),
		MaxPodiums:           int(w.MaxPodiums),
		MaxParticipants:      int(w.MaxParticipants),
		Schedule:             w.Schedule,
		AllowGuests:          bool(w.AllowGuests),
		OnlyPlanned:          bool(w.OnlyPlanned),
		AutoInvite:           AutoInvite(w.AutoInvite),
		State:                string(w.State),
		Recording:            w.Recording != 0,
		StreamRecordingState: int(w.StreamRecordingState),
		MulticastEnable:      bool(w.MulticastEnable),
		MulticastAddress:     string(w.MulticastAddress),
		BroadcastEnabled:     bool(w.BroadcastEnabled),
		BroadcastID:          string(w.BroadcastID),
		Access:               string(w.Access),
		URL:                  string(w.URL),
		WebClientURL:         firstText(string(w.WebClientURL), string(w.WebClientV4)),
		SessionID:            string(w.SessionID),
	}
	if string(w.Broadcast) != "null" {
		c.Broadcast = w.Broadcast
	}
	if w.CreatedAt != nil {
		c.CreatedAt = w.CreatedAt.Time
	}
	if w.Rights != nil {
		c.Rights = &w.Rights.Rights
	}
	for _, i := range w.Invitations {
		c.Invitations = append(c.Invitations, Invitation{string(i.ID), string(i.DisplayName)})
	}
	for _, t := range w.Tags {
		c.Tags = append(c.Tags, string(t))
	}
	return c
}
