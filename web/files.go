package web

import (
	"errors"
	"mime"
	"net/http"
	"strconv"
	"time"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/web/attachment"
	"bedside/web/wire"
)

// sendFile is POST /api/v1/conversations/{id}/files.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request) error {
	p, err := s.partyOf(r)
	if err != nil {
		return err
	}
	release, ok := s.uploads.open.enter(r, p)
	if !ok {
		return slowDown(5)
	}
	defer release()
	id := r.PathValue("id")
	up, err := s.openUpload(w, r)
	if err != nil {
		return err
	}
	defer up.close()
	res, known, err := s.o.Engine.FileKnown(r.Context(), p.actor, id, up.key)
	if err == nil && !known {
		res, err = s.takeFile(r, p, id, up)
	} else {
		up.rest()
	}
	if err != nil {
		return err
	}
	res.Seq = s.lastSeen(r.Context(), p.actor, id, res.Entries)
	return answer(w, http.StatusOK, wire.Commanded{
		Seq: res.Seq, Entries: s.glass(p, id, s.languageOf(r.Context(), p, id)).all(res.Entries),
	})
}

// takeFile asks what may come before it reads, reads no more than that, and gives
// the engine what is clean.
func (s *Server) takeFile(r *http.Request, p party, id string, up *upload) (engine.Result, error) {
	most, err := s.o.Engine.FileLimit(r.Context(), p.actor, id, up.step)
	if err == nil {
		err = s.mayUpload(r, p)
	}
	if err != nil {
		up.rest() // who is still sending does not read why not
		return engine.Result{}, err
	}
	lang := s.languageOf(r.Context(), p, id)
	whole, err := up.receive(most, lang)
	if err != nil {
		return engine.Result{}, err
	}
	defer whole.close()
	turn, err := s.uploads.turn(r.Context())
	if err != nil {
		return engine.Result{}, err
	}
	defer turn.end()
	data, err := turn.read(whole)
	if err != nil {
		return engine.Result{}, err
	}
	a, err := attachment.Inspect(data)
	if err != nil {
		return engine.Result{}, fileTrouble(err, lang)
	}
	return s.o.Engine.SendFile(r.Context(), engine.FileRequest{
		Conversation: id, Key: up.key, Actor: p.actor, Data: a.Data, Small: a.Small,
		File: bot.FileSent{
			Name: up.name, Type: a.Type, Size: int64(len(a.Data)), Width: a.Width, Height: a.Height, Step: up.step,
		},
	})
}

// fileTrouble says in the conversation's language what is wrong with a file.
func fileTrouble(err error, lang string) error {
	switch {
	case errors.Is(err, attachment.ErrUnknown):
		return refuse(bot.FileType, bot.FileTrouble("unknown", lang))
	case errors.Is(err, attachment.ErrMixed):
		return refuse(bot.FileBroken, bot.FileTrouble("mixed", lang))
	case errors.Is(err, attachment.ErrHuge):
		return refuse(bot.TooLarge, bot.FileTrouble("huge", lang))
	case errors.Is(err, attachment.ErrBroken):
		return refuse(bot.FileBroken, bot.FileTrouble("broken", lang))
	}
	return err
}

// showFile is GET /api/v1/conversations/{id}/files/{file}.
func (s *Server) showFile(w http.ResponseWriter, r *http.Request) error {
	return s.serveFile(w, r, false)
}

// showSmall is GET /api/v1/conversations/{id}/files/{file}/thumbnail.
func (s *Server) showSmall(w http.ResponseWriter, r *http.Request) error {
	return s.serveFile(w, r, true)
}

// downloadWithin bounds how long a whole file may take on its way out; a small
// picture has the time of any answer.
const downloadWithin = 15 * time.Minute

// serveFile sends a file as what nothing may be made of but a file: a browser that is
// led to its address shows nothing, and runs nothing.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, small bool) error {
	p, err := s.partyOf(r)
	if err != nil {
		return err
	}
	if err := spend(s.uploads.shown, p.key); err != nil {
		return err
	}
	if !small { // of small ones a page asks for all that it shows
		release, ok := s.uploads.going.enter(r, p)
		if !ok {
			return &bot.Refusal{Code: bot.TooMany, RetryAfter: 5,
				Message: "Several files are still on their way. Please try again when one of them has arrived."}
		}
		defer release()
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(downloadWithin))
	}
	f, data, err := s.o.Engine.File(r.Context(), p.actor, r.PathValue("id"), r.PathValue("file"), small)
	if err != nil {
		return err
	}
	if small {
		f.Type, f.Name = attachment.JPEG, "small.jpg"
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, no-store")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // the client is gone, or has it
	return nil
}
