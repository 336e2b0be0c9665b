package check

import (
	"context"
	"errors"
	"strings"
	"time"

	"bedside/trueconf"
)

// access are the checks of what TrueConf lets Bedside do.
func access() []Check {
	return []Check{credentials(), version(),
		scope("scope.conferences", "conferences", Words{"en": "making and removing rooms", "ru": "создание и удаление комнат"}, (*Run).mayConferences),
		scope("scope.participants", "conferences.participants:read", Words{"en": "seeing who is in a call", "ru": "список тех, кто в звонке"}, (*Run).mayParticipants, "room.run"),
		scope("scope.users", "users:read", Words{"en": "looking doctors up", "ru": "поиск врачей"}, (*Run).mayUsers),
	}
}

func credentials() Check {
	return Check{
		ID: "trueconf.credentials", Needs: []string{"trueconf.server"}, Within: 10 * time.Second, Every: often,
		Title: Words{"en": "Credentials", "ru": "Учётные данные"},
		Means: "TrueConf takes `client_id` and `client_secret` and gives a token, or a `secret_key` is set, which is a token already.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "the OAuth2 application is accepted", "ru": "приложение OAuth2 принято"}},
			{
				Code: "key", Verdict: Warning,
				Says: Words{"en": "a secret key is used: it never ends and may do everything on the server", "ru": "используется секретный ключ: он бессрочен и может всё"},
				Cure: Words{"en": "Make an OAuth2 application (control panel, API, OAuth2) with the scopes below, and set client_id and client_secret.", "ru": "Создайте приложение OAuth2 (панель управления, API, OAuth2) с правами, названными ниже, и задайте client_id и client_secret."},
			},
			{
				Code: "refused", Verdict: Failed,
				Says: Words{"en": "TrueConf refuses the client id or its secret", "ru": "TrueConf не принимает client_id или его секрет"},
				Cure: Words{"en": "Copy both again from the control panel (API, OAuth2), and look that the application's type is Client Credentials.", "ru": "Скопируйте оба заново из панели управления (API, OAuth2) и проверьте, что тип приложения — Client Credentials."},
			},
			{
				Code: "no_scope", Verdict: Failed,
				Says: Words{"en": "the OAuth2 application has no scope, so it gets no token", "ru": "у приложения OAuth2 нет ни одного права, поэтому оно не получает токен"},
				Cure: Words{"en": "Tick conferences, conferences.participants:read and users:read for it in the control panel (API, OAuth2).", "ru": "Отметьте для него conferences, conferences.participants:read и users:read в панели управления (API, OAuth2)."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "TrueConf gives no token", "ru": "TrueConf не выдаёт токен"},
				Cure: Words{"en": "Look into the server's log for what it says of /oauth2/v1/token.", "ru": "Посмотрите в журнале сервера, что он пишет о /oauth2/v1/token."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			if !r.Config.TrueConf.SecretKey.IsZero() {
				return Found{Code: "key"}
			}
			tc, err := r.TrueConf()
			if err == nil {
				_, err = tc.Granted(ctx)
			}
			switch trueconf.KindOf(err) {
			case "":
				return Found{Code: "ok"}
			case trueconf.Credentials:
				return Found{Code: "refused", Detail: err.Error()}
			case trueconf.Scope:
				return Found{Code: "no_scope", Detail: err.Error()}
			}
			return Found{Code: "failed", Detail: err.Error()}
		},
	}
}

func version() Check {
	return Check{
		ID: "trueconf.version", Needs: []string{"trueconf.credentials"}, Within: 10 * time.Second, Every: often,
		Title: Words{"en": "Version of the API", "ru": "Версия API"},
		Means: "The server answers under `trueconf.api_version`, or under v3.3, to which Bedside falls back by itself.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "{version}", "ru": "{version}"}},
			{
				Code: "older", Verdict: Warning,
				Says: Words{"en": "the server does not know {wanted}; {version} works", "ru": "сервер не знает {wanted}; работает {version}"},
				Cure: Words{"en": "Set trueconf.api_version: {version}, which saves a question at every start, or update TrueConf Server.", "ru": "Задайте trueconf.api_version: {version} — это избавит от лишнего запроса при запуске — или обновите TrueConf Server."},
			},
			{
				Code: "none", Verdict: Failed,
				Says: Words{"en": "the server knows neither {wanted} nor {version}", "ru": "сервер не знает ни {wanted}, ни {version}"},
				Cure: Words{"en": "Update TrueConf Server to 4.3.9 or later, or set trueconf.url to the server itself.", "ru": "Обновите TrueConf Server до 4.3.9 или новее либо укажите в trueconf.url адрес самого сервера."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "the server answers with an error", "ru": "сервер отвечает ошибкой"},
				Cure: Words{"en": "Look into the server's log; where it is only busy, check again.", "ru": "Посмотрите журнал сервера; если он просто занят, проверьте снова."},
			},
		},
		find: findVersion,
	}
}

func findVersion(ctx context.Context, r *Run) Found {
	tc, err := r.TrueConf()
	if err != nil {
		return Found{Code: "failed", Detail: err.Error()}
	}
	err = tc.Ping(ctx)
	wanted := r.Config.TrueConf.APIVersion
	if wanted == "" {
		wanted = trueconf.DefaultVersion
	}
	with := Values{"wanted": wanted, "version": tc.Version()}
	var failed *trueconf.Error
	switch {
	case err == nil, trueconf.KindOf(err) == trueconf.Scope: // it was answered, and that is all
		if tc.Version() != wanted {
			return Found{Code: "older", With: with}
		}
		return Found{Code: "ok", With: with}
	case errors.As(err, &failed) && failed.Status == 404:
		with["version"] = trueconf.FallbackVersion
		return Found{Code: "none", With: with, Detail: err.Error()}
	}
	return Found{Code: "failed", Detail: err.Error()}
}

// scope is the check of one scope by asking for what it is needed for.
func scope(id, name string, why Words, ask func(*Run, context.Context, *trueconf.Client) error, needs ...string) Check {
	title := Words{"en": "Scope " + name, "ru": "Право " + name}
	every, room := often, len(needs) > 0
	if room {
		every = seldom
	}
	return Check{
		ID: id, Title: title, Needs: append([]string{"trueconf.version"}, needs...), Within: 10 * time.Second, Every: every, Room: room,
		Means: "The OAuth2 application holds the scope `" + name + "`, which is needed for " + why["en"] + ". It is asked for just that; where the server names the token's scopes, they are read too.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "granted: " + why["en"], "ru": "есть: " + why["ru"]}},
			{
				Code: "missing", Verdict: Failed,
				Says: Words{"en": "the application lacks the scope " + name + ", needed for " + why["en"], "ru": "у приложения нет права " + name + "; без него невозможно: " + why["ru"]},
				Cure: Words{"en": "Tick " + name + " for the application in TrueConf's control panel: API, OAuth2 (newer servers: Web, Security, OAuth 2.0).", "ru": "Отметьте " + name + " у приложения в панели управления TrueConf: API, OAuth2 (в новых версиях: Веб, Безопасность, OAuth 2.0)."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "asked for it, the server answers with an error", "ru": "на такой запрос сервер отвечает ошибкой"},
				Cure: Words{"en": "Look into the server's log; where it is only busy, check again.", "ru": "Посмотрите журнал сервера; если он просто занят, проверьте снова."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			tc, err := r.TrueConf()
			if err == nil {
				err = ask(r, ctx, tc)
			}
			switch kind := trueconf.KindOf(err); {
			case kind == trueconf.Scope:
				return Found{Code: "missing", Detail: err.Error()}
			case err != nil:
				return Found{Code: "failed", Detail: err.Error()}
			}
			held, err := tc.Granted(ctx)
			if err == nil && len(held) > 0 && !trueconf.Covers(held, writing(name)) {
				return Found{Code: "missing", Detail: "the token's scopes are: " + strings.Join(held, " ")}
			}
			return Found{Code: "ok"}
		},
	}
}

// writing is the most that a scope is needed for.
func writing(scope string) string {
	if strings.Contains(scope, ":") {
		return scope
	}
	return scope + ":write"
}

func (r *Run) mayConferences(ctx context.Context, tc *trueconf.Client) error { return tc.Ping(ctx) }

func (r *Run) mayParticipants(ctx context.Context, tc *trueconf.Client) error {
	_, err := tc.Participants(ctx, r.room.id())
	return err
}

func (r *Run) mayUsers(ctx context.Context, tc *trueconf.Client) error {
	_, err := tc.User(ctx, r.Config.TrueConf.ServiceAccount)
	if trueconf.KindOf(err) == trueconf.NotFound {
		return nil // whoever may ask is told so
	}
	return err
}
