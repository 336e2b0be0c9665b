package check

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"time"

	"bedside/bot"
	"bedside/bot/rooms"
	"bedside/trueconf"
)

// removeWithin is how long removing the room may take, also after a run was
// broken off.
const removeWithin = 15 * time.Second

// room is the one that a run makes at TrueConf. Its id begins as all rooms of the
// installation do and carries its tag, so that the sweep removes what a crash
// leaves. It is made with a key of its own, rings nobody and lets nobody in.
type room struct {
	clinic Clinic
	name   bot.Room

	mu    sync.Mutex
	rooms *rooms.Rooms
	seen  *witness
	begun bool // something may stand at TrueConf
	left  bool
	err   error // of the removal
}

// witness notes what the rooms tell nobody: the id that was made.
type witness struct {
	*trueconf.Client
	mu sync.Mutex
	id string
}

// Create notes the id that is asked for.
func (w *witness) Create(ctx context.Context, c trueconf.Conference) (trueconf.Conference, error) {
	w.mu.Lock()
	w.id = c.ID
	w.mu.Unlock()
	return w.Client.Create(ctx, c)
}

func newRoom(c Clinic) *room {
	return &room{clinic: c, name: bot.Room{Call: "check_" + strings.ToLower(rand.Text()), Attempt: 1}}
}

// id is the room's at TrueConf, "" before it was asked for.
func (m *room) id() string {
	if m.seen == nil {
		return ""
	}
	m.seen.mu.Lock()
	defer m.seen.mu.Unlock()
	return m.seen.id
}

// make creates the room and sees that it runs.
func (m *room) make(ctx context.Context) error {
	tc, err := m.clinic.TrueConf()
	if err != nil {
		return err
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	t := m.clinic.Config.TrueConf
	seen := &witness{Client: tc}
	r, err := rooms.New(seen, rooms.Config{
		Key: key, Installation: m.clinic.Installation, ServiceAccount: t.ServiceAccount, GuestSeats: t.GuestSeats,
	})
	if err != nil {
		return err
	}
	m.mu.Lock()
	m.rooms, m.seen, m.begun = r, seen, true
	m.mu.Unlock()
	if m.clinic.homeless {
		_, _ = r.Sweep(ctx, func(context.Context) ([]bot.Room, error) { return nil, nil }) // what is wrong shows in Make
	}
	return r.Make(ctx, rooms.Order{Room: m.name, Conversation: "check", How: bot.ByPage})
}

// link mints a link for a guest who never comes.
func (m *room) link(ctx context.Context) (rooms.Link, error) {
	return m.rooms.Mint(ctx, rooms.MintOrder{Room: m.name, Conversation: "check", Who: bot.Patient, Name: "Bedside"})
}

// leave removes the room, once, whatever became of the run.
func (m *room) leave(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.begun || m.left {
		return m.err
	}
	m.left = true
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), removeWithin)
	defer cancel()
	m.err = m.rooms.Remove(bounded, m.name)
	return m.err
}

// roomChecks are the checks of a call's way, with one room that nobody enters.
func roomChecks() []Check {
	return []Check{ownIDs(), roomRuns(), roomLink(), roomOutside(), roomFrame(), roomRemoved()}
}

func ownIDs() Check {
	return Check{
		ID: "room.made", Needs: []string{"scope.conferences", "trueconf.service_account"}, Within: 20 * time.Second, Every: seldom, Room: true,
		Title: Words{"en": "A room of our own id", "ru": "Комната со своим номером"},
		Means: "TrueConf makes a room under an id that Bedside chooses. Whoever knows an id can enter, and the server's own ten digits can be guessed, so Bedside does not work with those.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "made under the id that Bedside chose", "ru": "создана с номером, который выбрал Bedside"}},
			{
				Code: "id_refused", Verdict: Failed,
				Says: Words{"en": "TrueConf does not take ids of Bedside's choice", "ru": "TrueConf не принимает номера, которые выбирает Bedside"},
				Cure: Words{"en": "Ask TrueConf for a licence with public conferences (webinars); Bedside does not work with ids that can be guessed.", "ru": "Запросите у TrueConf лицензию с публичными конференциями (вебинарами): угадываемые номера Bedside не использует."},
			},
			{
				Code: "limit", Verdict: Failed,
				Says: Words{"en": "the room was made and does not run", "ru": "комната создана, но не запускается"},
				Cure: Words{"en": "Look at the server's limit of simultaneous conferences, and stop those that were forgotten.", "ru": "Проверьте предел одновременных конференций и остановите забытые."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "TrueConf makes no room", "ru": "TrueConf не создаёт комнату"},
				Cure: Words{"en": "Read below what the server objects to; public conferences need a licence with guest connections.", "ru": "Прочтите ниже, что не устраивает сервер; для публичных конференций нужна лицензия с гостевыми подключениями."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			err := r.room.make(ctx)
			switch rooms.KindOf(err) {
			case rooms.IDRefused:
				return Found{Code: "id_refused", Detail: err.Error()}
			case rooms.Gone:
				return Found{Code: "limit", Detail: err.Error()}
			}
			if err != nil {
				return Found{Code: "failed", Detail: err.Error()}
			}
			return Found{Code: "ok"}
		},
	}
}

func roomRuns() Check {
	return Check{
		ID: "room.run", Needs: []string{"room.made"}, Within: 10 * time.Second, Every: seldom, Room: true,
		Title: Words{"en": "The room runs", "ru": "Комната работает"},
		Means: "The room that was made is running, as its state says when it is asked again.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "running", "ru": "запущена"}},
			{
				Code: "stopped", Verdict: Failed,
				Says: Words{"en": "TrueConf says that it runs, and then that it does not", "ru": "TrueConf сообщает, что она запущена, а затем — что нет"},
				Cure: Words{"en": "Look at the server's limit of simultaneous conferences, and into its log.", "ru": "Проверьте предел одновременных конференций и журнал сервера."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			c, err := r.room.seen.Conference(ctx, r.room.id())
			if err != nil || !c.IsRunning() {
				return Found{Code: "stopped", Detail: detail(err)}
			}
			return Found{Code: "ok"}
		},
	}
}

func roomLink() Check {
	return Check{
		ID: "room.link", Needs: []string{"room.run"}, Within: 15 * time.Second, Every: seldom, Room: true,
		Title: Words{"en": "A guest link", "ru": "Гостевая ссылка"},
		Means: "TrueConf mints a link for a guest, and the link passes the checks that patients' links pass: https, a host that the configuration names, this very room, one login and one token.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "minted, and leads to {host}", "ru": "выдана, ведёт на {host}"}},
			{
				Code: "no_web", Verdict: Failed,
				Says: Words{"en": "TrueConf offers no way in by browser", "ru": "TrueConf не предлагает вход через браузер"},
				Cure: Words{"en": "Look whether the licence has guest connections and WebRTC, and whether guests are allowed (Dashboard, Summary).", "ru": "Проверьте, есть ли в лицензии гостевые подключения и WebRTC и разрешены ли гости (Панель, Сводка)."},
			},
			{
				Code: "host", Verdict: Failed,
				Says: Words{"en": "TrueConf's links lead to an address that the configuration does not name", "ru": "ссылки TrueConf ведут на адрес, которого нет в конфигурации"},
				Cure: Words{"en": "Add the server's external address to trueconf.public_urls, or correct it in TrueConf's control panel (Web, Settings).", "ru": "Добавьте внешний адрес сервера в trueconf.public_urls или исправьте его в панели управления TrueConf (Веб, Настройки)."},
			},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "TrueConf mints no link", "ru": "TrueConf не выдаёт ссылку"},
				Cure: Words{"en": "Look into the server's log; where it is only busy, check again.", "ru": "Посмотрите журнал сервера; если он просто занят, проверьте снова."},
			},
		},
		find: findLink,
	}
}

func findLink(ctx context.Context, r *Run) Found {
	link, err := r.room.link(ctx)
	var failed *trueconf.Error
	switch {
	case err == nil:
		return Found{Code: "ok", With: Values{"host": hostOf(link.WebURL)}}
	case errors.As(err, &failed) && failed.Reason == "badLink":
		return Found{Code: "host", Detail: err.Error()}
	case rooms.KindOf(err) == rooms.NoWeb:
		return Found{Code: "no_web", Detail: err.Error()}
	}
	return Found{Code: "failed", Detail: err.Error()}
}

func roomRemoved() Check {
	return Check{
		ID: "room.removed", Needs: []string{"room.made"}, After: []string{"room.run", "room.link", "room.outside", "room.frame", "scope.participants"},
		Within: removeWithin + time.Second, Every: seldom, Room: true,
		Title: Words{"en": "The room goes away", "ru": "Комната удаляется"},
		Means: "TrueConf stops and deletes the room. It is removed whatever the other lines say, also when the run is broken off; what a crash leaves, the server's sweep removes within a quarter of an hour.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "removed", "ru": "удалена"}},
			{
				Code: "failed", Verdict: Failed,
				Says: Words{"en": "TrueConf does not remove it", "ru": "TrueConf её не удаляет"},
				Cure: Words{"en": "Stop and delete the conference “Bedside” in TrueConf's control panel, and look into the server's log.", "ru": "Остановите и удалите конференцию «Bedside» в панели управления TrueConf и посмотрите журнал сервера."},
			},
		},
		find: func(ctx context.Context, r *Run) Found {
			if err := r.room.leave(ctx); err != nil {
				return Found{Code: "failed", Detail: err.Error()}
			}
			return Found{Code: "ok"}
		},
	}
}
