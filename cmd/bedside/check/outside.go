package check

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/trueconf"
)

// public are the addresses of TrueConf that patients' browsers open.
func (c Clinic) public() []config.URL {
	if t := c.Config.TrueConf; len(t.PublicURLs) > 0 {
		return t.PublicURLs
	}
	return []config.URL{c.Config.TrueConf.URL}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

func roomOutside() Check {
	return Check{
		ID: "room.outside", Needs: []string{"room.run", "trueconf.certificate"}, Within: 15 * time.Second, Every: seldom, Room: true,
		Title: Words{"en": "TrueConf from outside", "ru": "TrueConf снаружи"},
		Means: "`software/clients` answers at the public address of TrueConf, asked as a stranger would: no token, and no trust but the browsers'. It proves that the address leads to the same server. Whether that address is open to the whole net can only be seen from elsewhere: open it once on a phone without Wi-Fi.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "{host} leads to the same server", "ru": "{host} ведёт на тот же сервер"}},
			{
				Code: "other", Verdict: Failed,
				Says: Words{"en": "{host} answers, and does not know our room", "ru": "{host} отвечает, но не знает нашей комнаты"},
				Cure: Words{"en": "Look where the name and the proxy before it lead: patients would arrive at another server.", "ru": "Проверьте, куда ведут имя и прокси перед ним: пациенты попали бы на другой сервер."},
			},
			{
				Code: "closed", Verdict: Failed,
				Says: Words{"en": "{host} does not answer as TrueConf does", "ru": "{host} отвечает не так, как TrueConf"},
				Cure: Words{"en": "Pass /api, /webrtc, /c and /websocket of {host} through to TrueConf Server's web service.", "ru": "Пропустите /api, /webrtc, /c и /websocket на {host} к веб-службе TrueConf Server."},
			},
		},
		find: findOutside,
	}
}

func findOutside(ctx context.Context, r *Run) Found {
	var found Found
	for _, at := range r.public() {
		if found = r.offered(ctx, at); found.Code != "ok" {
			return found
		}
	}
	return found
}

func (r *Run) offered(ctx context.Context, at config.URL) Found {
	with := Values{"host": at.Host}
	stranger, err := trueconf.New(trueconf.Config{
		URL: at.String(), Anonymous: true, Transport: r.browser(), APIVersion: r.room.seen.Version(), Timeout: 10 * time.Second,
	})
	if err != nil {
		return Found{Code: "closed", With: with, Detail: err.Error()}
	}
	_, err = stranger.Offer(ctx, r.room.id())
	var failed *trueconf.Error
	switch {
	case err == nil:
		return Found{Code: "ok", With: with}
	case !errors.As(err, &failed):
	case failed.Kind == trueconf.Credentials, failed.Kind == trueconf.Scope:
		return Found{Code: "ok", With: with} // it wants a token, which Bedside has: TrueConf answers there
	case failed.Kind == trueconf.NotFound:
		return Found{Code: "other", With: with, Detail: err.Error()}
	}
	return Found{Code: "closed", With: with, Detail: err.Error()}
}

func roomFrame() Check {
	return Check{
		ID: "room.frame", Needs: []string{"room.outside"}, Within: 10 * time.Second, Every: seldom, Room: true,
		Title: Words{"en": "The call inside the page", "ru": "Звонок внутри страницы"},
		Means: "TrueConf's call page may be framed by Bedside: it sends no `X-Frame-Options`, and no `frame-ancestors` that leaves Bedside out. Otherwise every call opens in a new tab, which works and costs a press.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "may be shown inside Bedside's pages", "ru": "может открываться внутри страниц Bedside"}},
			{
				Code: "refused", Verdict: Warning,
				Says: Words{"en": "TrueConf forbids to be shown inside other pages ({header}): calls open in a new tab", "ru": "TrueConf запрещает показ внутри других страниц ({header}): звонки откроются в новой вкладке"},
				Cure: Words{"en": "Remove the header from /webrtc where a proxy adds it, or let frame-ancestors name {bedside}.", "ru": "Уберите заголовок для /webrtc там, где его добавляет прокси, или назовите {bedside} в frame-ancestors."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "the call page of {host} does not open", "ru": "страница звонка на {host} не открывается"},
				Cure: Words{"en": "Look whether WebRTC is switched on in TrueConf's control panel (Web, Settings), and whether a proxy passes /webrtc through.", "ru": "Проверьте, включён ли WebRTC в панели управления TrueConf (Веб, Настройки) и пропускает ли прокси /webrtc."},
			},
		},
		find: findFrame,
	}
}

// findFrame reads the headers of the call's page. A link without its fragment
// enters nothing.
func findFrame(ctx context.Context, r *Run) Found {
	at := r.public()[0]
	with := Values{"host": at.Host, "bedside": r.Config.PublicURL.String()}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String()+"/webrtc/"+r.room.id(), nil)
	if err != nil {
		return Found{Code: "failed", With: with}
	}
	client := &http.Client{Transport: r.browser()}
	resp, err := client.Do(req)
	if err != nil {
		return Found{Code: "failed", With: with, Detail: withoutAddress(err)}
	}
	_, _ = io.CopyN(io.Discard, resp.Body, 1<<16)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Found{Code: "failed", With: with, Detail: resp.Status}
	}
	if header := framingHeader(resp.Header, with["bedside"]); header != "" {
		with["header"] = header
		return Found{Code: "refused", With: with}
	}
	return Found{Code: "ok", With: with}
}

// withoutAddress takes the address out of an error of http.Client: it may hold a
// room's id.
func withoutAddress(err error) string {
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err
	}
	return err.Error()
}

// framingHeader is the header by which a page forbids an origin to frame it, "" if
// none does. Where frame-ancestors stands, browsers pass over X-Frame-Options.
func framingHeader(h http.Header, origin string) string {
	for _, policy := range h.Values("Content-Security-Policy") {
		for _, directive := range strings.Split(policy, ";") {
			words := strings.Fields(directive)
			if len(words) == 0 || !strings.EqualFold(words[0], "frame-ancestors") {
				continue
			}
			for _, source := range words[1:] {
				if source == "*" || strings.EqualFold(strings.TrimSuffix(source, "/"), origin) ||
					strings.EqualFold(source, hostOf(origin)) || source == "https:" && strings.HasPrefix(origin, "https:") {
					return ""
				}
			}
			return strings.TrimSpace(directive)
		}
	}
	if options := h.Get("X-Frame-Options"); options != "" {
		return "X-Frame-Options: " + options
	}
	return ""
}
