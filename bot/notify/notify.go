package notify

import (
	"context"
	"errors"
	"time"

	"bedside/bot"
)

// SendTime is how long one Send may take at most.
const SendTime = 20 * time.Second

// Message is one message to one address.
type Message struct {
	ID    string            // the same for every attempt
	To    string            // number or mail address
	Push  *bot.Subscription // or a browser
	Title string            // a mail's subject, a browser's first line
	Short string            // without the link, for a browser
	Text  string            // whole, with the link
	Link  string
	Life  time.Duration // after which a push service need not deliver it any more

	Calendar []byte // a file for the addressee's calendar, or none
	Method   string // … its METHOD: PUBLISH, CANCEL
}

// Office sends by the channels that the clinic has; a nil one it has not.
type Office struct {
	SMS  *Gateway
	Mail *Mail
	Push *Push

	Daily Daily // how many may go; who calls Send counts them
}

// Daily is how many text messages, and as many mails, go in a day: to one address or for
// one conversation, to the patients of one site, and to one address of the lead. 0 is
// any number.
type Daily struct{ Address, Site, Lead int }

// UsualDaily suits a clinic that has said nothing.
func UsualDaily() Daily { return Daily{Address: 20, Site: 1000, Lead: 200} }

// Most is how many messages go in a day.
func (o *Office) Most() Daily {
	if o == nil {
		return Daily{}
	}
	return o.Daily
}

// Numbers are how those begin that text messages go to; none: all of them.
func (o *Office) Numbers() []string {
	if o == nil || o.SMS == nil {
		return nil
	}
	return o.SMS.c.Numbers
}

// Channels are those by which messages can be sent.
func (o *Office) Channels() []bot.Channel {
	if o == nil {
		return nil
	}
	var out []bot.Channel
	if o.SMS != nil {
		out = append(out, bot.BySMS)
	}
	if o.Mail != nil {
		out = append(out, bot.ByEmail)
	}
	if o.Push != nil {
		out = append(out, bot.ByPush)
	}
	return out
}

// Send sends one message. The error is an *Error.
func (o *Office) Send(ctx context.Context, c bot.Channel, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, SendTime)
	defer cancel()
	var err error
	switch {
	case o != nil && c == bot.BySMS && o.SMS != nil:
		err = o.SMS.Send(ctx, m)
	case o != nil && c == bot.ByEmail && o.Mail != nil:
		err = o.Mail.Send(ctx, m)
	case o != nil && c == bot.ByPush && o.Push != nil:
		err = o.Push.Send(ctx, m)
	default:
		return fail(NotConfigured, false, "the clinic does not send by %s", c)
	}
	if err != nil && !errors.As(err, new(*Error)) {
		return fail(Refused, false, "it could not be written")
	}
	return err
}
