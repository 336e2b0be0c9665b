package check

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"bedside/web"
	"bedside/web/wire"

	"github.com/gorilla/websocket"
)

func publicSocket() Check {
	return Check{
		ID: "public.socket", Needs: []string{"public.server"}, Within: 15 * time.Second, Every: often,
		Title: Words{"en": "Socket", "ru": "Сокет"},
		Means: "The chat's WebSocket passes the reverse proxy, with its subprotocol. Where it does not, pages fall back to asking again and again: it works, later and with more load.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "it opens, and carries words both ways", "ru": "открывается и передаёт слова в обе стороны"}},
			{
				Code: "no_upgrade", Verdict: Failed,
				Says: Words{"en": "the reverse proxy does not pass the upgrade on ({status})", "ru": "обратный прокси не пропускает переход на WebSocket ({status})"},
				Cure: Words{"en": `Add to its location: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`, "ru": `Добавьте в его location: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";`},
			},
			{
				Code: "no_protocol", Verdict: Failed,
				Says: Words{"en": "the reverse proxy takes the subprotocol away", "ru": "обратный прокси убирает подпротокол"},
				Cure: Words{"en": "Let it pass the header Sec-WebSocket-Protocol in both directions.", "ru": "Пусть он передаёт заголовок Sec-WebSocket-Protocol в обе стороны."},
			},
			{
				Code: "mute", Verdict: Failed,
				Says: Words{"en": "it opens, and what is sent does not arrive", "ru": "открывается, но отправленное не доходит"},
				Cure: Words{"en": "Switch buffering off in the reverse proxy: proxy_buffering off;", "ru": "Отключите буферизацию в обратном прокси: proxy_buffering off;"},
			},
		},
		find: func(ctx context.Context, r *Run) Found { return r.openSocket(ctx, 0) },
	}
}

// idleAtLeast is how long a socket must stay open on which nothing is said: nginx
// cuts after 60 seconds unless it is told otherwise.
const idleAtLeast = 65 * time.Second

func publicIdle() Check {
	return Check{
		ID: "public.idle", Needs: []string{"public.server"}, After: []string{"public.socket"}, Within: 90 * time.Second, Every: hourly, Slow: true,
		Title: Words{"en": "Idle socket", "ru": "Сокет без слов"},
		Means: "A socket on which nothing is said for 65 seconds stays open. Pages say something every 25 seconds, but phones fall asleep, and a proxy that cuts early makes them come back again and again.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "open after {seconds} seconds of silence", "ru": "открыт после {seconds} секунд тишины"}},
			{
				Code: "cut", Verdict: Failed,
				Says: Words{"en": "the reverse proxy cuts it within {seconds} seconds of silence", "ru": "обратный прокси обрывает его раньше {seconds} секунд тишины"},
				Cure: Words{"en": "Raise its time for sockets: proxy_read_timeout 1h; proxy_send_timeout 1h;", "ru": "Увеличьте для него время: proxy_read_timeout 1h; proxy_send_timeout 1h;"},
			},
			{Code: "none", Verdict: Skipped, Says: Words{"en": "no socket opens at all", "ru": "сокет вовсе не открывается"}},
		},
		find: findIdle,
	}
}

func findIdle(ctx context.Context, r *Run) Found {
	with := Values{"seconds": strconv.Itoa(int(r.Idle / time.Second))}
	switch found := r.openSocket(ctx, r.Idle); found.Code {
	case "ok":
		return Found{Code: "ok", With: with}
	case "mute":
		if ctx.Err() != nil {
			return Found{}
		}
		return Found{Code: "cut", With: with, Detail: found.Detail}
	}
	return Found{Code: "none"}
}

// openSocket opens the chat's socket as a page does, says nothing for a while, and
// then one word that the server says back.
func (r *Run) openSocket(ctx context.Context, silence time.Duration) Found {
	proof, err := r.prove(ctx)
	if err != nil {
		return Found{Code: "mute", Detail: err.Error()}
	}
	dialer := websocket.Dialer{NetDialContext: r.Dial, TLSClientConfig: r.browserTLS(), Subprotocols: []string{wire.Subprotocol}, HandshakeTimeout: 10 * time.Second}
	header := http.Header{"Origin": {r.Config.PublicURL.String()}, web.ProofHeader: {proof}}
	conn, resp, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(r.Config.PublicURL.String(), "http")+"/api/v1/socket", header)
	if resp != nil {
		_ = resp.Body.Close()
	}
	if err != nil {
		status := "0"
		if resp != nil {
			status = resp.Status
		}
		return Found{Code: "no_upgrade", With: Values{"status": status}, Detail: err.Error()}
	}
	defer conn.Close()
	if conn.Subprotocol() != wire.Subprotocol {
		return Found{Code: "no_protocol"}
	}
	if err := sayBack(ctx, conn, silence); err != nil {
		return Found{Code: "mute", Detail: err.Error()}
	}
	return Found{Code: "ok"}
}

// sayBack waits, says a word and hears it again.
func sayBack(ctx context.Context, conn *websocket.Conn, silence time.Duration) error {
	heard := make(chan error, 1)
	word := rand.Text()
	go func() {
		_, said, err := conn.ReadMessage()
		if err == nil && string(said) != word {
			err = errors.New("something else was said back")
		}
		heard <- err
	}()
	timer := time.NewTimer(silence)
	defer timer.Stop()
	select {
	case err := <-heard:
		if err == nil {
			err = errors.New("something was said unasked")
		}
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	if err := conn.WriteMessage(websocket.TextMessage, []byte(word)); err != nil {
		return err
	}
	select {
	case err := <-heard:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
