// Package yamltree reads bytes into a tree of YAML nodes that is safe to
// walk: valid UTF-8, one document, no anchors, aliases, tags or duplicate
// keys, and not too deep. What YAML would silently take for something else is
// a problem here, with its place and its cure. Any bytes are fine: the answer
// is a tree or problems, never a panic.
package yamltree

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxBytes is the largest file that is read.
const MaxBytes = 256 << 10

// The codes of problems.
const (
	TooLarge     = "too-large"
	NotUTF8      = "not-utf8"
	Empty        = "empty-file"
	Syntax       = "syntax"
	Tab          = "tab"
	Space        = "odd-space"
	Curly        = "curly-quote"
	NoColon      = "no-colon"
	Documents    = "many-documents"
	Alias        = "alias"
	Tag          = "tag"
	DuplicateKey = "duplicate-key"
	TooDeep      = "too-deep"
	StrayQuote   = "stray-quote"
)

// Doubtful says whether a code is for what can be read as it stands, and was
// probably meant otherwise.
func Doubtful(code string) bool { return code == StrayQuote }

// Unread says whether a code is for lines that cannot be read as they stand.
func Unread(code string) bool {
	switch code {
	case Syntax, Tab, Space, Curly, NoColon:
		return true
	}
	return false
}

// Problem is one thing that stops a file from being read. Line and Column
// count from 1, columns in characters.
type Problem struct {
	Line, Column     int
	Code, What, Cure string
}

// Parse returns the root node of the one document in data, or nil and at
// least one problem. Problems may come with a tree: then they are all in
// single nodes, which have Kind 0, and the rest is worth reading.
func Parse(data []byte) (*yaml.Node, []Problem) {
	root, problems, mended := parse(data, false)
	if mended {
		return nil, problems
	}
	return root, problems
}

// Guess reads as Parse does and goes further, for files that people write by
// hand and often: what is no YAML is read as it was probably meant, so that
// one slip does not hide all others, and what an editor does not show, or
// shows as something else, is a problem too. The problems that come with a
// tree are then those of whole lines; see [Unread].
func Guess(data []byte) (*yaml.Node, []Problem) {
	root, problems, _ := parse(data, true)
	return root, problems
}

func parse(data []byte, guess bool) (root *yaml.Node, problems []Problem, mended bool) {
	if p, bad := unreadable(data); bad {
		return nil, []Problem{p}, false
	}
	root, err := decode(data)
	if errors.Is(err, io.EOF) {
		return nil, []Problem{{1, 1, Empty, "there is nothing in this file", "write a flow, or remove the file"}}, false
	}
	if errors.Is(err, errDocuments) {
		return nil, []Problem{secondDocument(data)}, false
	}
	if err != nil {
		root, problems = mend(data, err)
	}
	if root != nil && (err == nil || guess) {
		problems = append(problems, inspect(root, guess)...)
	}
	return root, problems, err != nil
}

func unreadable(data []byte) (Problem, bool) {
	if len(data) > MaxBytes {
		return Problem{1, 1, TooLarge, fmt.Sprintf("the file has %d KiB, more than %d", len(data)>>10, MaxBytes>>10),
			"spread it over several files of the folder"}, true
	}
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return Problem{1, 1, NotUTF8, "the file is UTF-16", "save it as UTF-8 in your editor"}, true
	}
	if begin := data[:min(len(data), 200)]; bytes.Count(begin, []byte{0}) > len(begin)/3 {
		return Problem{1, 1, NotUTF8, "the file is UTF-16 or UTF-32", "save it as UTF-8 in your editor"}, true
	}
	if !utf8.Valid(data) {
		return foreign(data), true
	}
	return crowded(data)
}

// Much more than a person writes into a file of MaxBytes, and much less than
// what takes the parser long.
const (
	mostSigns    = 50_000 // keys, items and brackets
	mostBrackets = 200    // open at once
)

// crowded refuses before it is parsed what would cost too much.
func crowded(data []byte) (Problem, bool) {
	signs, open, line := 0, 0, 1
	for i, b := range data {
		switch b {
		case '\n':
			line++
		case '[', '{':
			open++
			signs++
		case ']', '}':
			open = max(open-1, 0)
		case ',', '&', '*', '?', '|', '>', '"', '\'':
			signs++
		case ':', '-':
			if i+1 == len(data) || data[i+1] <= ' ' {
				signs++
			}
		}
		if open > mostBrackets {
			return Problem{line, 1, TooDeep, "more brackets are open here than any flow needs", "close those that are open"}, true
		}
	}
	if signs > mostSigns {
		return Problem{1, 1, TooLarge, "the file holds more keys, items and brackets than any flow needs", "spread it over several files of the folder"}, true
	}
	return Problem{}, false
}

var errDocuments = errors.New("more than one document")

// decode guards against panics of the parser: it reads bytes from outside.
func decode(data []byte) (root *yaml.Node, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			root, err = nil, fmt.Errorf("yaml: line 1: %v", fault)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, more yaml.Node
	if err := decoder.Decode(&document); err != nil {
		return nil, err
	}
	if err := decoder.Decode(&more); err == nil {
		return nil, errDocuments
	} else if !errors.Is(err, io.EOF) {
		return nil, err
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, io.EOF
	}
	root = document.Content[0]
	if root.Kind == yaml.ScalarNode && root.ShortTag() == "!!null" && root.Value == "" {
		return nil, io.EOF
	}
	return root, nil
}

// secondDocument finds the line that begins the second document: the second
// line of three dashes, or the first where text stands before it.
func secondDocument(data []byte) Problem {
	line, text := 0, false
	for l := range bytes.Lines(data) {
		line++
		l = bytes.TrimSpace(l)
		if text && bytes.HasPrefix(l, []byte("---")) {
			break
		}
		text = text || (len(l) > 0 && l[0] != '#' && l[0] != '%' && !bytes.HasPrefix(l, []byte("---")))
	}
	return Problem{line, 1, Documents, "a second YAML document begins here", "keep one document in a file, without ---"}
}
