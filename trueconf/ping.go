package trueconf

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// Ping asks for a list of one conference: the lightest call that proves address,
// certificate, credentials and the scope conferences:read at once. It changes
// nothing.
func (c *Client) Ping(ctx context.Context) error {
	r := request{op: "ask for one conference", method: http.MethodGet, path: "/conferences",
		query: url.Values{"page_id": {"1"}, "page_size": {"1"}}}
	body, err := c.do(ctx, r)
	if err != nil {
		return err
	}
	var answer struct {
		Conferences json.RawMessage `json:"conferences"`
	}
	if json.Unmarshal(body, &answer) != nil || !isList(answer.Conferences) {
		return c.unreadable(r, "the answer holds no list of conferences")
	}
	return nil
}
