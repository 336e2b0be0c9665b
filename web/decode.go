package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"bedside/bot"
)

// maxBody bounds every body and frame: the longest message is 4,000 characters
// of four bytes, escaped.
const maxBody = 64 << 10

// decodeBody reads a request's JSON into v: one value, no unknown field. An
// empty body is allowed where optional is set, and leaves v alone.
func decodeBody(w http.ResponseWriter, r *http.Request, v any, optional bool) error {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return refuse(bot.TooLarge, "The request is too large.")
	case err != nil:
		return refuse(bot.Malformed, "The request broke off.")
	case optional && len(bytes.TrimSpace(b)) == 0:
		return nil
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return refuse(bot.Malformed, "Send JSON, with Content-Type: application/json.")
	}
	return decode(b, v)
}

// decode reads exactly one JSON value without unknown fields. Bytes that are no
// UTF-8 (RFC 8259 §8.1) are refused: the decoder would quietly put other
// characters in their place, and what was said would not be what is kept.
func decode(b []byte, v any) error {
	if !utf8.Valid(b) {
		return refuse(bot.Malformed, "JSON is written in UTF-8.")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return refuse(bot.Malformed, explain(err))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return refuse(bot.Malformed, "There is more than one JSON value.")
	}
	return nil
}

// explain says in plain words what is wrong with a client's JSON; it names
// fields and repeats no value.
func explain(err error) string {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		if wrong.Field == "" {
			return "This is not a JSON object."
		}
		return "The field " + wrong.Field + " cannot be a " + wrong.Value + "."
	}
	if _, name, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return "There is no field " + clip(name, 80) + " here."
	}
	return "This is not JSON."
}

// clip cuts a text to at most n bytes of whole characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
