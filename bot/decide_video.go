package bot

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// askVideo is the patient's wish to be seen. Its words are searched for an
// emergency like all others.
func (t *turn) askVideo() error {
	text, err := t.maybe(t.c.Args.Text)
	switch {
	case err != nil:
		return err
	case t.s.Phase != Consulting, t.s.Call.Open():
		return t.notNow()
	case !t.s.VideoAsked.IsZero():
		return nil
	case !t.videoUp():
		return refuse(Unavailable, t.video().down)
	}
	t.mine(VideoAsked, ForAll, AskedVideo{Text: text})
	if t.hears(text) {
		t.raise(Raised{By: "word", Card: true})
	}
	return nil
}

// refuseVideo is the doctor's no, with a word to the patient. The yes is escalate,
// and another time is propose.
func (t *turn) refuseVideo() error {
	text, err := t.maybe(t.c.Args.Text)
	if err != nil || t.s.VideoAsked.IsZero() {
		return err
	}
	t.mine(VideoRefused, ForAll, RefusedVideo{Text: text})
	t.answerGiven()
	return nil
}

// declineCall is the patient's no to a call that rings for them. What they say with
// it stands in the chat, and is owed an answer like anything that they write.
func (t *turn) declineCall() error {
	text, err := t.maybe(t.c.Args.Text)
	switch {
	case err != nil:
		return err
	case !t.s.Call.Open():
		return refuse(NoCall, t.words().noCall)
	case t.s.Call.Inside[Patient]:
		return t.notNow() // who is in the room leaves it there
	}
	t.endCall(EndDeclined)
	switch {
	case text == "":
		return nil
	case t.hears(text):
		return t.heard(text)
	}
	return t.message(text)
}

// maybe is a text that may be left out.
func (t *turn) maybe(raw string) (string, error) {
	if raw == "" {
		return "", nil
	}
	return t.text(raw)
}

func (t *turn) video() videoWords { return videoWordsIn(t.s.Language) }

// videoUp reports whether calls can be made, as far as anybody knows.
func (t *turn) videoUp() bool { return t.f.VideoUp == nil || t.f.VideoUp() }

// longestApp is how much of the name of somebody's in-app browser is taken.
const longestApp = 40

// checked keeps what the patient's browser found, for the doctor's card.
func (t *turn) checked() error {
	d := t.c.Args.Devices
	if d == nil {
		return refuse(Malformed, "devices wants devices")
	}
	for _, is := range []struct {
		word  string
		among []string
	}{
		{d.Camera, []string{"ok", "dark", "none", "refused", "busy", "unknown"}},
		{d.Microphone, []string{"ok", "silent", "none", "refused", "busy", "unknown"}},
		{d.Speaker, []string{"ok", "unheard", "unknown"}},
		{d.Connection, []string{"ok", "slow", "lost", "unknown"}},
		{d.Browser, []string{"ok", "old", "in_app"}},
		{d.Way, []string{"page", "app", "sound", "phone"}},
	} {
		if !slices.Contains(is.among, is.word) {
			return refuse(Malformed, "devices: `"+strings.ToValidUTF8(clip(is.word), "")+"` is none of "+strings.Join(is.among, ", "))
		}
	}
	if d.RTT < 0 || d.RTT > 600_000 || utf8.RuneCountInString(d.InApp) > longestApp {
		return refuse(Malformed, "devices: rtt is in milliseconds, in_app the name of an app")
	}
	if t.s.Devices != nil && *t.s.Devices == *d {
		return nil
	}
	t.mine(DevicesChecked, ForStaff, *d)
	return nil
}

func clip(s string) string { return s[:min(len(s), longestApp)] }
