package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"time"

	"bedside/bot"
	"bedside/store"
)

// The body of a file's call is a form (multipart/form-data, RFC 7578) of key, step
// where there is one, and file, in this order: what the file is for is known
// before its bytes come.

const (
	pauseMost   = 30 * time.Second // between two pieces of a body
	uploadMost  = 15 * time.Minute // for a whole one
	longestStep = 255
)

// upload is a form under way, up to its file.
type upload struct {
	key, step, name string

	form   *multipart.Reader
	file   *multipart.Part
	folder string // where a file waits that is not whole yet
}

// openUpload reads a form up to the file's first byte.
func (s *Server) openUpload(w http.ResponseWriter, r *http.Request) (*upload, error) {
	r.Body = &paced{
		ReadCloser: http.MaxBytesReader(w, r.Body, store.MaxBlob), control: http.NewResponseController(w), until: time.Now().Add(uploadMost),
	}
	form, err := r.MultipartReader()
	if err != nil {
		return nil, refuse(bot.Malformed, "Send a form (multipart/form-data) of key, step where there is one, and file, in this order.")
	}
	up := &upload{form: form, folder: s.o.DataFolder}
	for {
		part, err := form.NextPart()
		if err != nil {
			return nil, formBroken(err, "A form without a file.")
		}
		switch name := part.FormName(); {
		case name == "key" && up.key == "":
			up.key, err = formText(part, 128)
		case name == "step" && up.step == "" && up.key != "":
			up.step, err = formText(part, longestStep)
		case name == "file" && up.key != "":
			up.file, up.name = part, part.FileName()
			return up, checkKey(up.key)
		default:
			err = refuse(bot.Malformed, "A form of a file holds key, step where there is one, and file, in this order; here comes "+clip(fmt.Sprintf("%q", name), 80)+".")
		}
		if err != nil {
			return nil, err
		}
	}
}

func formText(part *multipart.Part, most int) (string, error) {
	b, err := io.ReadAll(io.LimitReader(part, int64(most)+1))
	if err != nil {
		return "", formBroken(err, "The request broke off.")
	}
	if len(b) == 0 || len(b) > most {
		return "", refuse(bot.Malformed, fmt.Sprintf("%s has 1 to %d characters.", part.FormName(), most))
	}
	return string(b), nil
}

func formBroken(err error, otherwise string) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return refuse(bot.TooLarge, "The request is too large.")
	}
	return refuse(bot.Malformed, otherwise)
}

// arrived is a file that has come whole. It lies on the disk without a name until
// there is room for it in memory, for many may come at once.
type arrived struct {
	file *nameless
	size int64
}

func (a *arrived) close() { a.file.close() }

// receive takes the file's bytes, most of them at most, onto the disk.
func (u *upload) receive(most int64, lang string) (_ *arrived, err error) {
	f, err := unnamed(u.folder)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.close()
		}
	}()
	n, err := io.Copy(f.File, io.LimitReader(u.file, most+1))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large), err == nil && n > most:
		u.rest()
		return nil, bot.FileTooLarge(most, lang)
	case err != nil && f.failed(err):
		return nil, err
	case err != nil:
		return nil, refuse(bot.Malformed, "The request broke off.")
	}
	if _, err := u.form.NextPart(); !errors.Is(err, io.EOF) {
		return nil, formBroken(err, "A form of a file ends with the file.")
	}
	return &arrived{f, n}, nil
}

// rest reads what is still coming and forgets it.
func (u *upload) rest() {
	_, _ = io.Copy(io.Discard, io.LimitReader(u.file, store.MaxBlob))
}

func (u *upload) close() { _ = u.file.Close() }

// paced lets a body take its time as long as something comes.
type paced struct {
	io.ReadCloser
	control *http.ResponseController
	until   time.Time
}

func (p *paced) Read(b []byte) (int, error) {
	now := time.Now()
	next := now.Add(pauseMost)
	if next.After(p.until) {
		next = p.until
	}
	_ = p.control.SetReadDeadline(next)
	_ = p.control.SetWriteDeadline(next.Add(answerWithin))
	return p.ReadCloser.Read(b)
}

// nameless is a file that is gone when it is closed, and where the system can when
// this process ends.
type nameless struct {
	*os.File
	named bool
}

func unnamed(folder string) (*nameless, error) {
	f, err := os.CreateTemp(folder, ".upload-*") // for its owner alone
	if err != nil {
		return nil, fmt.Errorf("web: a place for a file that is coming: %w", err)
	}
	return &nameless{f, os.Remove(f.Name()) != nil}, nil
}

func (n *nameless) close() {
	_ = n.File.Close()
	if n.named {
		_ = os.Remove(n.Name())
	}
}

// failed tells the disk's errors from the line's.
func (n *nameless) failed(err error) bool {
	var at *os.PathError
	return errors.As(err, &at) && at.Path == n.Name()
}
