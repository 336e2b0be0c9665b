package trueconf

import (
	"context"
	"net/http"
	"net/url"
)

// Offer is what a server offers anybody who knows a conference's id.
type Offer struct {
	Web  bool  // the call in a browser
	Apps []App // where the TrueConf apps are had
}

// Offer asks for the clients of a conference without a guest, so that nothing is
// minted (API reference §6.1). A token is sent only to a server that insists; an
// anonymous client has none and is refused there with Credentials or Scope.
func (c *Client) Offer(ctx context.Context, conferenceID string) (Offer, error) {
	const op = "ask for the clients"
	if !idForm.MatchString(conferenceID) {
		return Offer{}, c.invalid(op, "the conference's id is empty or not an id")
	}
	r := request{op: op, method: http.MethodGet, path: "/software/clients", auth: tokenIfAsked,
		query: url.Values{"call_id": {conferenceID}}, secrets: []string{conferenceID}}
	if c.tokens.anonymous() {
		r.auth = withoutToken
	}
	body, err := c.do(ctx, r)
	if err != nil {
		return Offer{}, err
	}
	list, ok := readClients(body)
	if !ok {
		return Offer{}, c.unreadable(r, "the answer holds no list of clients")
	}
	return Offer{Web: len(list.webLinks()) > 0, Apps: list.apps()}, nil
}
