package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/flows"
)

// longestFileName is how much of a file's name is kept, in characters.
const longestFileName = 120

// attach records a file whose bytes the engine has stored: for the open question,
// or to a doctor who is there, or from one.
func (t *turn) attach() error {
	f := t.c.Args.File
	if f == nil || f.File == "" {
		return refuse(Malformed, "a file comes by its own call")
	}
	b := *f
	b.Name = withExtension(fileName(f.Name), f.Type)
	if err := t.mayAttach(b); err != nil {
		return err
	}
	t.mine(FileWasSent, ForAll, b)
	if t.c.Actor.Role == Doctor {
		t.answerGiven()
	}
	return nil
}

// mayAttach holds a file to the question that it is for, and to what one
// conversation may hold.
func (t *turn) mayAttach(f FileSent) error {
	w := fileWordsIn(t.s.Language)
	kind, known := fileKinds[f.Type]
	switch {
	case !known:
		return refuse(FileType, w.unknown)
	case f.Size > t.f.Limits.FileMax:
		return refuse(TooLarge, w.large(t.f.Limits.FileMax))
	case t.s.Phase == ClosedDown:
		return t.notNow()
	case len(t.s.Files) >= t.f.Limits.FilesMax || heldBytes(t.s)+f.Size > t.f.Limits.FilesBytes:
		return refuse(FilesFull, w.full)
	case f.Step != "":
		return t.mayAnswerWith(f, kind)
	case t.c.Actor.Role == Patient && t.s.Phase != Consulting:
		return refuse(NotNow, w.notNow)
	}
	return nil
}

// mayAnswerWith holds a file to its question's own limits.
func (t *turn) mayAnswerWith(f FileSent, kind string) error {
	w, asked := fileWordsIn(t.s.Language), t.s.Asked
	switch {
	case t.c.Actor.Role != Patient || !t.s.fileAsked() || asked.Step != f.Step:
		return refuse(Overtaken, t.words().overtaken)
	case len(asked.Kinds) > 0 && !slices.Contains(asked.Kinds, kind):
		return refuse(FileType, w.wanted(asked.Kinds))
	case asked.Size > 0 && f.Size > asked.Size:
		return refuse(TooLarge, w.large(asked.Size))
	case asked.Count > 0 && len(t.s.filesFor(f.Step)) >= asked.Count:
		return refuse(FilesFull, w.enough(asked.Count))
	}
	return nil
}

func heldBytes(s State) (sum int64) {
	for _, f := range s.Files {
		sum += f.Size
	}
	return sum
}

// FileLimit is how large a file of the actor may be just now, or why none may
// come: to be asked before its bytes are read.
func FileLimit(a Actor, s State, l Limits, step string) (int64, error) {
	t := &turn{s: s, c: Command{Actor: a, Do: DoAttach}, f: Facts{Limits: l}}
	if err := t.allowed(); err != nil {
		return 0, err
	}
	probe := FileSent{Type: "image/jpeg", Step: step}
	if step != "" && s.fileAsked() && len(s.Asked.Kinds) > 0 && !slices.Contains(s.Asked.Kinds, photoKind) {
		probe.Type = "application/pdf"
	}
	if err := t.mayAttach(probe); err != nil {
		return 0, err
	}
	most := min(l.FileMax, l.FilesBytes-heldBytes(s))
	if step != "" && s.Asked.Size > 0 {
		most = min(most, s.Asked.Size)
	}
	return most, nil
}

// fileName is a name of which no system makes anything but a name: no folders, no
// signs that hide or turn text around, at most longestFileName characters, of
// which the end with the extension is kept.
func fileName(raw string) string {
	name := strings.ToValidUTF8(raw, "")
	name = name[strings.LastIndexAny(name, "/\\")+1:]
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || !unicode.IsPrint(r) || strings.ContainsRune("<>:\"|?*;%", r) {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if over := utf8.RuneCountInString(name) - longestFileName; over > 0 {
		name = strings.TrimLeft(string([]rune(name)[over:]), ". ")
	}
	return name
}

// extensions are those that each type's names may have; the first is given to a
// name that has another, for a name must not say more than the content.
var extensions = map[string][]string{
	"image/jpeg": {".jpg", ".jpeg", ".jfif", ".jpe"}, "image/png": {".png"}, "image/webp": {".webp"}, "image/heic": {".heic", ".heif"},
	"application/pdf": {".pdf"},
}

func withExtension(name, kind string) string {
	fitting := extensions[kind]
	for _, e := range fitting {
		if rest, ok := strings.CutSuffix(strings.ToLower(name), e); ok && rest != "" {
			return name
		}
	}
	if len(fitting) == 0 {
		return name
	}
	if name == "" {
		name = "file"
	}
	return name + fitting[0]
}

// withFiles turns an answer by ids into the files that the flow wants to see.
func (t *turn) withFiles(ids []string) ([]flows.Attached, error) {
	files, ok := t.s.attached(ids)
	if !ok {
		return nil, refuse(Invalid, fileWordsIn(t.s.Language).none)
	}
	return files, nil
}
