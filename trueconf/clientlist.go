package trueconf

import (
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// webLinks are the addresses of the browser clients, as the server wrote them:
// entries of type web for platform webrtc, else those named "TrueConf Web".
// More than one may be listed, a widget page among them.
func (l clientList) webLinks() []string {
	var links, named []string
	for _, entry := range l.Clients {
		link := firstText(string(entry.WebURL), frameSource(string(entry.Iframe)))
		switch {
		case link == "":
		case strings.EqualFold(string(entry.Type), "web") && strings.EqualFold(string(entry.Platform), "webrtc"):
			links = append(links, link)
		case entry.Name == "TrueConf Web":
			named = append(named, link)
		}
	}
	return append(links, named...)
}

var sourceForm = regexp.MustCompile(`(?is)^\s*<iframe\s(?:[^<>]*?\s)?src\s*=\s*"([^"<>]*)"`)

// frameSource takes the src out of the server's frame and leaves the rest of
// its HTML alone. What is not such a frame gives "".
func frameSource(frame string) string {
	if m := sourceForm.FindStringSubmatch(frame); m != nil {
		return m[1]
	}
	return ""
}

// deeplinks looks beside the clients first, then in each of them, for where
// they stand is not settled (API reference §6.2).
func (l clientList) deeplinks(conferenceID string) Deeplinks {
	var found Deeplinks
	places := []wireDeeplinks{l.Deeplinks}
	for _, entry := range l.Clients {
		places = append(places, entry.Deeplinks)
	}
	for _, d := range places {
		found.Default = firstText(found.Default, checkDeeplink(d.Default, conferenceID, plainApp))
		found.Android = firstText(found.Android, checkDeeplink(d.Android, conferenceID, androidApp))
	}
	return found
}

// apps are the entries that are not browser clients and have an https address.
func (l clientList) apps() []App {
	var apps []App
	for _, entry := range l.Clients {
		if strings.EqualFold(string(entry.Type), "web") {
			continue
		}
		app := App{
			Platform:    string(entry.Platform),
			Name:        string(entry.Name),
			DownloadURL: firstText(httpsAddress(string(entry.DownloadURL)), firstAddress(entry.DownloadURLs)),
			MarketURL:   httpsAddress(string(entry.MarketURL)),
		}
		if app.DownloadURL != "" || app.MarketURL != "" {
			apps = append(apps, app)
		}
	}
	return apps
}

// httpsAddress is the address if it is an https one, else "".
func httpsAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || hasStrayBytes(address) {
		return ""
	}
	return address
}

// firstAddress is the first https address of an object or array of texts.
func firstAddress(raw json.RawMessage) string {
	var listed []flexText
	_ = json.Unmarshal(raw, &listed)
	var keyed map[string]flexText
	_ = json.Unmarshal(raw, &keyed)
	for _, key := range slices.Sorted(maps.Keys(keyed)) {
		listed = append(listed, keyed[key])
	}
	for _, text := range listed {
		if address := httpsAddress(string(text)); address != "" {
			return address
		}
	}
	return ""
}
