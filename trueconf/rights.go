package trueconf

import "encoding/json"

// Rights are what the two classes of participants may do.
type Rights struct{ Guest, User RightSet }

// RightSet is the fourteen rights of the API (reference §5.1).
type RightSet struct {
	ChatSend, ChatReceive                 bool
	SlideShowSend, SlideShowReceive       bool
	WhiteBoardSend, WhiteBoardReceive     bool
	FileTransferSend, FileTransferReceive bool
	DesktopSharing                        bool
	Recording                             bool
	AudioSend, AudioReceive               bool
	VideoSend, VideoReceive               bool
}

// CallRights are picture, sound and screen sharing, nothing that leaves a
// trace in TrueConf: no chat, files, slides, whiteboard or recording.
func CallRights() RightSet {
	return RightSet{DesktopSharing: true, AudioSend: true, AudioReceive: true, VideoSend: true, VideoReceive: true}
}

// AllRights allows everything.
func AllRights() RightSet {
	var r RightSet
	for _, right := range r.fields() {
		*right = true
	}
	return r
}

func (r *RightSet) fields() map[string]*bool {
	return map[string]*bool{
		"chat_send":          &r.ChatSend,
		"chat_rcv":           &r.ChatReceive,
		"slide_show_send":    &r.SlideShowSend,
		"slide_show_rcv":     &r.SlideShowReceive,
		"white_board_send":   &r.WhiteBoardSend,
		"white_board_rcv":    &r.WhiteBoardReceive,
		"file_transfer_send": &r.FileTransferSend,
		"file_transfer_rcv":  &r.FileTransferReceive,
		"desktop_sharing":    &r.DesktopSharing,
		"recording":          &r.Recording,
		"audio_send":         &r.AudioSend,
		"audio_rcv":          &r.AudioReceive,
		"video_send":         &r.VideoSend,
		"video_rcv":          &r.VideoReceive,
	}
}

// MarshalJSON writes all fourteen, for a right that is left out is granted.
func (r RightSet) MarshalJSON() ([]byte, error) { return json.Marshal(r.fields()) }

// UnmarshalJSON reads those that are there; a shape of its own reads as none.
func (r *RightSet) UnmarshalJSON(raw []byte) error {
	*r = RightSet{}
	var given map[string]flexBool
	if json.Unmarshal(raw, &given) == nil {
		for name, right := range r.fields() {
			*right = bool(given[name])
		}
	}
	return nil
}

// wireRights nests the two sets under guest and user. An answer may have them
// flat, one set for both (API reference §5.1).
type wireRights struct{ Rights }

func (w wireRights) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]RightSet{"guest": w.Guest, "user": w.User})
}

func (w *wireRights) UnmarshalJSON(raw []byte) error {
	*w = wireRights{}
	var nested struct {
		Guest *RightSet `json:"guest"`
		User  *RightSet `json:"user"`
	}
	if json.Unmarshal(raw, &nested) != nil {
		return nil
	}
	if nested.Guest == nil && nested.User == nil {
		_ = w.Guest.UnmarshalJSON(raw)
		w.User = w.Guest
		return nil
	}
	if nested.Guest != nil {
		w.Guest = *nested.Guest
	}
	if nested.User != nil {
		w.User = *nested.User
	}
	return nil
}
