package notify

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

// Expect is what the body of an answer says that means: taken. Many gateways answer 200
// whatever becomes of a message. Text and JSON are templates as those of a request.
// The zero value leaves it to the status.
type Expect struct {
	Text string   // stands somewhere in the body
	JSON string   // or a pointer into the body (RFC 6901) …
	Is   []string // … where one of these stands; none: anything but null and nothing
}

// mostAnswer is how much of an answer is read.
const mostAnswer = 64 << 10

// expectation is an Expect that can be filled in; nil expects nothing.
type expectation struct {
	text, pointer *template.Template
	is            []string
}

func newExpectation(e Expect) (*expectation, error) {
	switch {
	case e.Text == "" && e.JSON == "" && len(e.Is) == 0:
		return nil, nil
	case e.Text != "" && e.JSON != "":
		return nil, errors.New("notify: what the gateway's answer should say is either text or json")
	case e.JSON == "" && len(e.Is) > 0:
		return nil, errors.New("notify: what the gateway's answer should be wants json: where in it")
	case e.JSON != "" && !strings.HasPrefix(e.JSON, "/"):
		return nil, errors.New("notify: json is no pointer into the gateway's answer: it begins with a slash, like /status")
	}
	x := &expectation{is: e.Is}
	var err error
	if x.text, err = template.New("text").Parse(e.Text); err != nil {
		return nil, errors.New("notify: the text that the gateway's answer should hold is no template")
	}
	if x.pointer, err = template.New("json").Parse(e.JSON); err != nil {
		return nil, errors.New("notify: the pointer into the gateway's answer is no template")
	}
	if _, err = x.met(textFields{}, nil); err != nil {
		return nil, err
	}
	return x, nil
}

// met reports whether an answer says that the message of these fields was taken.
func (x *expectation) met(f textFields, body []byte) (bool, error) {
	text, err := filled(x.text, f, func(s string) string { return s })
	if err == nil && text != "" {
		return bytes.Contains(body, []byte(text)), nil
	}
	pointer, wrong := filled(x.pointer, f, pointerToken.Replace)
	if err != nil || wrong != nil {
		return false, errors.New("notify: what the gateway's answer should say names a field that there is not: " + knownFields)
	}
	var whole any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&whole) != nil {
		return false, nil
	}
	found, ok := pointed(whole, pointer)
	if !ok || len(x.is) == 0 {
		return ok && found != nil, nil
	}
	said, plain := scalar(found)
	return plain && slices.Contains(x.is, said), nil
}

// pointerToken writes a value into a pointer (RFC 6901 §3).
var pointerToken = strings.NewReplacer("~", "~0", "/", "~1")

// pointed is what a pointer leads to.
func pointed(at any, pointer string) (any, bool) {
	for token := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		switch here := at.(type) {
		case map[string]any:
			next, ok := here[token]
			if !ok {
				return nil, false
			}
			at = next
		case []any:
			i, err := strconv.ParseUint(token, 10, 16)
			if err != nil || i >= uint64(len(here)) {
				return nil, false
			}
			at = here[i]
		default:
			return nil, false
		}
	}
	return at, true
}

// scalar is a value as it is written in JSON, a text without its quotes.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}

// heard holds the body of an answer whose status means taken against what it should
// say. One that breaks off says nothing: the message may have gone.
func (g *Gateway) heard(status int, m Message, body io.Reader) error {
	if g.expect == nil {
		return nil
	}
	said, err := io.ReadAll(io.LimitReader(body, mostAnswer))
	if err != nil {
		return fail(Unknown, false, "the gateway answered %d and broke off, so the message may have gone", status)
	}
	if met, err := g.expect.met(g.fields(m), said); err != nil || !met {
		return fail(Refused, false, "the gateway answered %d, and nothing in its answer says that it has taken the message", status)
	}
	return nil
}
