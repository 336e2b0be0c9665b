package config

import (
	"fmt"
	"io"
	"log/slog"
)

const mask = "***"

// Secret is text that must not be shown. However it is printed, logged or
// encoded, it gives ***; [Secret.Reveal] is the one way to the text. The text
// lies behind a pointer, so that what looks into structs without asking their
// methods (fmt, for a field that is not exported) finds an address.
type Secret struct{ text *string }

// NewSecret wraps a text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal returns the text itself.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.text == nil }

func (s Secret) String() string {
	if s.text == nil {
		return ""
	}
	return mask
}

// Format answers every verb alike: %d would look inside a Stringer.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// GoString keeps %#v from looking inside.
func (s Secret) GoString() string { return s.String() }

// MarshalText keeps encoders from looking inside.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue keeps the log from looking inside.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
