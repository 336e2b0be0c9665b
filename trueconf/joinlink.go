package trueconf

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

// LinkLife is how long a link works after it was minted (API reference §6.5).
const LinkLife = time.Minute

// JoinLink lets one guest into one conference, for a minute. It is not to be
// stored or logged and prints masked; as JSON it is whole, for the browser of
// the very guest.
type JoinLink struct {
	// WebURL is the call in the browser, validated: scheme, host, room, one
	// login and one token. Build a frame from it.
	WebURL string `json:"web_url"`
	// Deeplinks open the TrueConf app. Hand them on as JSON and set them by
	// script: templates damage their backslashes (API reference §7).
	Deeplinks Deeplinks `json:"deeplinks"`
	// GuestLogin is the guest's login in the room, as [SameGuest] compares it.
	GuestLogin string `json:"guest_login"`
	// Apps is where to get the TrueConf app, one entry a platform.
	Apps []App `json:"apps,omitempty"`
	// MintedAt is when the link was asked for; ExpiresAt is LinkLife later.
	MintedAt  time.Time `json:"minted_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Deeplinks open the app; one that fails validation is empty.
type Deeplinks struct {
	Default string `json:"default,omitempty"` // Windows, macOS, Linux, iOS
	Android string `json:"android,omitempty"`
}

// App is the TrueConf app for a platform, with https addresses.
type App struct {
	Platform    string `json:"platform"`
	Name        string `json:"name,omitempty"`
	DownloadURL string `json:"download_url,omitempty"`
	MarketURL   string `json:"market_url,omitempty"`
}

// String shows when the link ends and nothing of what it opens.
func (l JoinLink) String() string {
	return "trueconf.JoinLink{" + hidden + ", ExpiresAt: " + l.ExpiresAt.UTC().Format(time.RFC3339) + "}"
}

// GoString is String, so that %#v shows no link either.
func (l JoinLink) GoString() string { return l.String() }

// LogValue is String for slog.
func (l JoinLink) LogValue() slog.Value { return slog.StringValue(l.String()) }

// JoinLink mints a link for a guest. lang is the language of the call's page,
// such as "en"; empty leaves it to the browser. The conference need not run
// yet: the server mints all the same and refuses at the door (API reference
// §6.2, §8).
//
// Minting needs no access token (§6.1); one is sent only to a server that
// insists. Refused with the reason "noWebClient" means that the licence or the
// room admits no guests by browser; Unexpected with "badLink", that no link of
// the answer passed validation.
func (c *Client) JoinLink(ctx context.Context, conferenceID string, g Guest, lang string) (JoinLink, error) {
	const op = "mint join link"
	if conferenceID == "" || !idForm.MatchString(conferenceID) {
		return JoinLink{}, c.invalid(op, "the conference's id is empty or not an id")
	}
	if !g.valid() {
		return JoinLink{}, c.invalid(op, "the guest's id must be 1 to 100 of a-z, 0-9 and underscore")
	}
	query := url.Values{"call_id": {conferenceID}, "case": {"join_conference_button"}, "user": {g.form()}}
	if lang != "" {
		query.Set("lang", lang)
	}
	r := request{op: op, method: http.MethodGet, path: "/software/clients", query: query, auth: tokenIfAsked,
		secrets: append(g.secrets(), conferenceID)}
	minted := c.now()
	body, err := c.do(ctx, r)
	if err != nil {
		return JoinLink{}, err
	}
	link, err := c.readJoinLink(r, body, conferenceID)
	if err != nil {
		return JoinLink{}, err
	}
	link.MintedAt, link.ExpiresAt = minted, minted.Add(LinkLife)
	return link, nil
}

// readJoinLink takes the first link that passes validation.
func (c *Client) readJoinLink(r request, body []byte, conferenceID string) (JoinLink, error) {
	list, ok := readClients(body)
	if !ok {
		return JoinLink{}, c.unreadable(r, "the answer holds no list of clients")
	}
	var fault string
	for _, candidate := range list.webLinks() {
		address, login, err := c.checkWebURL(candidate, conferenceID)
		if err == nil {
			return JoinLink{WebURL: address, GuestLogin: login, Deeplinks: list.deeplinks(conferenceID), Apps: list.apps()}, nil
		}
		fault = firstText(fault, err.Error())
	}
	if fault == "" {
		return JoinLink{}, c.place(&Error{Kind: Refused, Status: 200, Reason: "noWebClient", answered: true,
			Message: "the server offers no browser client for this conference",
			Cure:    "check that the licence includes guests and WebRTC, and that the conference allows guests"}, r.op, r.secrets)
	}
	return JoinLink{}, c.place(&Error{Kind: Unexpected, Status: 200, Reason: "badLink", answered: true, Message: fault,
		Cure: "name the server's external address in PublicURLs, if that is the host of its links"}, r.op, r.secrets)
}

// clientList is the answer of software/clients (API reference §6.2).
type clientList struct {
	Clients   []wireClient
	Deeplinks wireDeeplinks
}

type wireClient struct {
	Name         flexText        `json:"name"`
	Type         flexText        `json:"type"`
	Platform     flexText        `json:"platform"`
	DownloadURL  flexText        `json:"download_url"`
	DownloadURLs json.RawMessage `json:"download_urls"`
	MarketURL    flexText        `json:"market_url"`
	WebURL       flexText        `json:"web_url"`
	Iframe       flexText        `json:"iframe"`
	Deeplinks    wireDeeplinks   `json:"deeplinks"`
}

type wireDeeplinks struct{ Default, Android string }

// UnmarshalJSON reads the two links; PHP's empty array reads as none.
func (d *wireDeeplinks) UnmarshalJSON(raw []byte) error {
	var w struct{ Default, Android flexText }
	_ = json.Unmarshal(raw, &w)
	d.Default, d.Android = string(w.Default), string(w.Android)
	return nil
}

func readClients(body []byte) (clientList, bool) {
	var answer struct {
		Clients   json.RawMessage `json:"clients"`
		Deeplinks wireDeeplinks   `json:"deeplinks"`
	}
	if json.Unmarshal(body, &answer) != nil || !isList(answer.Clients) {
		return clientList{}, false
	}
	var clients flexList[wireClient]
	_ = clients.UnmarshalJSON(answer.Clients)
	return clientList{Clients: clients, Deeplinks: answer.Deeplinks}, true
}
