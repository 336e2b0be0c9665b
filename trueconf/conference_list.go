package trueconf

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
)

const (
	pageSize = 100
	// MaxListed bounds what [Client.Conferences] returns.
	MaxListed = 10_000
)

// Conferences lists the conferences that pass the filter, of all pages, up to
// [MaxListed]. A server that ignores the filter is made up for as far as its
// answer tells: a conference whose tags or state are shown and do not fit is
// left out, one whose tags are not shown is kept with none.
func (c *Client) Conferences(ctx context.Context, f Filter) ([]Conference, error) {
	var all []Conference
	seen := map[string]bool{}
	for page := 1; len(seen) < MaxListed; page++ { // conferences count pages from 1
		listed, total, err := c.conferencePage(ctx, f, page)
		if err != nil {
			return nil, err
		}
		fresh := 0
		for _, conf := range listed {
			if conf.ID == "" || seen[conf.ID] {
				continue
			}
			seen[conf.ID] = true
			fresh++
			if f.admits(conf) {
				all = append(all, conf)
			}
		}
		// Nothing new: the last page, or a server that ignores page_id.
		if fresh == 0 || len(seen) >= total {
			break
		}
	}
	return all[:min(len(all), MaxListed)], nil
}

func (f Filter) admits(conf Conference) bool {
	if f.Tag != "" && len(conf.Tags) > 0 && !slices.Contains(conf.Tags, f.Tag) {
		return false
	}
	return f.State == "" || conf.State == "" || conf.State == f.State
}

// conferencePage reads one page and how many conferences there are in all;
// where the server does not count, a full page means that there may be more.
func (c *Client) conferencePage(ctx context.Context, f Filter, page int) ([]Conference, int, error) {
	r := request{op: "list conferences", method: http.MethodGet, path: "/conferences", query: f.query(page)}
	body, err := c.do(ctx, r)
	if err != nil {
		return nil, 0, err
	}
	var answer struct {
		Count       *flexInt        `json:"cnt"`
		Results     *flexInt        `json:"results"`
		Conferences json.RawMessage `json:"conferences"`
	}
	if json.Unmarshal(body, &answer) != nil || !isList(answer.Conferences) {
		return nil, 0, c.unreadable(r, "the answer holds no list of conferences")
	}
	var listed []Conference
	var wires flexList[wireConference]
	_ = wires.UnmarshalJSON(answer.Conferences)
	for _, w := range wires {
		listed = append(listed, w.conference())
	}
	total := MaxListed
	for _, n := range []*flexInt{answer.Count, answer.Results} {
		if n != nil {
			total = int(*n)
		}
	}
	return listed, total, nil
}

// isList: an array, or an object that PHP made of one. An empty object is an
// empty list; null and a missing key are no list.
func isList(raw json.RawMessage) bool {
	return len(raw) > 0 && (raw[0] == '[' || isEmptyObject(raw) || elements(raw) != nil)
}
