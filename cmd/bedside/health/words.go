package health

import (
	"bedside/flows"
	"bedside/trueconf"
)

// said is a reason why there is no video, and what to do about it.
type said struct{ says, cure flows.Text }

var reasons = map[trueconf.Kind]said{
	trueconf.Unreachable: {
		flows.Text{"en": "TrueConf Server does not answer.", "ru": "TrueConf Server не отвечает."},
		flows.Text{"en": "Look whether TrueConf Server runs and can be reached from Bedside's machine.", "ru": "Проверьте, работает ли TrueConf Server и доступен ли он с машины Bedside."},
	},
	trueconf.TLS: {
		flows.Text{"en": "TrueConf Server's certificate is not accepted.", "ru": "Сертификат TrueConf Server не принимается."},
		flows.Text{"en": "Renew the certificate of TrueConf Server.", "ru": "Обновите сертификат TrueConf Server."},
	},
	trueconf.Credentials: {
		flows.Text{"en": "TrueConf Server does not take Bedside's credentials any more.", "ru": "TrueConf Server больше не принимает учётные данные Bedside."},
		flows.Text{"en": "Compare client_id and client_secret with TrueConf's control panel (API, OAuth2).", "ru": "Сверьте client_id и client_secret с панелью управления TrueConf (API, OAuth2)."},
	},
	trueconf.Scope: {
		flows.Text{"en": "TrueConf Server does not let Bedside see its rooms any more.", "ru": "TrueConf Server больше не показывает Bedside его комнаты."},
		flows.Text{"en": "Tick the scope conferences for the application in TrueConf's control panel (API, OAuth2).", "ru": "Отметьте право conferences у приложения в панели управления TrueConf (API, OAuth2)."},
	},
}

var disorder = said{
	flows.Text{"en": "TrueConf Server is out of order.", "ru": "TrueConf Server неисправен."},
	flows.Text{"en": "Look into TrueConf Server's log, or start it again.", "ru": "Посмотрите журнал TrueConf Server или перезапустите его."},
}

// Words say why there is no video, and what to do about it.
func (s State) Words() (says, cure flows.Text) {
	r, ok := reasons[reason(s.Why)]
	if !ok {
		r = disorder
	}
	return r.says, r.cure
}
