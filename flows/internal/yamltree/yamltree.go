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
	Documents    = "many-documents"
	Alias        = "alias"
	Tag          = "tag"
	DuplicateKey = "duplicate-key"
	TooDeep      = "too-deep"
)

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
	if p, bad := unreadable(data); bad {
		return nil, []Problem{p}
	}
	root, err := decode(data)
	if errors.Is(err, io.EOF) {
		return nil, []Problem{{1, 1, Empty, "there is nothing in this file", "write a flow, or remove the file"}}
	}
	if errors.Is(err, errDocuments) {
		return nil, []Problem{secondDocument(data)}
	}
	if err != nil {
		return nil, syntax(data, err)
	}
	problems := inspect(root)
	return root, problems
}

func unreadable(data []byte) (Problem, bool) {
	if len(data) > MaxBytes {
		return Problem{1, 1, TooLarge, fmt.Sprintf("the file has %d KiB, more than %d", len(data)>>10, MaxBytes>>10),
			"spread it over several files of the folder"}, true
	}
	if !utf8.Valid(data) {
		line, column := firstInvalid(data)
		return Problem{line, column, NotUTF8, "the file is not UTF-8 here", "save it as UTF-8 in your editor"}, true
	}
	return Problem{}, false
}

func firstInvalid(data []byte) (line, column int) {
	line, column = 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		data = data[size:]
	}
	return line, column
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
