package check

import (
	"context"
	"errors"
	"time"

	"bedside/bot/notify"
)

// reaching are the checks of how people are reached who have left the page. Nothing is
// sent to anybody.
func reaching() []Check {
	off := Outcome{Code: "off", Verdict: OK, Says: Words{"en": "not configured: the page alone tells", "ru": "не настроено: сообщает только страница"}}
	trouble := func(cure Words) []Outcome {
		return []Outcome{
			{Code: "unreachable", Verdict: Failed, Says: Words{"en": "{what}", "ru": "не отвечает"}, Cure: cure},
			{Code: "refused", Verdict: Failed, Says: Words{"en": "{what}", "ru": "не принимает Bedside"}, Cure: cure},
		}
	}
	return []Check{
		{
			ID: "notify.email", Needs: []string{"configuration"}, Within: 25 * time.Second, Every: hourly,
			Title: Words{"en": "Mail server", "ru": "Почтовый сервер"},
			Means: "The server of `notify.email` answers, speaks TLS where it should, and lets Bedside sign in. No mail is sent.",
			Outcomes: append([]Outcome{
				{Code: "ok", Verdict: OK, Says: Words{"en": "it lets Bedside in", "ru": "принимает Bedside"}}, off,
			}, trouble(Words{
				"en": "Compare notify.email (server, tls, user, password) with the mail server, and look whether this machine may reach it.",
				"ru": "Сверьте notify.email (server, tls, user, password) с почтовым сервером и проверьте, доступен ли он с этой машины.",
			})...),
			find: findMail,
		},
		{
			ID: "notify.sms", Needs: []string{"configuration"}, Within: 25 * time.Second, Every: hourly,
			Title: Words{"en": "SMS gateway", "ru": "SMS-шлюз"},
			Means: "Something listens at the address of `notify.sms`, with a certificate that is trusted. No message is sent, so whether the gateway takes one is known by the first.",
			Outcomes: append([]Outcome{
				{Code: "ok", Verdict: OK, Says: Words{"en": "it answers", "ru": "отвечает"}}, off,
			}, trouble(Words{
				"en": "Compare notify.sms.url with the gateway's manual, and look whether this machine may reach it.",
				"ru": "Сверьте notify.sms.url с описанием шлюза и проверьте, доступен ли он с этой машины.",
			})...),
			find: findGateway,
		},
	}
}

func findMail(ctx context.Context, r *Run) Found {
	if !r.Config.Notify.Email.On() {
		return Found{Code: "off"}
	}
	m, err := r.Config.Notify.Email.Sender()
	if err != nil {
		return Found{Code: "refused", With: Values{"what": "its configuration cannot be used"}, Detail: err.Error()}
	}
	return answered(m.Check(ctx))
}

func findGateway(ctx context.Context, r *Run) Found {
	if !r.Config.Notify.SMS.On() {
		return Found{Code: "off"}
	}
	g, err := notify.NewGateway(r.Config.Notify.SMS.Gateway())
	if err != nil {
		return Found{Code: "refused", With: Values{"what": "its configuration cannot be used"}, Detail: err.Error()}
	}
	return answered(g.Check(ctx))
}

// answered sorts what a look came to.
func answered(err error) Found {
	var failed *notify.Error
	switch {
	case err == nil:
		return Found{Code: "ok"}
	case !errors.As(err, &failed):
		return Found{Code: "refused", With: Values{"what": "it cannot be asked"}, Detail: err.Error()}
	case failed.Kind == notify.Unreachable:
		return Found{Code: "unreachable", With: Values{"what": failed.What}, Detail: failed.What}
	}
	return Found{Code: "refused", With: Values{"what": failed.What}, Detail: failed.What}
}
