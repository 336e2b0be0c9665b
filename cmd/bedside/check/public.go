package check

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"bedside/web"
)

// Server is the Bedside that runs on the clinic's data: it notes the requests that
// carry a proof, and tells whoever made the proof how they arrived.
type Server interface {
	// Prove gives a fresh proof. Errors: ErrNobody, ErrDenied, others.
	Prove(context.Context) (string, error)
	Sights(ctx context.Context, proof string) ([]web.Sight, error)
}

// Why a server cannot be asked.
var (
	ErrNobody = errors.New("no server runs on this data folder")
	ErrDenied = errors.New("the control socket in the data folder belongs to somebody else")
)

// publicChecks are the checks of the way by which browsers come to Bedside.
func publicChecks() []Check {
	return []Check{serverRuns(), publicCertificate(), publicServer(), publicAddress(), publicSocket(), publicBody(), publicMetrics(), publicIdle()}
}

func serverRuns() Check {
	return Check{
		ID: "server.running", Needs: []string{"configuration"}, Within: 5 * time.Second, Every: often,
		Title: Words{"en": "Bedside runs", "ru": "Bedside запущен"},
		Means: "A server runs on the data folder of this configuration and can be asked over its control socket. What the public address does can only be looked at with it.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "on {data}", "ru": "на данных {data}"}},
			{Code: "early", Verdict: Skipped, Says: Words{"en": "nothing runs yet; once it does, bedside check -c {file} looks at the public address too", "ru": "сервер ещё не запущен; после запуска bedside check -c {file} проверит и публичный адрес"}},
			{
				Code: "none", Verdict: Failed,
				Says: Words{"en": "no server runs on {data}, so the public address cannot be looked at", "ru": "на данных {data} сервер не запущен, публичный адрес проверить нельзя"},
				Cure: Words{"en": "Start it with bedside serve -c {file} (or as a service), and check again.", "ru": "Запустите его: bedside serve -c {file} (или как службу) — и проверьте снова."},
			},
			{
				Code: "denied", Verdict: Failed,
				Says: Words{"en": "the server's control socket in {data} belongs to another user", "ru": "управляющий сокет сервера в {data} принадлежит другому пользователю"},
				Cure: Words{"en": "Run the check as the user that Bedside runs as, for example sudo -u bedside bedside check -c {file}.", "ru": "Запустите проверку от имени пользователя Bedside, например: sudo -u bedside bedside check -c {file}."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "the server does not answer over its control socket", "ru": "сервер не отвечает через управляющий сокет"},
				Cure: Words{"en": "Start the server again, of the same version as this program.", "ru": "Перезапустите сервер той же версии, что и эта программа."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			with := Values{"data": r.Config.Data, "file": r.File}
			_, err := r.prove(ctx)
			switch {
			case err == nil:
				return Found{Code: "ok", With: with}
			case errors.Is(err, ErrNobody) && r.Early:
				return Found{Code: "early", With: with}
			case errors.Is(err, ErrNobody):
				return Found{Code: "none", With: with}
			case errors.Is(err, ErrDenied):
				return Found{Code: "denied", With: with}
			}
			return Found{Code: "failed", Detail: err.Error()}
		},
	}
}

func (r *Run) prove(ctx context.Context) (string, error) {
	if r.Server == nil {
		return "", ErrNobody
	}
	return r.Server.Prove(ctx)
}

func publicCertificate() Check {
	return Check{
		ID: "public.certificate", Needs: []string{"server.running"}, Within: 12 * time.Second, Every: often,
		Title:    Words{"en": "Certificate of Bedside", "ru": "Сертификат Bedside"},
		Means:    "The certificate at `public_url` (and at `console_url`, where it is set) holds by the public roots that browsers bring along.",
		Outcomes: certificateOutcomes("the reverse proxy"),
		find: func(ctx context.Context, r *Run) Found {
			found, fault := r.certificate(ctx, r.Config.PublicURL)
			if console := r.Config.ConsoleURL; fault == "" && found.Code != "soon" && !console.IsZero() {
				if other, bad := r.certificate(ctx, console); bad != "" || other.Code == "soon" {
					return other
				}
			}
			return found
		},
	}
}

func publicServer() Check {
	return Check{
		ID: "public.server", Needs: []string{"public.certificate"}, Within: 12 * time.Second, Every: often,
		Title: Words{"en": "Public address", "ru": "Публичный адрес"},
		Means: "`public_url` leads to this very server: a request with a one-time proof is sent there, and the server says over its control socket whether it has come.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "{url} leads to this server", "ru": "{url} ведёт на этот сервер"}},
			{
				Code: "unreachable", Verdict: Failed,
				Says: Words{"en": "{url} does not answer", "ru": "{url} не отвечает"},
				Cure: Words{"en": "Look whether the name leads to the reverse proxy and whether its port is open.", "ru": "Проверьте, ведёт ли имя на обратный прокси и открыт ли его порт."},
			},
			{
				Code: "bad_gateway", Verdict: Failed,
				Says: Words{"en": "the reverse proxy answers ({status}) and does not reach Bedside", "ru": "обратный прокси отвечает ({status}), но не достаёт до Bedside"},
				Cure: Words{"en": "Point its proxy_pass at the address of listen, {listen}.", "ru": "Направьте его proxy_pass на адрес из listen: {listen}."},
			},
			{
				Code: "redirect", Verdict: Failed,
				Says: Words{"en": "{url} sends visitors on to {to}", "ru": "{url} перенаправляет посетителей на {to}"},
				Cure: Words{"en": "Set public_url to the address that browsers end at, or take the redirect away.", "ru": "Укажите в public_url конечный адрес или уберите перенаправление."},
			},
			{
				Code: "other", Verdict: Failed,
				Says: Words{"en": "something else answers at {url} ({status})", "ru": "по адресу {url} отвечает что-то другое ({status})"},
				Cure: Words{"en": "Look where the name and the reverse proxy lead; whole paths must be passed on unchanged.", "ru": "Проверьте, куда ведут имя и обратный прокси; пути должны передаваться без изменений."},
			},
		},
		find: findPublicServer,
	}
}

func findPublicServer(ctx context.Context, r *Run) Found {
	with := Values{"url": r.Config.PublicURL.String(), "listen": string(r.Config.Listen)}
	knocked, err := r.knock(ctx, http.MethodGet, "/healthz", nil)
	if err != nil {
		return Found{Code: "unreachable", With: with, Detail: err.Error()}
	}
	with["status"], with["to"] = strconv.Itoa(knocked.status), knocked.location
	switch {
	case knocked.seen != nil && knocked.status == http.StatusOK:
		return Found{Code: "ok", With: with}
	case knocked.location != "":
		return Found{Code: "redirect", With: with}
	case slices.Contains([]int{http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}, knocked.status) && knocked.seen == nil:
		return Found{Code: "bad_gateway", With: with}
	}
	return Found{Code: "other", With: with}
}

// knocked is a request to the public address, seen from both ends.
type knocked struct {
	status   int
	location string
	body     string // its beginning
	seen     *web.Sight
}

// knock asks something of the public address with a proof, as a visitor would who
// claims to be somebody else.
func (r *Run) knock(ctx context.Context, method, path string, body io.Reader) (knocked, error) {
	proof, err := r.prove(ctx)
	if err != nil {
		return knocked{}, err
	}
	out := knocked{}
	req, err := http.NewRequestWithContext(ctx, method, r.Config.PublicURL.String()+path, body)
	if err != nil {
		return out, err
	}
	req.Header.Set(web.ProofHeader, proof)
	req.Header.Set("X-Forwarded-For", somebodyElse)
	client := &http.Client{Transport: r.browser(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return out, errors.New(withoutAddress(err))
	}
	begin, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
	_ = resp.Body.Close()
	out.status, out.location, out.body = resp.StatusCode, resp.Header.Get("Location"), string(begin)
	sights, err := r.Server.Sights(ctx, proof)
	if len(sights) > 0 {
		out.seen = &sights[0]
	}
	return out, err
}
