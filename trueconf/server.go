package trueconf

import (
	"context"
	"encoding/json"
	"net/http"
)

// ServerInfo is what a server tells anybody about itself.
type ServerInfo struct {
	Product  string // "TrueConf Server"
	Version  string // "5.5.5.10009"
	Platform string
	// Name is the domain in user ids; it need not be the web host's name.
	Name    string
	SiteURL string
	WebURL  string
}

// Server asks who answers, without credentials: a check of address and
// certificate. It needs TrueConf Server 5.5; NotFound, or Unexpected with
// status 404, come from an older one (API reference §1, §4.4).
func (c *Client) Server(ctx context.Context) (ServerInfo, error) {
	r := request{op: "read server", method: http.MethodGet, path: "/api/v4/server", auth: withoutToken, root: true}
	body, err := c.do(ctx, r)
	if err != nil {
		return ServerInfo{}, err
	}
	var answer struct {
		Product struct {
			DisplayName flexText `json:"display_name"`
			Name        flexText `json:"name"`
			Version     flexText `json:"version"`
			Platform    flexText `json:"platform"`
		} `json:"product"`
		Links struct {
			SiteURL flexText `json:"site_url"`
		} `json:"links"`
		Web struct {
			URL flexText `json:"url"`
		} `json:"web_config"`
	}
	if json.Unmarshal(body, &answer) != nil || answer.Product.Version == "" {
		return ServerInfo{}, c.unreadable(r, "the answer holds no version of a product")
	}
	return ServerInfo{
		Product:  string(answer.Product.Name),
		Version:  string(answer.Product.Version),
		Platform: string(answer.Product.Platform),
		Name:     string(answer.Product.DisplayName),
		SiteURL:  string(answer.Links.SiteURL),
		WebURL:   string(answer.Web.URL),
	}, nil
}
