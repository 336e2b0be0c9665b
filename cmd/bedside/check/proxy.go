package check

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"bedside/web"
)

// somebodyElse is the visitor whom a check claims to be; the address is nobody's
// (RFC 5737).
const somebodyElse = "192.0.2.77"

func publicAddress() Check {
	return Check{
		ID: "public.address", Needs: []string{"public.server"}, Within: 12 * time.Second, Every: often,
		Title: Words{"en": "Visitors' addresses", "ru": "Адреса посетителей"},
		Means: "Bedside learns each visitor's own address, and nobody can claim another one. Its limits count by address: where all visitors share one, the first busy morning shuts everybody out; where anybody can choose one, the limits hold for nobody. The check claims to be 192.0.2.77 and asks the server whom it saw.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "this machine is seen as {seen}", "ru": "эта машина видна как {seen}"}},
			{Code: "direct", Verdict: OK, Says: Words{"en": "nothing stands before Bedside; this machine is seen as {seen}", "ru": "перед Bedside ничего нет; эта машина видна как {seen}"}},
			{
				Code: "shared", Verdict: Failed,
				Says: Words{"en": "the reverse proxy passes no addresses on: all visitors are {seen}", "ru": "обратный прокси не передаёт адреса: все посетители — {seen}"},
				Cure: Words{"en": "Add to its location: proxy_set_header X-Forwarded-For $remote_addr;", "ru": "Добавьте в его location: proxy_set_header X-Forwarded-For $remote_addr;"},
			},
			{
				Code: "unnamed", Verdict: Failed,
				Says: Words{"en": "the reverse proxy at {peer} is not believed: all visitors are {seen}", "ru": "обратному прокси {peer} нет доверия: все посетители — {seen}"},
				Cure: Words{"en": "Add {peer} to trusted_proxies, and start Bedside again.", "ru": "Добавьте {peer} в trusted_proxies и перезапустите Bedside."},
			},
			{
				Code: "claimed", Verdict: Failed,
				Says: Words{"en": "visitors can claim any address: the reverse proxy passes on what they say", "ru": "посетитель может назваться любым адресом: прокси передаёт его слова дальше"},
				Cure: Words{"en": "Write in its location: proxy_set_header X-Forwarded-For $remote_addr; and name in trusted_proxies the proxies alone.", "ru": "Напишите в его location: proxy_set_header X-Forwarded-For $remote_addr; — и оставьте в trusted_proxies только прокси."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "the request did not arrive", "ru": "запрос не дошёл"},
				Cure: Words{"en": "Check again; where it stays so, look into the reverse proxy's log.", "ru": "Проверьте снова; если не помогло, посмотрите журнал обратного прокси."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			k, err := r.knock(ctx, http.MethodGet, "/healthz", nil)
			if err != nil || k.seen == nil {
				return Found{Code: "failed", Detail: detail(err)}
			}
			code := howSeen(*k.seen, r.direct(), r.Config.TrustedProxies)
			return Found{Code: code, With: Values{"seen": k.seen.Believed, "peer": k.seen.Peer}}
		},
	}
}

// direct reports whether Bedside itself listens at the public port, so that nothing
// stands before it.
func (r *Run) direct() bool {
	_, public, _ := net.SplitHostPort(hostPort(r.Config.PublicURL))
	_, own, _ := net.SplitHostPort(string(r.Config.Listen))
	return public == own
}

// howSeen judges how a request arrived that claimed to be somebodyElse; direct
// says that nothing should stand in between.
func howSeen(seen web.Sight, direct bool, proxies []netip.Prefix) string {
	trusted := contains(proxies, seen.Peer)
	last := ""
	if n := len(seen.Forwarded); n > 0 {
		last = seen.Forwarded[n-1]
	}
	switch {
	case last == somebodyElse && seen.Believed == somebodyElse:
		return "claimed"
	case last == somebodyElse && direct:
		return "direct"
	case !trusted:
		return "unnamed"
	case last == "":
		return "shared"
	case last == somebodyElse:
		return "claimed"
	}
	// The proxy wrote whom it saw. Where that is a trusted machine itself (this one,
	// perhaps), what stands before it is believed, and only from there.
	return "ok"
}

func contains(prefixes []netip.Prefix, address string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(a) })
}

// bodyMost is the largest body that Bedside takes: a file of 20 MiB, and the form
// around it.
const bodyMost = 20<<20 + 64<<10

// blanks are so many bytes of nothing.
type blanks struct{ left int64 }

func (b *blanks) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), b.left))
	b.left -= int64(n)
	for i := range p[:n] {
		p[i] = ' '
	}
	return n, nil
}

func publicBody() Check {
	return Check{
		ID: "public.body", Needs: []string{"public.server"}, Within: time.Minute, Every: hourly,
		Title: Words{"en": "Largest body", "ru": "Наибольший запрос"},
		Means: "A request with the largest body that Bedside takes (a file of 20 MiB, and the form around it) passes the reverse proxy whole.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "{size} MiB pass, the most that is needed", "ru": "{size} МиБ проходят, больше не нужно"}},
			{
				Code: "too_large", Verdict: Failed,
				Says: Words{"en": "the reverse proxy refuses {size} MiB ({status}): patients cannot send photos", "ru": "обратный прокси отвергает {size} МиБ ({status}): пациенты не смогут прислать фото"},
				Cure: Words{"en": "Raise its limit: client_max_body_size 21m; (nginx) or LimitRequestBody 22020096 (Apache).", "ru": "Увеличьте предел: client_max_body_size 21m; (nginx) или LimitRequestBody 22020096 (Apache)."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			k, err := r.knock(ctx, http.MethodPost, "/api/v1/conversations", &blanks{left: bodyMost})
			with := Values{"size": strconv.Itoa(bodyMost >> 20), "status": strconv.Itoa(k.status)}
			if err != nil || k.seen == nil || k.seen.Body != bodyMost {
				return Found{Code: "too_large", With: with, Detail: detail(err)}
			}
			return Found{Code: "ok", With: with}
		},
	}
}

func publicMetrics() Check {
	return Check{
		ID: "public.metrics", Needs: []string{"public.server"}, After: []string{"public.address"}, Within: 12 * time.Second, Every: often,
		Title: Words{"en": "Metrics closed", "ru": "Метрики закрыты"},
		Means: "`/metrics` is not for strangers. It is open to this machine, or to whom `metrics_from` names; where the reverse proxy hides who asks, everybody looks like this machine.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "closed at the public address", "ru": "на публичном адресе закрыты"}},
			{Code: "named", Verdict: OK, Says: Words{"en": "open to this machine ({seen}) and to nobody who is not named", "ru": "открыты этой машине ({seen}) и больше никому, кто не назван"}},
			{
				Code: "open", Verdict: Failed,
				Says: Words{"en": "anybody can read them at the public address", "ru": "на публичном адресе их может прочесть любой"},
				Cure: Words{"en": "Mend the line about visitors' addresses first, or narrow metrics_from; until then, close the path in the reverse proxy: location /metrics { return 404; }", "ru": "Сначала исправьте строку об адресах посетителей или сузьте metrics_from; до тех пор закройте путь в прокси: location /metrics { return 404; }"},
			},
		},
		find: findMetrics,
	}
}

func findMetrics(ctx context.Context, r *Run) Found {
	k, err := r.knock(ctx, http.MethodGet, "/metrics", nil)
	if err != nil || k.status != http.StatusOK || !strings.Contains(k.body, "# TYPE") {
		return Found{Code: "ok"} // whoever asks is given nothing
	}
	if k.seen == nil {
		return Found{Code: "open"} // somebody else's, and open all the same
	}
	address, _ := r.looked("public.address")
	hidden := slices.Contains([]string{"shared", "unnamed", "claimed"}, address.Code)
	others := slices.ContainsFunc(r.Config.MetricsFrom, func(p netip.Prefix) bool { return p.Bits() == 0 })
	if hidden || others {
		return Found{Code: "open"}
	}
	return Found{Code: "named", With: Values{"seen": k.seen.Believed}}
}
