package trueconf

import (
	"net/http"
	"sync/atomic"
	"time"
)

// maxBody bounds every answer, in bytes.
const maxBody = 1 << 20

// Client speaks to one TrueConf Server. Make one with [New] and keep it.
type Client struct {
	server  origin
	links   []origin
	http    *http.Client
	now     func() time.Time
	noticed func(error)
	tokens  *tokens
	version version
	secrets []string

	tokenInQuery bool
	// linksNeedToken is set once the server refused to mint without a token.
	linksNeedToken atomic.Bool
}

// New checks the configuration and makes a client. It asks the server nothing.
func New(config Config) (*Client, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	server, err := serverOrigin(config.URL)
	if err != nil {
		return nil, err
	}
	links, err := linkOrigins(server, config.PublicURLs)
	if err != nil {
		return nil, err
	}
	transport, err := config.transport()
	if err != nil {
		return nil, err
	}
	c := &Client{
		server:       server,
		links:        links,
		http:         &http.Client{Transport: transport, Timeout: config.Timeout, CheckRedirect: sameOriginReadsOnly},
		now:          config.Now,
		noticed:      config.Noticed,
		version:      version{current: config.APIVersion},
		secrets:      []string{config.ClientID, config.ClientSecret, config.SecretKey},
		tokenInQuery: config.TokenInQuery,
	}
	c.tokens = newTokens(c, config)
	return c, nil
}

// Close lets go of idle connections. The client stays usable.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// sameOriginReadsOnly follows a redirect only if it repeats a read on the very
// same origin, so that no token or secret goes anywhere else and no POST turns
// into a GET. The refused redirect becomes the answer.
func sameOriginReadsOnly(next *http.Request, via []*http.Request) error {
	from, _ := originOf(via[0].URL)
	to, ok := originOf(next.URL)
	if !ok || to != from || via[0].Method != http.MethodGet || len(via) > 3 {
		return http.ErrUseLastResponse
	}
	return nil
}
