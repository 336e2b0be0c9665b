package standin

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// link is one guest link that was minted: the right to enter one room as one guest.
type link struct {
	room, id, name string // id without "*guest*"
	minted         time.Time
	used           bool
	user           bool // of a registered user's own app, not of a guest
}

// login is what the link's holder says of themselves.
func (l *link) login() string {
	if l.user {
		return l.id
	}
	return guestPrefix + l.id
}

// webClient and appClient are the elements of "clients" (API reference §6.2).
type webClient struct {
	Name         string            `json:"name"`
	Type         string            `json:"type"`
	Platform     string            `json:"platform"`
	DownloadURL  string            `json:"download_url"`
	DownloadURLs map[string]string `json:"download_urls"`
	MarketURL    string            `json:"market_url"`
	WebURL       string            `json:"web_url,omitempty"`
	Iframe       string            `json:"iframe,omitempty"`
	Deeplinks    *deeplinks        `json:"deeplinks,omitempty"`
}

type deeplinks struct {
	Default string `json:"default"`
	Android string `json:"android"`
}

// softwareClients answers GET /software/clients?call_id&case&user&lang, which
// needs no token and works for a stopped room too (API reference §6.1).
func softwareClients(s *Server, q *request) answer {
	query := q.URL.Query()
	id := query.Get("call_id")
	if id == "" {
		return badParameter("required", "call_id", "call_id is required.")
	}
	guest, name, err := parseGuest(query.Get("user"))
	minting := query.Get("case") == "join_conference_button" && query.Get("user") != ""
	if minting && err != nil {
		return badParameter("invalidValue", "user", err.Error())
	}
	now := s.lock()
	defer s.mu.Unlock()
	rm := s.rooms[id]
	if rm == nil {
		return unknownConference(id)
	}
	page := s.base(q.Request) + "/webrtc/" + url.PathEscape(rm.id)
	var deep *deeplinks
	if minting && rm.allowGuests {
		if guest == "" {
			guest = fmt.Sprintf("g%s", randomHex(8))
		}
		login, token := s.mint(rm, guest, name, now)
		page += "#login=" + login + "&token=" + token + "&lang=auto"
		deep = s.deeplinks(rm, login, token)
	}
	return ok(s.clientList(rm, page, deep))
}

// parseGuest reads the grammar of "user": 2$<id>*<name> or $<name> (§6.1).
func parseGuest(user string) (id, name string, err error) {
	switch {
	case strings.HasPrefix(user, "2$"):
		var found bool
		id, name, found = strings.Cut(user[2:], "*")
		if !found || id == "" || len(id) > 100 || strings.ContainsAny(id, "$@/#&? ") {
			return "", "", fmt.Errorf("user must be 2$<id>*<name> with an id of 1 to 100 characters")
		}
	case strings.HasPrefix(user, "$"):
		name = user[1:]
	default:
		return "", "", fmt.Errorf("user must be 2$<id>*<name> or $<name>")
	}
	if strings.TrimSpace(name) == "" {
		return "", "", fmt.Errorf("user must hold a name")
	}
	return id, name, nil
}

// mint makes a fresh link; each differs from every other. Whether the number in
// the token is the time of issue is a guess (§6.3).
func (s *Server) mint(rm *room, guest, name string, now time.Time) (login, token string) {
	for old, l := range s.links {
		if now.Sub(l.minted) > s.sw.linkLife()+time.Hour {
			delete(s.links, old) // until now it was told "expired", from now on "unknown"
		}
	}
	token = fmt.Sprintf("$2%s*%d*%s", randomHex(16), now.Unix(), randomHex(16))
	s.links[token] = &link{room: rm.id, id: guest, name: name, minted: now}
	return guestPrefix + url.PathEscape(guest), token
}

// guestPrefix begins the login and the participant id of every guest.
const guestPrefix = "*guest*"

// deeplinks are the addresses of the apps, with real backslashes (§6.4).
func (s *Server) deeplinks(rm *room, login, token string) *deeplinks {
	address := "127.0.0.1:4307"
	rest := "&h=" + address + "&force=1&templogin=1&login=" + login + "&password=" + token + "&encrypt=0&autoclose=1"
	again := strings.NewReplacer("%", "%25", "@", "%40", "&", "%26", "=", "%3d", "#", "%23", "$", "%24")
	return &deeplinks{
		Default: `trueconf:\c\` + rm.id + "@" + s.opt.ServerName + "%23vcs" + rest,
		Android: `intent:\c\` + rm.id + "%40" + s.opt.ServerName + "%23vcs" + again.Replace(rest) +
			"#Intent;scheme=trueconf;package=com.trueconf.videochat;end",
	}
}

// clientList is the whole answer in the shape of the switches; deep is nil when
// no guest was named.
func (s *Server) clientList(rm *room, page string, deep *deeplinks) map[string]any {
	clients := []webClient{}
	if !s.sw.NoWeb && rm.allowGuests {
		if s.sw.WidgetDecoy {
			clients = append(clients, s.webEntry("TrueConf Widget", strings.Replace(page, "/webrtc/", "/webrtc-widget/", 1)))
		}
		clients = append(clients, s.webEntry("TrueConf Web", page))
	}
	if !s.sw.NoStandalone {
		clients = append(clients, appEntries()...)
	}
	out := map[string]any{}
	if deep != nil {
		if s.sw.Escaping == EscapeDouble {
			deep = &deeplinks{encodedTwice(deep.Default), encodedTwice(deep.Android)}
		}
		switch s.sw.Deeplinks {
		case DeeplinksTop:
			out["deeplinks"] = deep
		case DeeplinksInside:
			for i := range clients {
				clients[i].Deeplinks = deep
			}
		}
	}
	out["clients"] = clients
	return out
}

func (s *Server) webEntry(name, page string) webClient {
	c := webClient{Name: name, Type: "web", Platform: "webrtc", WebURL: page}
	end := "</iframe>"
	switch s.sw.Escaping {
	case EscapeArticle:
		end = `<\iframe>`
	case EscapeDouble:
		c.WebURL = encodedTwice(page)
	}
	c.Iframe = `<iframe src="` + page + `" allowfullscreen="allowfullscreen" allow="microphone; camera; autoplay; display-capture" >` + end
	return c
}

// encodedTwice is the value of a string that was JSON-encoded one time too many.
func encodedTwice(v string) string {
	return strings.NewReplacer(`\`, `\\`, `/`, `\/`).Replace(v)
}

// appEntries are the apps; their addresses are invented.
func appEntries() []webClient {
	var out []webClient
	for _, p := range []struct{ name, platform string }{
		{"TrueConf for iOS", "ios"}, {"TrueConf for Android", "android"},
		{"TrueConf for Windows", "windows"}, {"TrueConf for macOS", "macos"}, {"TrueConf for Linux", "linux"},
	} {
		at := "https://downloads.example/trueconf/" + p.platform
		out = append(out, webClient{
			Name: p.name, Type: "standalone", Platform: p.platform,
			DownloadURL: at, DownloadURLs: map[string]string{"default": at}, MarketURL: at + "/store",
		})
	}
	return out
}
