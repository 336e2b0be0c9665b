package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"bedside/cmd/bedside/check"
	"bedside/cmd/bedside/checksite"
	"bedside/cmd/bedside/config"
)

type checkSiteCommand struct {
	URL     string `arg:"" name:"url" help:"A page of the clinic that shows the widget, or shall."`
	Config  string `short:"c" placeholder:"FILE" help:"The configuration whose sites the page is compared with."`
	Bedside string `placeholder:"URL" help:"Bedside's public address, where no configuration is at hand."`
	Format  string `enum:"text,json" default:"text" help:"text for people, json for programs."`
}

// Help is printed under the usage.
func (checkSiteCommand) Help() string {
	return `Reads the page as a browser does and says what on it would keep the widget from
appearing or a call from getting camera and microphone: HTTPS, content security
policy, permissions policy, isolation, the snippet itself, optimisers that hold it
back, session recorders. Each finding has the lines to add, for nginx and Apache.
Scripts of the page are not run.

The exit code is 0 when nothing is broken (warnings do not count), 1 when something
is, and 2 when the page or the configuration cannot be read.

Examples:
  bedside check-site -c config.yaml https://www.clinic.example/
  bedside check-site --bedside https://bedside.clinic.example https://www.clinic.example/`
}

// Run reads the page and says what it found.
func (c checkSiteCommand) Run(ctx context.Context, s streams) error {
	want, err := c.want()
	if err != nil {
		return err
	}
	transport := &http.Transport{
		DialContext: check.Dial, TLSClientConfig: &tls.Config{RootCAs: check.PublicRoots()},
		TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: 256 << 10, DisableKeepAlives: true,
	}
	page, err := checksite.Fetch(ctx, &http.Client{Transport: transport}, c.URL, want)
	if err != nil {
		return wrongUse{err}
	}
	found := checksite.Judge(page, want)
	if c.Format == "json" {
		err = writeFindings(s.out, page, found)
	} else {
		tellFindings(s.out, page, found)
	}
	switch {
	case err != nil:
		return err
	case !checksite.Good(found):
		return reported{exitFailed}
	}
	return nil
}

// want is what the page is compared with.
func (c checkSiteCommand) want() (checksite.Want, error) {
	switch {
	case c.Config != "" && c.Bedside != "", c.Config == "" && c.Bedside == "":
		return checksite.Want{}, wrongUse{errors.New("say what the page is for: either -c FILE or --bedside URL")}
	case c.Bedside != "":
		u, err := config.ParseURL(c.Bedside)
		if err != nil || u.Path != "" {
			return checksite.Want{}, wrongUse{fmt.Errorf("--bedside %s is no public address; write it like https://bedside.clinic.example", c.Bedside)}
		}
		return checksite.Want{Origin: u.String()}, nil
	}
	conf, err := configFlag{c.Config}.load()
	if err != nil {
		return checksite.Want{}, err
	}
	w := checksite.Want{Origin: conf.PublicURL.String(), Sites: []checksite.Site{}}
	for _, s := range conf.Sites {
		site := checksite.Site{Name: s.Name}
		for _, o := range s.Origins {
			site.Origins = append(site.Origins, string(o))
		}
		w.Sites = append(w.Sites, site)
	}
	return w, nil
}

func writeFindings(w io.Writer, page checksite.Page, found []checksite.Finding) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		URL      string              `json:"url"`
		OK       bool                `json:"ok"`
		Findings []checksite.Finding `json:"findings"`
	}{page.URL.String(), checksite.Good(found), found})
}

func tellFindings(w io.Writer, page checksite.Page, found []checksite.Finding) {
	fmt.Fprintf(w, "%s\n\n", page.URL)
	p := check.Printer{Out: w, Language: "en", Colours: onTerminal(w)}
	said := map[string]bool{}
	for _, f := range found {
		says := f.Says
		if f.Breaks != checksite.Nothing {
			says = "breaks the " + string(f.Breaks) + ": " + says
		}
		p.Finding(f.Verdict, says, f.Cure)
		for _, l := range [][2]string{{"page", f.HTML}, {"nginx", f.Nginx}, {"Apache", f.Apache}} {
			if l[1] != "" && !said[l[1]] { // one line may mend two things
				p.Add(l[0], l[1])
			}
			said[l[1]] = true
		}
	}
	end := "Nothing on the page breaks the widget or the camera."
	if !checksite.Good(found) {
		end = "The widget or the camera will not work on this page until this is mended."
	}
	fmt.Fprintf(w, "\n%s\n", end)
}
