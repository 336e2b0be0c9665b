package web

import (
	"encoding/json"
	"sync/atomic"
	"time"

	"bedside/web/wire"
)

// video is whether calls can be made now, as whoever watches TrueConf has said
// last. Everybody who is connected is told of a change before the next click.
type video struct {
	now atomic.Pointer[videoNow]
}

// videoNow is a state and the frames that tell it: to those who can mend it, to the
// other staff, to patients.
type videoNow struct {
	wire.Video
	whole, staff, patients []byte
}

// SetVideo says whether there is video. A change goes to all sockets: staff get
// why, those who can mend it what to do, patients that it is so.
func (s *Server) SetVideo(v wire.Video) {
	s.video.now.Store(newVideo(v))
	s.sockets.tellVideo()
}

func newVideo(v wire.Video) *videoNow {
	frame := func(v wire.Video) []byte {
		b, err := json.Marshal(wire.VideoFrame{Type: wire.TypeVideo, Video: v})
		if err != nil {
			panic("web: a frame of ours cannot be written: " + err.Error())
		}
		return b
	}
	staff := v
	staff.Cure = nil
	return &videoNow{
		Video: v, whole: frame(v), staff: frame(staff), patients: frame(wire.Video{Up: v.Up, Since: v.Since.Truncate(time.Minute)}),
	}
}

// videoFrame is what a socket's holder is told.
func (s *Server) videoFrame(v *videoNow, p party) []byte {
	switch {
	case s.seesHealth(p):
		return v.whole
	case p.actor.Role.Staff():
		return v.staff
	}
	return v.patients
}

func (s *Server) videoState() *videoNow { return s.video.now.Load() }

// tellVideo tells all that are signed in how things stand.
func (t *sockets) tellVideo() {
	now := t.s.videoState()
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, same := range t.byKey {
		for c := range same {
			c.out.put(t.s.videoFrame(now, c.p))
		}
	}
}

// tellVideo tells somebody who has just come: staff always, a patient where there is
// none.
func (c *socket) tellVideo() {
	if now := c.s.videoState(); !now.Up || c.p.actor.Role.Staff() {
		c.out.put(c.s.videoFrame(now, c.p))
	}
}
