package bot

import (
	"encoding/base64"
	"net/url"
	"slices"

	"bedside/flows"
)

// leaveContact keeps where the patient can be reached off the page, one address for
// each channel in which the clinic can write.
func (t *turn) leaveContact() error {
	a := t.c.Args
	if t.s.Phase == ClosedDown {
		return t.notNow()
	}
	c := Contact{Channel: a.Channel}
	ok := false
	switch a.Channel {
	case BySMS:
		c.Address, ok = flows.PhoneNumber(a.Address, t.live().Clinic())
		ok = ok && international(c.Address)
	case ByEmail:
		c.Address, ok = flows.MailAddress(a.Address)
	case ByPush:
		if ok = a.Push.sound(); ok {
			c.Push = a.Push
		}
	default:
		return refuse(Malformed, "leave_contact wants channel: sms, email or push")
	}
	switch {
	case !slices.Contains(t.f.Limits.NoticeKinds, a.Channel):
		return refuse(NotNow, noticeWordsIn(t.s.Language).noChannel)
	case !ok && a.Channel == ByPush:
		return refuse(Malformed, "push wants endpoint, p256dh and auth as the browser gave them")
	case !ok:
		return refuse(Invalid, noticeWordsIn(t.s.Language).badAddress[a.Channel])
	case a.Channel == BySMS && !t.f.Limits.writesTo(c.Address):
		return refuse(Invalid, noticeWordsIn(t.s.Language).noNumber)
	}
	if had := t.s.contact(c.Channel); had != nil && had.Address == c.Address && samePush(had.Push, c.Push) {
		return nil
	}
	t.mine(ContactLeft, ForAll, c)
	return nil
}

func samePush(a, b *Subscription) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// sound reports whether a subscription can be one: an address of a push service by
// https, a point of the curve, a secret of 16 bytes.
func (p *Subscription) sound() bool {
	if p == nil || len(p.Endpoint) > longestPush {
		return false
	}
	u, err := url.Parse(p.Endpoint)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return false
	}
	key, err := base64.RawURLEncoding.DecodeString(p.P256dh)
	if err != nil || len(key) != pushKeyBytes || key[0] != 4 {
		return false
	}
	secret, err := base64.RawURLEncoding.DecodeString(p.Auth)
	return err == nil && len(secret) == pushSecret
}

// Sound reports whether a subscription can be one of a browser's.
func (p Subscription) Sound() bool { return p.sound() }

// dropContact forgets it, and what was still to be sent there.
func (t *turn) dropContact() error {
	c := t.c.Args.Channel
	if t.s.contact(c) == nil {
		return nil
	}
	t.mine(ContactDropped, ForAll, OfContact{Channel: c})
	for _, n := range slices.Clone(t.s.Notices) {
		if n.To == "" && n.Channel == c && !n.Tried {
			t.noticeIs(NoticeNotMore, ForSystem, n, OfNotice{})
		}
	}
	return nil
}
