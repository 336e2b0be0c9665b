package trueconf

import (
	"context"
	"strings"
)

// Granted are the scopes that the access token in use carries, as the server named
// them. It fetches a token where there is none. Empty means that the server did
// not say, or that a secret key is used, which may do everything.
func (c *Client) Granted(ctx context.Context) ([]string, error) {
	if _, err := c.tokens.get(ctx); err != nil {
		return nil, err
	}
	c.tokens.mu.Lock()
	defer c.tokens.mu.Unlock()
	return strings.Fields(c.tokens.scope), nil
}

// Covers reports whether one of the scopes held allows what is wanted: a bare name
// means everything under it, "name:read" that alone (API reference §2.2).
func Covers(held []string, wanted string) bool {
	for _, h := range held {
		rest, under := strings.CutPrefix(wanted, h)
		if under && (rest == "" || !strings.Contains(h, ":") && (rest[0] == '.' || rest[0] == ':')) {
			return true
		}
	}
	return false
}
