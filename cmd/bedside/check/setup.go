package check

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"bedside/cmd/bedside/config"
)

const (
	often  = 5 * time.Minute
	hourly = time.Hour
	seldom = 6 * time.Hour
)

// setup are the checks of what the installation is made of.
func setup() []Check {
	return []Check{
		{
			ID: "configuration", Within: time.Second, Every: often,
			Title: Words{"en": "Configuration", "ru": "Конфигурация"},
			Means: "The configuration is read as `bedside serve` reads it: strictly, all problems at once. Where it is wrong, nothing else can be looked at.",
			Outcomes: []Outcome{
				{Code: "ok", Verdict: OK, Says: Words{"en": "{file} is well formed", "ru": "{file} составлен верно"}},
				{
					Code: "odd", Verdict: Warning,
					Says: Words{"en": "{file} is well formed, and says what is hardly meant", "ru": "{file} составлен верно, но в нём есть сомнительное"},
					Cure: Words{"en": "Look at the lines that are named.", "ru": "Посмотрите названные строки."},
				},
				{
					Code: "wrong", Verdict: Failed,
					Says: Words{"en": "problems in {file}: {count}", "ru": "ошибок в {file}: {count}"},
					Cure: Words{"en": "Mend the lines that are named; config.example.yaml shows every key.", "ru": "Исправьте названные строки; все ключи показаны в config.example.yaml."},
				},
			},
			find: findConfiguration,
		},
		{
			ID: "flows", Needs: []string{"configuration"}, Within: 5 * time.Second, Every: often,
			Title: Words{"en": "Flows", "ru": "Сценарии"},
			Means: "Every flow of the configuration compiles, has the doors that the sites name, and each of its departments has a doctor among the staff. Its lists of holidays reach further than 60 days.",
			Outcomes: []Outcome{
				{Code: "ok", Verdict: OK, Says: Words{"en": "sound: {flows}", "ru": "годятся: {flows}"}},
				{
					Code: "holidays", Verdict: Warning,
					Says: Words{"en": "sound: {flows}; a list of holidays comes to its end", "ru": "годятся: {flows}; список праздников кончается"},
					Cure: Words{"en": "Add the holidays of the next year to the lines that are named.", "ru": "Допишите праздники следующего года в названных строках."},
				},
				{
					Code: "wrong", Verdict: Failed,
					Says: Words{"en": "the flows cannot be served", "ru": "сценарии не годятся для работы"},
					Cure: Words{"en": "Mend what is named at file:line:column, and look again with bedside flow check.", "ru": "Исправьте названное (файл:строка:столбец) и проверьте командой bedside flow check."},
				},
			},
			find: findFlows,
		},
	}
}

func findConfiguration(_ context.Context, r *Run) Found {
	with := Values{"file": r.File, "count": "1"}
	switch {
	case r.Problem == nil && len(r.Warnings) > 0:
		return Found{Code: "odd", With: with, Detail: r.Warnings.Error()}
	case r.Problem == nil:
		return Found{Code: "ok", With: with}
	}
	var problems config.Problems
	if errors.As(r.Problem, &problems) {
		with["count"] = strconv.Itoa(len(problems))
	}
	return Found{Code: "wrong", With: with, Detail: r.Problem.Error()}
}

func findFlows(_ context.Context, r *Run) Found {
	said, err := r.Flows()
	if err != nil {
		return Found{Code: "wrong", Detail: err.Error()}
	}
	with := Values{"flows": strings.TrimSpace(said)}
	if r.Stale != nil {
		if old := r.Stale(r.Now()); len(old) > 0 {
			return Found{Code: "holidays", With: with, Detail: strings.Join(old, "\n")}
		}
	}
	return Found{Code: "ok", With: with}
}
