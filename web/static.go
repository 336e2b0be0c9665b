package web

import (
	"net/http"

	"bedside/bot"
	"bedside/flows"
	"bedside/web/ui"
	"bedside/web/wire"
)

// pages are what the documents are sent with, made once.
type pages struct {
	widget map[string]policies // by site
	own    policies            // join and console: framed by nobody
}

func newPages(o Options) *pages {
	p := &pages{widget: map[string]policies{}, own: pagePolicies(o, nil)}
	for _, site := range o.Sites {
		p.widget[site.ID] = pagePolicies(o, site.Origins)
	}
	return p
}

// widgetPage is the panel: the one page that clinics' sites may frame.
func (s *Server) widgetPage(w http.ResponseWriter, r *http.Request) error {
	if r.URL.Path != "/widget/" {
		return refuse(bot.Unknown, "There is no such page.")
	}
	now := s.live.Load()
	site, err := now.site(r.URL.Query().Get("site"))
	if err != nil {
		return err
	}
	page := s.page(site)
	page.Origins = site.Origins
	if site.NoCalls {
		page.Video = new(bool)
	}
	page.Notify = s.o.Engine.NoticeChannels()
	return show(w, ui.Widget, page, now.pages.widget[site.ID])
}

// joinPage is the page of a join link. Its visit key stands in the fragment,
// which no browser sends; the page reads it, removes it and mints on the press.
func (s *Server) joinPage(w http.ResponseWriter, r *http.Request) error {
	page := s.page(s.live.Load().Sites[0])
	page.Call = r.PathValue("call")
	return show(w, ui.Join, page, s.live.Load().pages.own)
}

func (s *Server) consolePage(w http.ResponseWriter, r *http.Request) error {
	if r.URL.Path != "/console/" {
		return refuse(bot.Unknown, "There is no such page.")
	}
	page := s.page(s.live.Load().Sites[0])
	page.How = s.o.PresetHow
	for _, d := range s.o.Departments() {
		page.Departments = append(page.Departments, wire.Department{ID: d.ID, Title: orNothing(d.Title)})
	}
	return show(w, ui.Console, page, s.live.Load().pages.own)
}

func (s *Server) page(site Site) wire.Page {
	return wire.Page{
		Site: site.ID, Title: site.Title, Titles: site.Titles, Language: site.Language, Theme: site.Theme,
		Phone: site.Phone, Emergency: site.Emergency, TrueConf: append([]string{}, s.o.TrueConf...),
	}
}

func orNothing(t flows.Text) flows.Text {
	if t == nil {
		return flows.Text{}
	}
	return t
}

func show(w http.ResponseWriter, p ui.Page, config wire.Page, headers policies) error {
	doc, err := ui.Render(p, config)
	if err != nil {
		return err
	}
	headers.set(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(doc) // the client is gone, or has it
	return nil
}
