package trueconf

import (
	"errors"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Faults of a link. Their texts name the rule and never the link.
var (
	errLinkForm     = errors.New("the link is not an address")
	errLinkScheme   = errors.New("the link is not https")
	errLinkHost     = errors.New("the link leads to a host that is not this server's")
	errLinkUser     = errors.New("the link names a user before its host")
	errLinkPath     = errors.New("the link leads elsewhere than to this conference's page")
	errLinkFragment = errors.New("the link does not hold exactly one login and one token")
)

// checkWebURL validates a web_url (API reference §6.6) and returns it with the
// guest's login. Only a link that fails is normalised, each rule once.
func (c *Client) checkWebURL(link, conferenceID string) (address, login string, err error) {
	login, err = c.validWebURL(link, conferenceID)
	if err == nil {
		return link, login, nil
	}
	repaired := normalise(link)
	if repaired == link {
		return "", "", err
	}
	login, err = c.validWebURL(repaired, conferenceID)
	return repaired, login, err
}

func (c *Client) validWebURL(link, conferenceID string) (login string, err error) {
	if hasStrayBytes(link) || strings.Contains(link, `\`) {
		return "", errLinkForm
	}
	page, fragment, _ := strings.Cut(link, "#")
	u, err := url.Parse(page)
	if err != nil {
		return "", errLinkForm
	}
	at, ok := originOf(u)
	switch {
	case u.Scheme != "https" && (u.Scheme != "http" || c.server.scheme != "http"):
		return "", errLinkScheme
	case u.User != nil:
		return "", errLinkUser
	case !ok || !slices.Contains(c.links, at):
		return "", errLinkHost
	case u.EscapedPath() != "/webrtc/"+segment(conferenceID):
		return "", errLinkPath
	}
	return loginOf(fragment)
}

// loginOf reads the guest's login out of a fragment with exactly one login and
// one token. Names are compared decoded, so that none hides behind an escape.
func loginOf(fragment string) (string, error) {
	var logins, tokens []string
	for pair := range strings.SplitSeq(fragment, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, nameErr := url.PathUnescape(name)
		plain, valueErr := url.PathUnescape(value)
		if nameErr != nil || valueErr != nil {
			return "", errLinkFragment
		}
		switch name {
		case "login":
			logins = append(logins, localID(value))
		case "token":
			tokens = append(tokens, strings.TrimSpace(plain))
		}
	}
	if len(logins) != 1 || len(tokens) != 1 || logins[0] == "" || tokens[0] == "" || strings.Contains(fragment, "#") {
		return "", errLinkFragment
	}
	return logins[0], nil
}

// hasStrayBytes finds what no address holds and browsers treat in ways of
// their own: white space, control characters, quotes and angle brackets.
func hasStrayBytes(link string) bool {
	return strings.ContainsFunc(link, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune("\"<>`\u0085\u00a0\u2028\u2029\ufeff\ufffd", r)
	})
}

var doubledDeeplink = regexp.MustCompile(`^(trueconf|intent):\\\\c\\\\`)

// normalise undoes one layer of escaping that a server put on too much, by the
// three rules of API reference §7 and each at most once. "//" is never touched.
func normalise(link string) string {
	if strings.HasPrefix(link, `https:\/\/`) || strings.HasPrefix(link, `http:\/\/`) {
		link = strings.ReplaceAll(link, `\/`, `/`)
	}
	if doubledDeeplink.MatchString(link) {
		link = strings.ReplaceAll(link, `\\`, `\`)
	}
	if strings.Contains(link, "&amp;") {
		link = html.UnescapeString(link)
	}
	return link
}

// The two kinds of deeplink (API reference §6.4), with the conference as group.
// The intent of the Android link may name the app alone: other extras, such as
// a fallback address, could lead anywhere.
var (
	plainApp   = regexp.MustCompile(`^trueconf:\\c\\([A-Za-z0-9_]+)@[^\\]+$`)
	androidApp = regexp.MustCompile(`^intent:\\c\\([A-Za-z0-9_]+)%40[^\\#]+#Intent;scheme=trueconf;package=com\.trueconf\.[a-z]+;end$`)
)

// checkDeeplink is the link if it opens this conference in the TrueConf app,
// else "": the browser's way remains.
func checkDeeplink(link, conferenceID string, form *regexp.Regexp) string {
	for _, candidate := range []string{link, normalise(link)} {
		if hasStrayBytes(candidate) || strings.Contains(candidate, "&amp;") {
			continue
		}
		if m := form.FindStringSubmatch(candidate); m != nil && m[1] == conferenceID {
			return candidate
		}
	}
	return ""
}
