package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"bedside/cmd/bedside/clinic"
	"bedside/cmd/bedside/config"
	"bedside/trueconf/standin"
)

// demo is a whole clinic on one machine: website, Bedside and stand-in.
type demo struct {
	app      *app
	doctors  []demoDoctor
	bedside  net.Listener
	clinic   net.Listener
	trueconf net.Listener

	website *http.Server
	standIn *standInServer
}

// newDemo starts website and stand-in and puts Bedside together; the caller
// starts the app.
func newDemo(address, folder string, log *slog.Logger) (*demo, error) {
	at, err := listenThree(address)
	if err != nil {
		return nil, err
	}
	d := &demo{bedside: at[0], clinic: at[1], trueconf: at[2]}
	id, secret := strings.ToLower(rand.Text()), rand.Text()
	d.standIn = startStandIn(d.trueconf, standin.Options{ClientID: id, ClientSecret: secret, GuestSeats: demoGuestSeats, Log: log})
	d.website = &http.Server{Handler: clinic.Page(port(d.bedside)), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = d.website.Serve(d.clinic) }() // ends with Close
	c, err := d.config(folder)
	if err != nil {
		return nil, errors.Join(err, d.bedside.Close(), d.Close())
	}
	c.TrueConf.ClientID, c.TrueConf.ClientSecret = id, config.NewSecret(secret)
	if d.app, err = newApp(config.Reading{Config: c}, listening{public: d.bedside}, log); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Close ends website and stand-in; the app is stopped before.
func (d *demo) Close() error {
	return errors.Join(d.website.Close(), d.standIn.Close())
}

const demoGuestSeats = 2

// config is what a clinic would write, for the addresses at hand.
func (d *demo) config(folder string) (config.Config, error) {
	flow, err := demoFlow(folder, clinic.Flow())
	if err != nil {
		return config.Config{}, err
	}
	if d.doctors, err = demoDoctors(folder); err != nil {
		return config.Config{}, err
	}
	c := config.Config{
		Listen: config.Address(d.bedside.Addr().String()), PublicURL: demoURL("localhost", d.bedside),
		Data: filepath.Join(folder, "data"), Host: "demo", Flows: config.Flows{Path: flow, Publish: config.OnSave},
		Sites: []config.Site{{Name: "clinic", Origins: clinicOrigins(d.clinic)}},
		TrueConf: config.TrueConf{
			URL: demoURL("localhost", d.trueconf), PublicURLs: []config.URL{demoURL("trueconf.localhost", d.trueconf)},
			ServiceAccount: "bedside", GuestSeats: demoGuestSeats, APIVersion: "v3.11", Timeout: 10 * time.Second, Preset: "page",
		},
		TrustedProxies: []netip.Prefix{},
		Limits:         wideLimits,
	}
	for _, p := range d.doctors {
		c.Staff = append(c.Staff, config.Staff{
			Login: p.Login, Name: p.Name, Role: "doctor", Departments: []string{clinic.Department},
			TrueConfID: p.TrueConfID, PasswordHash: config.NewSecret(p.Hash),
		})
	}
	return c, nil
}

// wideLimits let one machine play a whole waiting room.
var wideLimits = config.Limits{
	RequestsPerSecond: 10000, RequestBurst: 20000,
	StartsPerMinute: 60000, StartBurst: 20000, SiteStartsPerMinute: 60000, SiteStartBurst: 20000,
	CommandsPerSecond: 10000, CommandBurst: 20000, TextPerSecond: 1 << 30, TextBurst: 1 << 30,
	SocketsPerAddress: 20000, SocketsPerTicket: 1000, Sockets: 50000,
}

// clinicOrigins are all names under which the clinic's page may be opened.
func clinicOrigins(l net.Listener) []config.Origin {
	var out []config.Origin
	for _, host := range clinic.Hosts() {
		out = append(out, config.Origin(fmt.Sprintf("http://%s:%d", host, port(l))))
	}
	return out
}

func demoURL(host string, l net.Listener) config.URL {
	u, err := config.ParseURL(fmt.Sprintf("http://%s:%d", host, port(l)))
	if err != nil {
		panic("bedside: the demo's own address: " + err.Error())
	}
	return u
}

func port(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }
