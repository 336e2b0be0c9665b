package check_test

import (
	"net"
	"strconv"

	"bedside/bot/notify/notifytest"
	"bedside/cmd/bedside/config"
)

// mailOf gives the clinic a mail server of its own machine.
func mailOf(change func(*notifytest.MailServer, *config.Email)) func(*town) {
	return func(w *town) {
		s := notifytest.NewMailServer(w.t)
		e := config.Email{Server: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)), From: "visits@clinic.example", TLS: "none"}
		if change != nil {
			change(s, &e)
		}
		configure(func(c *config.Config) { c.Notify.Email = e })(w)
	}
}

// gatewayOf gives it a gateway; "" is one that listens.
func gatewayOf(url string) func(*town) {
	return func(w *town) {
		if url == "" {
			url = notifytest.NewGateway(w.t).URL
		}
		configure(func(c *config.Config) { c.Notify.SMS = config.SMS{URL: url, Body: "{{.Phone}} {{.Text}}"} })(w)
	}
}
