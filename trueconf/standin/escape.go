package standin

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// encode writes v as JSON in one of the styles in which TrueConf servers have
// been seen, or are feared, to write it (API reference §3, §7).
func encode(v any, sw Switches) ([]byte, error) {
	raw, err := marshal(v, sw.Escaping == EscapeUnicode)
	if err != nil {
		return nil, err
	}
	if sw.LooseTypes {
		if raw, err = loosen(raw); err != nil {
			return nil, err
		}
	}
	switch sw.Escaping {
	case EscapePlain, EscapeUnicode:
		return raw, nil
	default:
		return phpEscape(raw), nil
	}
}

func marshal(v any, escapeHTML bool) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(escapeHTML)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encode an answer: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// phpEscape does to a JSON text what PHP's json_encode does without flags: "/"
// becomes "\/" and everything but ASCII becomes \uXXXX. Both stand only inside
// strings, so the text may be walked without parsing it.
func phpEscape(raw []byte) []byte {
	out := make([]byte, 0, len(raw)+len(raw)/8)
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		raw = raw[n:]
		switch {
		case r == '/':
			out = append(out, '\\', '/')
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		default:
			for _, u := range utf16.Encode([]rune{r}) {
				out = fmt.Appendf(out, `\u%04x`, u)
			}
		}
	}
	return out
}

// loosen turns every number into a string and every boolean into 0 or 1.
func loosen(raw []byte) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("loosen an answer: %w", err)
	}
	return marshal(loose(v), false)
}

func loose(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			v[k] = loose(e)
		}
	case []any:
		for i, e := range v {
			v[i] = loose(e)
		}
	case json.Number:
		return v.String()
	case bool:
		return bit(v)
	}
	return v
}

// bit is PHP's habit of saying true and false as 1 and 0.
func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
