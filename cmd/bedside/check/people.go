package check

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
	"bedside/trueconf"

	"golang.org/x/sync/errgroup"
)

// people are the checks of accounts and seats.
func people() []Check {
	return []Check{serviceAccount(), doctors(), seats()}
}

func serviceAccount() Check {
	return Check{
		ID: "trueconf.service_account", Needs: []string{"scope.users"}, Within: 10 * time.Second, Every: often,
		Title: Words{"en": "Service account", "ru": "Служебная учётная запись"},
		Means: "`trueconf.service_account` is a user of the server. It owns the rooms of doctors who come by the page; nobody signs in with it.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "{account} is a user of the server", "ru": "{account} есть на сервере"}},
			{
				Code: "unknown", Verdict: Failed,
				Says: Words{"en": "the server has no user {account}", "ru": "на сервере нет пользователя {account}"},
				Cure: Words{"en": "Make the user in TrueConf's control panel (Users), or name another one in trueconf.service_account.", "ru": "Создайте пользователя в панели управления TrueConf (Пользователи) или укажите другого в trueconf.service_account."},
			},
			{
				Code: "disabled", Verdict: Failed,
				Says: Words{"en": "the user {account} is disabled", "ru": "пользователь {account} отключён"},
				Cure: Words{"en": "Enable it in TrueConf's control panel (Users).", "ru": "Включите его в панели управления TrueConf (Пользователи)."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "the server does not say whether {account} is there", "ru": "сервер не сообщает, есть ли {account}"},
				Cure: Words{"en": "Look into the server's log; where it is only busy, check again.", "ru": "Посмотрите журнал сервера; если он просто занят, проверьте снова."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			account := r.Config.TrueConf.ServiceAccount
			code, err := r.lookUp(ctx, account)
			return Found{Code: code, With: Values{"account": account}, Detail: detail(err)}
		},
	}
}

// lookUp says of a TrueConf ID: ok, unknown, disabled or failed.
func (r *Run) lookUp(ctx context.Context, id string) (string, error) {
	tc, err := r.TrueConf()
	if err != nil {
		return "failed", err
	}
	user, err := tc.User(ctx, id)
	switch {
	case trueconf.KindOf(err) == trueconf.NotFound:
		return "unknown", nil
	case err != nil:
		return "failed", err
	case user.Presence == trueconf.NotActive || user.Presence == trueconf.InvalidUser:
		return "disabled", nil
	}
	return "ok", nil
}

func detail(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func doctors() Check {
	return Check{
		ID: "trueconf.doctors", Needs: []string{"scope.users"}, Within: 20 * time.Second, Every: often,
		Title: Words{"en": "Doctors' TrueConf IDs", "ru": "TrueConf ID врачей"},
		Means: "Every `trueconf_id` of the staff is a user of the server, so that the doctor's app can be rung.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "all {count} are users of the server", "ru": "все {count} есть на сервере"}},
			{Code: "none", Verdict: OK, Says: Words{"en": "no doctor has one; all come by the page", "ru": "ни у кого нет; все входят со страницы"}},
			{
				Code: "unknown", Verdict: Failed,
				Says: Words{"en": "the server does not know: {who}", "ru": "сервер не знает: {who}"},
				Cure: Words{"en": "Correct trueconf_id of these doctors (the ID is what stands before the @), or make the users in TrueConf's control panel.", "ru": "Исправьте trueconf_id этих врачей (это часть до @) или создайте пользователей в панели управления TrueConf."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "the server does not say whether they are there: {who}", "ru": "сервер не сообщает, есть ли они: {who}"},
				Cure: Words{"en": "Look into the server's log; where it is only busy, check again.", "ru": "Посмотрите журнал сервера; если он просто занят, проверьте снова."},
			},
		},
		find: findDoctors,
	}
}

func findDoctors(ctx context.Context, r *Run) Found {
	var with []config.Staff
	for _, p := range r.Config.Staff {
		if p.TrueConfID != "" {
			with = append(with, p)
		}
	}
	if len(with) == 0 {
		return Found{Code: "none"}
	}
	codes, errs := make([]string, len(with)), make([]error, len(with))
	var many errgroup.Group
	many.SetLimit(4)
	for i, p := range with {
		many.Go(func() error {
			codes[i], errs[i] = r.lookUp(ctx, p.TrueConfID)
			return nil
		})
	}
	_ = many.Wait()
	var unknown, unasked []string
	for i, p := range with {
		switch codes[i] {
		case "unknown", "disabled":
			unknown = append(unknown, p.Name+" ("+p.TrueConfID+")")
		case "failed":
			unasked = append(unasked, p.Name+" ("+p.TrueConfID+")")
		}
	}
	switch {
	case len(unknown) > 0:
		return Found{Code: "unknown", With: Values{"who": few(unknown)}}
	case len(unasked) > 0:
		return Found{Code: "failed", With: Values{"who": few(unasked)}, Detail: detail(errors.Join(errs...))}
	}
	return Found{Code: "ok", With: Values{"count": strconv.Itoa(len(with))}}
}

// few names the first of many.
func few(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + " … (" + strconv.Itoa(len(names)) + ")"
	}
	return strings.Join(names, ", ")
}

func seats() Check {
	return Check{
		ID: "seats", Needs: []string{"configuration"}, Within: time.Second, Every: often,
		Title: Words{"en": "Guest seats", "ru": "Гостевые подключения"},
		Means: "What `trueconf.guest_seats` allows. A patient takes one guest connection; a doctor with a TrueConf ID takes none, one without comes by the page and takes a second. TrueConf has no call that tells the licence: compare the number with its control panel, Dashboard, Summary.",
		Outcomes: []Outcome{
			{Code: "one", Verdict: OK, Says: Words{"en": "1 seat: one visit at a time, with a doctor who comes by the TrueConf app", "ru": "1 подключение: один приём за раз, врач — через приложение TrueConf"}},
			{Code: "many", Verdict: OK, Says: Words{"en": "{seats} seats: {app} visits at a time by app, {page} by page", "ru": "подключений: {seats}; приёмов одновременно: {app} через приложение, {page} со страницы"}},
			{
				Code: "some", Verdict: Failed,
				Says: Words{"en": "1 seat: one visit at a time; these doctors have no TrueConf ID and cannot hold visits: {who}", "ru": "1 подключение: один приём за раз; у этих врачей нет TrueConf ID, и они не смогут вести приём: {who}"},
				Cure: Words{"en": "Give each a TrueConf account and its name as trueconf_id; or, where the licence has more guest connections (Dashboard, Summary), raise trueconf.guest_seats.", "ru": "Заведите каждому учётную запись TrueConf и укажите её в trueconf_id; а если лицензия допускает больше гостей (Панель, Сводка) — увеличьте trueconf.guest_seats."},
			},
			{
				Code: "zero", Verdict: Failed,
				Says: Words{"en": "0 seats: no patient can come into a call", "ru": "0 подключений: ни один пациент не попадёт в звонок"},
				Cure: Words{"en": "Set trueconf.guest_seats to the guest connections of the licence (Dashboard, Summary); TrueConf Server Free has one.", "ru": "Задайте trueconf.guest_seats по лицензии (Панель, Сводка); в TrueConf Server Free — одно."},
			},
		},
		find: findSeats,
	}
}

func findSeats(_ context.Context, r *Run) Found {
	n := r.Config.TrueConf.GuestSeats
	var without []string
	for _, p := range r.Config.Staff {
		if p.Role == "doctor" && p.TrueConfID == "" {
			without = append(without, p.Name)
		}
	}
	switch {
	case n <= 0:
		return Found{Code: "zero"}
	case n == 1 && len(without) > 0:
		return Found{Code: "some", With: Values{"who": few(without)}}
	case n == 1:
		return Found{Code: "one"}
	}
	return Found{Code: "many", With: Values{"seats": strconv.Itoa(n), "app": strconv.Itoa(n), "page": strconv.Itoa(n / 2)}}
}
