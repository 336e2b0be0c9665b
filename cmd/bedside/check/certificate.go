package check

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
)

// renewBefore is how long before its end a certificate should have been renewed:
// those that renew themselves do so a month ahead.
const renewBefore = 14 * 24 * time.Hour

func trueConfCertificate() Check {
	return Check{
		ID: "trueconf.certificate", Needs: []string{"trueconf.reachable"}, Within: 12 * time.Second, Every: often,
		Title: Words{"en": "Certificate of TrueConf", "ru": "Сертификат TrueConf"},
		Means: "The certificate at the addresses that patients' browsers open (`trueconf.url` and `trueconf.public_urls`) holds by the public roots that browsers bring along. An authority of the clinic's own, even one that this machine trusts, does not count: patients have never heard of it, and the call's frame would stay empty.",
		Outcomes: append(certificateOutcomes("TrueConf Server"), Outcome{
			Code: "private", Verdict: Warning,
			Says: Words{"en": "{host} is not good for browsers ({fault}); calls work as long as the server's links name one of trueconf.public_urls", "ru": "{host} браузерам не подходит ({fault}); звонки работают, пока ссылки сервера ведут на один из trueconf.public_urls"},
			Cure: Words{"en": "Set the server's external address in its control panel (Web, Settings) to one of trueconf.public_urls.", "ru": "Укажите в панели управления сервера (Веб, Настройки) внешний адрес из trueconf.public_urls."},
		}),
		find: func(ctx context.Context, r *Run) Found {
			t := r.Config.TrueConf
			own, fault := r.certificate(ctx, t.URL)
			for _, public := range t.PublicURLs {
				if found, bad := r.certificate(ctx, public); bad != "" || found.Code == "soon" {
					return found
				}
			}
			if fault != "" && len(t.PublicURLs) > 0 {
				return Found{Code: "private", With: Values{"host": t.URL.Host, "fault": fault}, Detail: own.Detail}
			}
			return own
		},
	}
}

// certificateOutcomes are what may be wrong with somebody's certificate.
func certificateOutcomes(whose string) []Outcome {
	install := Words{
		"en": "Install a certificate of a public authority on " + whose + ", for example of Let's Encrypt.",
		"ru": "Установите на " + whose + " сертификат общедоступного центра, например Let's Encrypt.",
	}
	return []Outcome{
		{Code: "ok", Verdict: OK, Says: Words{"en": "browsers trust {host}; good until {until}", "ru": "браузеры доверяют {host}; действителен до {until}"}},
		{Code: "local", Verdict: OK, Says: Words{"en": "none is needed: {host} is this machine", "ru": "не нужен: {host} — эта же машина"}},
		{
			Code: "soon", Verdict: Warning,
			Says: Words{"en": "the certificate of {host} ends on {until}", "ru": "сертификат {host} истекает {until}"},
			Cure: Words{"en": "Renew it, and look why it did not renew itself.", "ru": "Обновите его и выясните, почему он не обновился сам."},
		},
		{
			Code: "plain", Verdict: Failed,
			Says: Words{"en": "{host} is plain http: browsers give no camera there", "ru": "{host} работает по http: браузеры не дадут там камеру"},
			Cure: Words{"en": "Set up HTTPS, and write https:// in the configuration.", "ru": "Настройте HTTPS и укажите в конфигурации https://."},
		},
		{
			Code: "expired", Verdict: Failed,
			Says: Words{"en": "the certificate of {host} ended on {until}", "ru": "сертификат {host} истёк {until}"},
			Cure: Words{"en": "Renew it now; until then no browser opens a call.", "ru": "Обновите его сейчас: до тех пор ни один браузер не откроет звонок."},
		},
		{
			Code: "early", Verdict: Failed,
			Says: Words{"en": "the certificate of {host} is not valid yet", "ru": "сертификат {host} ещё не действует"},
			Cure: Words{"en": "Set this machine's clock, or wait until the certificate begins.", "ru": "Проверьте часы этой машины или дождитесь начала действия сертификата."},
		},
		{
			Code: "name", Verdict: Failed,
			Says: Words{"en": "the certificate is not for {host} but for {names}", "ru": "сертификат выдан не для {host}, а для {names}"},
			Cure: Words{"en": "Use the name for which it was made, or have one made for {host}.", "ru": "Используйте имя, на которое он выдан, или закажите сертификат для {host}."},
		},
		{
			Code: "incomplete", Verdict: Failed,
			Says: Words{"en": "{host} sends its certificate without the one between it and the root", "ru": "{host} присылает сертификат без промежуточного"},
			Cure: Words{"en": "Install the whole chain (often called fullchain.pem): some browsers fetch what is missing, phones do not.", "ru": "Установите всю цепочку (обычно fullchain.pem): часть браузеров докачает недостающее, телефоны — нет."},
		},
		{
			Code: "self_signed", Verdict: Failed,
			Says: Words{"en": "the certificate of {host} is signed by itself", "ru": "сертификат {host} подписан сам собой"}, Cure: install,
		},
		{
			Code: "unknown", Verdict: Failed,
			Says: Words{"en": "no browser knows the authority behind {host} ({issuer})", "ru": "браузеры не знают центр, выдавший сертификат {host} ({issuer})"}, Cure: install,
		},
		{
			Code: "no_tls", Verdict: Failed,
			Says: Words{"en": "{host} does not speak TLS as browsers do", "ru": "{host} не отвечает по TLS так, как нужно браузерам"},
			Cure: Words{"en": "Look at the port, and switch TLS 1.2 or 1.3 on at " + whose + ".", "ru": "Проверьте порт и включите TLS 1.2 или 1.3 на " + whose + "."},
		},
		{
			Code: "unreachable", Verdict: Failed,
			Says: Words{"en": "{host} does not answer", "ru": "{host} не отвечает"},
			Cure: Words{"en": "Look whether the name leads here and whether port 443 is open.", "ru": "Проверьте, ведёт ли имя сюда и открыт ли порт 443."},
		},
	}
}

// certificate looks at one address as a browser would. The fault is in a few
// words, "" where there is none.
func (r *Run) certificate(ctx context.Context, u config.URL) (found Found, fault string) {
	with := Values{"host": u.Host}
	if u.Scheme == "http" {
		if thisMachine(u.Hostname()) {
			return Found{Code: "local", With: with}, ""
		}
		return Found{Code: "plain", With: with}, "http"
	}
	conn, err := r.Dial(ctx, "tcp", hostPort(u))
	if err != nil {
		return Found{Code: "unreachable", With: with, Detail: err.Error()}, whyNoConnection(err)
	}
	defer conn.Close()
	settings := r.browserTLS()
	settings.ServerName = u.Hostname()
	shaken := tls.Client(conn, settings)
	if err := shaken.HandshakeContext(ctx); err != nil {
		code := r.certificateFault(err, with)
		return Found{Code: code, With: with, Detail: err.Error()}, code
	}
	leaf := shaken.ConnectionState().PeerCertificates[0]
	with["until"] = leaf.NotAfter.UTC().Format(time.DateOnly)
	if leaf.NotAfter.Sub(r.Now()) < renewBefore {
		return Found{Code: "soon", With: with}, ""
	}
	return Found{Code: "ok", With: with}, ""
}

// certificateFault says what a failed handshake was about, and fills in the words
// for it.
func (r *Run) certificateFault(err error, with Values) string {
	var (
		failed  *tls.CertificateVerificationError
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	if !errors.As(err, &failed) || len(failed.UnverifiedCertificates) == 0 {
		return "no_tls"
	}
	leaf := failed.UnverifiedCertificates[0]
	with["until"], with["issuer"] = leaf.NotAfter.UTC().Format(time.DateOnly), issuer(leaf)
	switch {
	case errors.As(err, &name):
		with["names"] = strings.Join(leaf.DNSNames, ", ")
		return "name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && r.Now().Before(leaf.NotBefore):
		return "early"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "expired"
	case leaf.Issuer.String() == leaf.Subject.String():
		return "self_signed"
	case len(failed.UnverifiedCertificates) == 1 && len(leaf.IssuingCertificateURL) > 0:
		return "incomplete"
	}
	return "unknown"
}

func issuer(c *x509.Certificate) string {
	for _, name := range append([]string{c.Issuer.CommonName}, c.Issuer.Organization...) {
		if name != "" {
			return name
		}
	}
	return fmt.Sprintf("%.40s", c.Issuer.String())
}
