package main

import (
	"bedside/bot"
	"bedside/bot/engine"
	"bedside/bot/notify"
	"bedside/cmd/bedside/config"
)

// office is what the clinic writes to people by; nil where it has nothing.
func office(c config.Config, key []byte) (*notify.Office, error) {
	var (
		n   = c.Notify
		o   notify.Office
		err error
	)
	if n.SMS.On() {
		if o.SMS, err = notify.NewGateway(n.SMS.Gateway()); err != nil {
			return nil, err
		}
	}
	if n.Email.On() {
		if o.Mail, err = n.Email.Sender(); err != nil {
			return nil, err
		}
	}
	if n.Push {
		contact := c.PublicURL.String()
		if c.PublicURL.Scheme != "https" {
			contact = "bedside@localhost" // a trial on this machine: push services want an address of some form
		}
		o.Push = notify.NewPush(notify.PushConfig{Key: key, Contact: contact})
	}
	if o == (notify.Office{}) {
		return nil, nil
	}
	o.Daily = notify.Daily(n.Limits)
	return &o, nil
}

// channels are those in which the clinic can write, and those of the lead, one for
// each address.
func channels(n config.Notify) (patients, lead []bot.Channel) {
	if n.SMS.On() {
		patients = append(patients, bot.BySMS)
	}
	if n.Email.On() {
		patients = append(patients, bot.ByEmail)
	}
	if n.Push {
		patients = append(patients, bot.ByPush)
	}
	for range n.Lead.Email {
		lead = append(lead, bot.ByEmail)
	}
	for range n.Lead.Phone {
		lead = append(lead, bot.BySMS)
	}
	return patients, lead
}

func leadOf(n config.Notify) engine.Lead {
	return engine.Lead{Email: n.Lead.Email, Phone: n.Lead.Phone}
}
