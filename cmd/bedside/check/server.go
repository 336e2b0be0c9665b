package check

import (
	"context"
	"errors"
	"net"
	"os"
	"syscall"
	"time"

	"bedside/trueconf"
)

// server are the checks of the TrueConf Server as a machine in the net.
func server() []Check {
	return []Check{
		{
			ID: "trueconf.reachable", Needs: []string{"configuration"}, Within: 8 * time.Second, Every: often,
			Title: Words{"en": "TrueConf reachable", "ru": "TrueConf доступен"},
			Means: "Something listens at the address of `trueconf.url`, as seen from the machine that Bedside runs on.",
			Outcomes: []Outcome{
				{Code: "ok", Verdict: OK, Says: Words{"en": "{at} answers", "ru": "{at} отвечает"}},
				{
					Code: "no_name", Verdict: Failed,
					Says: Words{"en": "the name {host} is not known here", "ru": "имя {host} здесь неизвестно"},
					Cure: Words{"en": "Compare trueconf.url with the server's address, and look whether this machine's DNS knows the name.", "ru": "Сверьте trueconf.url с адресом сервера и проверьте, знает ли это имя DNS этой машины."},
				},
				{
					Code: "refused", Verdict: Failed,
					Says: Words{"en": "nothing listens at {at}", "ru": "по адресу {at} никто не отвечает"},
					Cure: Words{"en": "Start TrueConf Server, or set the right port in trueconf.url.", "ru": "Запустите TrueConf Server или укажите верный порт в trueconf.url."},
				},
				{
					Code: "silent", Verdict: Failed,
					Says: Words{"en": "{at} does not answer", "ru": "{at} не отвечает"},
					Cure: Words{"en": "Open the way from this machine to {at} in the firewalls between them, and look whether the server runs.", "ru": "Откройте в межсетевых экранах путь от этой машины к {at} и проверьте, работает ли сервер."},
				},
			},
			find: findReachable,
		},
		{
			ID: "trueconf.server", Needs: []string{"trueconf.reachable"}, Within: 10 * time.Second, Every: often,
			Title: Words{"en": "TrueConf Server", "ru": "TrueConf Server"},
			Means: "What answers there is a TrueConf Server, and Bedside accepts its certificate (by this machine's authorities and `trueconf.ca_file`). Servers before 5.5 do not tell their version; that is no fault.",
			Outcomes: []Outcome{
				{Code: "ok", Verdict: OK, Says: Words{"en": "{product} {version}", "ru": "{product} {version}"}},
				{Code: "old", Verdict: OK, Says: Words{"en": "it answers and does not tell its version, as servers before 5.5 do", "ru": "отвечает, но версию не сообщает, как серверы до 5.5"}},
				{
					Code: "untrusted", Verdict: Failed,
					Says: Words{"en": "Bedside cannot trust its certificate", "ru": "Bedside не может доверять его сертификату"},
					Cure: Words{"en": "Give the server a certificate of a public authority; patients' browsers need one too.", "ru": "Установите на сервер сертификат общедоступного центра: он нужен и браузерам пациентов."},
				},
				{
					Code: "foreign", Verdict: Failed,
					Says: Words{"en": "something else answers there, or the server is out of order", "ru": "по этому адресу отвечает что-то другое, или сервер неисправен"},
					Cure: Words{"en": "Set trueconf.url to the address at which TrueConf Server's own web service answers, and look whether that service runs.", "ru": "Укажите в trueconf.url адрес веб-службы самого TrueConf Server и проверьте, работает ли она."},
				},
			},
			find: findServer,
		},
		trueConfCertificate(),
	}
}

func findReachable(ctx context.Context, r *Run) Found {
	u := r.Config.TrueConf.URL
	with := Values{"at": hostPort(u), "host": u.Hostname()}
	conn, err := r.Dial(ctx, "tcp", hostPort(u))
	if err == nil {
		_ = conn.Close()
		return Found{Code: "ok", With: with}
	}
	return Found{Code: whyNoConnection(err), With: with, Detail: err.Error()}
}

// whyNoConnection sorts a failed dial: no_name, refused or silent.
func whyNoConnection(err error) string {
	var name *net.DNSError
	switch {
	case errors.As(err, &name):
		return "no_name"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "silent"
	}
	return "silent"
}

func findServer(ctx context.Context, r *Run) Found {
	tc, err := r.TrueConf()
	if err != nil {
		return Found{Code: "untrusted", Detail: err.Error()} // the file of authorities cannot be read
	}
	info, err := tc.Server(ctx)
	var failed *trueconf.Error
	switch {
	case err == nil:
		return Found{Code: "ok", With: Values{"product": info.Product, "version": info.Version}}
	case !errors.As(err, &failed):
	case failed.Kind == trueconf.TLS:
		return Found{Code: "untrusted", Detail: err.Error()}
	case failed.Status == 404:
		return Found{Code: "old"}
	}
	return Found{Code: "foreign", Detail: err.Error()}
}
