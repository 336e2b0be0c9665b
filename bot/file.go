package bot

import (
	"slices"
	"time"

	"bedside/flows"
)

// FileSent is a file that a patient or doctor has sent. Its bytes are in the
// store, under File, before an entry says so.
type FileSent struct {
	File   string `json:"file"`
	Name   string `json:"name"` // as the sender's device calls it; nobody vouches for it
	Type   string `json:"type"` // found out from the content: image/jpeg …
	Size   int64  `json:"size"`
	Width  int    `json:"width,omitempty"` // of a picture, in points
	Height int    `json:"height,omitempty"`
	Small  bool   `json:"thumbnail,omitempty"` // a small picture of it can be had
	Step   string `json:"step,omitempty"`      // the question that asked for it
}

// HeldFile is a file as the state knows it.
type HeldFile struct {
	FileSent
	By Role
	At time.Time
}

// What a question of type files names where its flow is silent.
const (
	photoKind = "photo"
	pdfKind   = "pdf"
)

// fileKinds is what a flow calls each type of a file; what is not here is never
// taken.
var fileKinds = map[string]string{
	"image/jpeg": photoKind, "image/png": photoKind, "image/webp": photoKind, "image/heic": photoKind,
	"application/pdf": pdfKind,
}

// File finds a file of the conversation by its id.
func (s State) File(id string) (HeldFile, bool) {
	i := slices.IndexFunc(s.Files, func(f HeldFile) bool { return f.File == id })
	if i < 0 {
		return HeldFile{}, false
	}
	return s.Files[i], true
}

// filesFor are the files that the patient has sent for a question.
func (s State) filesFor(step string) []HeldFile {
	var out []HeldFile
	for _, f := range s.Files {
		if f.By == Patient && f.Step != "" && f.Step == step {
			out = append(out, f)
		}
	}
	return out
}

// fileAsked reports whether the open question asks for files.
func (s State) fileAsked() bool { return s.Asked != nil && s.Asked.Type == "files" }

// attached is what an answer by the ids of files says to the flow; false where
// one of them is no file of the open question.
func (s State) attached(ids []string) ([]flows.Attached, bool) {
	var out []flows.Attached
	mine := s.filesFor(s.Asked.Step)
	for _, id := range ids {
		i := slices.IndexFunc(mine, func(f HeldFile) bool { return f.File == id })
		if i < 0 || slices.ContainsFunc(out, func(a flows.Attached) bool { return a.ID == id }) {
			return nil, false
		}
		out = append(out, flows.Attached{ID: id, Kind: fileKinds[mine[i].Type], Size: mine[i].Size})
	}
	return out, len(out) > 0
}

// foldFile keeps what is known of a file. It counts as a word of whoever sent it.
func foldFile(s State, e Entry, b FileSent) State {
	s.Files = append(slices.Clone(s.Files), HeldFile{FileSent: b, By: e.By.Role, At: e.At})
	return foldMessage(s, e, Message{})
}
