package config

import "log/slog"

const mask = "***"

// Secret is text that must not be shown. However it is printed, logged or
// encoded, it gives ***; [Secret.Reveal] is the one way to the text.
type Secret struct{ text string }

// NewSecret wraps a text.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal returns the text itself.
func (s Secret) Reveal() string { return s.text }

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.text == "" }

func (s Secret) String() string {
	if s.text == "" {
		return ""
	}
	return mask
}

// GoString keeps %#v from looking inside.
func (s Secret) GoString() string { return s.String() }

// MarshalText keeps encoders from looking inside.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue keeps the log from looking inside.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
