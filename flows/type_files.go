package flows

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"bedside/flows/internal/words"
	"bedside/flows/near"
)

// filesType takes files that the patient has sent. What they are was found
// out from their content before they come here; the value is their ids.
type filesType struct {
	kinds []string
	count int
	size  int64
}

// The most that a slot may take, and what it takes where it does not say.
const (
	mostFiles    = 10
	usualFiles   = 1
	largestFile  = 20 << 20
	largestFiles = "20MB"
)

// fileKinds are what a slot may name.
var fileKinds = []string{"photo", "pdf"}

func readFilesType(r *reader, f fields) slotType {
	t := filesType{count: usualFiles, size: largestFile}
	for _, item := range r.items(r.need(f, "kinds", "a slot of type files"), "`kinds`") {
		if kind, ok := r.name(item, "a kind of file"); ok && r.fileKind(item, kind, t.kinds) {
			t.kinds = append(t.kinds, kind)
		}
	}
	if n := f.get("kinds"); n != nil && n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		r.fail(r.at(n), codeMissingKey, "no kind of file can be sent", "write one or both of "+list(fileKinds))
	}
	if n := r.number(f.get("count"), "`count`"); n != nil {
		if t.count = int(*n); fraction(n) || t.count < 1 || t.count > mostFiles {
			r.fail(r.at(f.get("count")), codeBadValue, "this many files cannot be sent", fmt.Sprintf("write a whole number from 1 to %d", mostFiles))
		}
	}
	if n := f.get("size"); n != nil {
		t.size = r.size(n)
	}
	return t
}

func (r *reader) fileKind(n *yaml.Node, kind string, seen []string) bool {
	switch {
	case contains(seen, kind):
		r.fail(r.at(n), codeTwice, "the kind `"+kind+"` is there already", "keep one of them")
	case !contains(fileKinds, kind):
		cure := near.Hint(kind, fileKinds)
		if cure == "" {
			cure = "the kinds are " + list(fileKinds)
		}
		r.fail(r.at(n), codeBadValue, "there is no kind of file `"+kind+"`", cure)
	default:
		return true
	}
	return false
}

var sizeForm = regexp.MustCompile(`^(\d{1,5})\s?(KB|MB|kB|KiB|MiB)$`)

// size reads 500KB or 10MB; both count in steps of 1024, as people's own
// machines show them.
func (r *reader) size(n *yaml.Node) int64 {
	m := sizeForm.FindStringSubmatch(n.Value)
	if n.Kind != yaml.ScalarNode || m == nil {
		r.fail(r.at(n), codeBadValue, "this is no size of a file", "write a whole number and KB or MB, as in 10MB")
		return largestFile
	}
	size, _ := strconv.ParseInt(m[1], 10, 64)
	if size <<= 10; m[2][0] == 'M' {
		size <<= 10
	}
	if size == 0 || size > largestFile {
		r.fail(r.at(n), codeBadValue, "a file of this size cannot be sent", "write at most "+largestFiles)
	}
	return size
}

func (filesType) name() string     { return "files" }
func (filesType) operand() operand { return operandFiles }

func (t filesType) ask(q *Asked, _ asking) {
	q.Kinds, q.Count, q.Size = slices.Clone(t.kinds), t.count, t.size
}

func (t filesType) accept(in Input, c asking) (Value, objection) {
	if len(in.Files) == 0 {
		return Value{}, objection(c.words.NeedFiles(t.kinds))
	}
	if len(in.Files) > t.count {
		return Value{}, objection(c.words.TooManyFiles(t.count))
	}
	var ids []string
	for _, file := range in.Files {
		switch {
		case !contains(t.kinds, file.Kind):
			return Value{}, objection(c.words.NotKind(t.kinds))
		case file.Size > t.size:
			return Value{}, objection(c.words.TooLarge(t.size))
		case !contains(ids, file.ID):
			ids = append(ids, file.ID)
		}
	}
	return ListValue(ids...), ""
}

func (filesType) shown(v Value, lang string) string { return words.In(lang).Files(len(v.list)) }
func (filesType) red(Value) bool                    { return false }
