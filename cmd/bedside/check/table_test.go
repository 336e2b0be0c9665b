package check_test

import (
	"errors"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"bedside/bot/notify/notifytest"
	"bedside/cmd/bedside/check"
	"bedside/cmd/bedside/config"
	"bedside/trueconf"
	"bedside/trueconf/standin"
)

var discard = log.New(io.Discard, "", 0)

// tale is one thing that is wrong, and the lines that must say what.
type tale struct {
	change []func(*town)
	want   map[string]string // check → code
}

func tell(check, code string, change ...func(*town)) tale {
	return tale{change, map[string]string{check: code}}
}

func (a tale) and(check, code string) tale {
	a.want[check] = code
	return a
}

func scopes(held ...string) func(*town) {
	return replace(standin.Options{ClientID: "id", ClientSecret: "s3cret", Scopes: held})
}

func cert(change func(*town)) func(*town) { return change }

var tales = map[string]tale{
	"all is well": tell("configuration", "ok").and("flows", "ok").and("trueconf.reachable", "ok").and("trueconf.server", "ok").
		and("trueconf.certificate", "ok").and("trueconf.credentials", "ok").and("trueconf.version", "ok").
		and("scope.conferences", "ok").and("scope.participants", "ok").and("scope.users", "ok").
		and("trueconf.service_account", "ok").and("trueconf.doctors", "ok").and("seats", "many").
		and("room.made", "ok").and("room.run", "ok").and("room.link", "ok").and("room.outside", "ok").and("room.frame", "ok").and("room.removed", "ok"),

	"nobody is written to":     tell("notify.email", "off").and("notify.sms", "off"),
	"mail and messages can be": tell("notify.email", "ok", mailOf(nil), gatewayOf("")).and("notify.sms", "ok"),
	"the mail server is gone":  tell("notify.email", "unreachable", mailOf(func(s *notifytest.MailServer, _ *config.Email) { s.Close() })),
	"the password is wrong": tell("notify.email", "refused", mailOf(func(s *notifytest.MailServer, e *config.Email) {
		s.User, e.User, e.Password = "a", "a", config.NewSecret("b")
	})),
	"nothing is at the gateway": tell("notify.sms", "unreachable", gatewayOf("http://127.0.0.1:1/")),
	"the gateway's address":     tell("notify.sms", "refused", gatewayOf("{{.Phone")),
	"the configuration is wrong": tell("configuration", "wrong", func(w *town) {
		w.clinic.Problem = config.Problems{{File: "config.yaml", Line: 2, Column: 1, What: "unknown key tracing"}}
	}).and("flows", "because").and("room.removed", "because"),
	"the configuration is odd": tell("configuration", "odd", func(w *town) {
		w.clinic.Warnings = config.Problems{{File: "config.yaml", Line: 2, Column: 1, What: "HSTS for a year"}}
	}).and("flows", "ok").and("room.removed", "ok"),
	"a data folder": tell("data", "ok", keptIn(0o600)), "no data folder": tell("data", "new"),
	"a key for everybody": tell("data", "key_open", keptIn(0o644)),
	"a copy":              tell("data", "copied", keptIn(0o600), func(w *town) { w.clinic.Copied = true }),
	"a full disk": tell("data", "full", keptIn(0o600), func(w *town) { w.clinic.Free = func(string) (int64, error) { return 1 << 20, nil } },
		configure(func(c *config.Config) { c.Limits.FreeDisk = 256 })),
	"holidays end": tell("flows", "holidays", func(w *town) {
		w.clinic.Stale = func(time.Time) []string { return []string{"flow.yaml:1:1: warning holidays-end: they end"} }
	}).and("room.removed", "ok"),
	"the flow is wrong": tell("flows", "wrong", func(w *town) {
		w.clinic.Flows = func() (string, error) { return "", errors.New("flow.yaml:1:1: nonsense") }
	}).and("room.removed", "ok"),

	"the name is unknown": tell("trueconf.reachable", "no_name", configure(func(c *config.Config) {
		c.TrueConf.URL = mustURL("https://nowhere.example")
	})).and("trueconf.credentials", "because"),
	"nothing listens": tell("trueconf.reachable", "refused", func(w *town) { w.dial = dialling(videoHost, syscall.ECONNREFUSED) }),
	"nothing answers": tell("trueconf.reachable", "silent", func(w *town) { w.dial = dialling(videoHost, os.ErrDeadlineExceeded) }),

	"an old server":      tell("trueconf.server", "old", faults("no_v4")).and("room.link", "ok"),
	"Bedside trusts not": tell("trueconf.server", "untrusted", func(w *town) { w.trusts = false }).and("trueconf.certificate", "ok"),
	"a proxy answers":    tell("trueconf.server", "foreign", faults("html_502=server")).and("trueconf.credentials", "because"),

	"the certificate ends soon": tell("trueconf.certificate", "soon", cert(func(w *town) { w.leaf.until = 5 * day })).and("room.outside", "ok"),
	"… has ended":               tell("trueconf.certificate", "expired", cert(func(w *town) { w.leaf.until = -day })).and("room.link", "ok").and("room.outside", "because"),
	"… has not begun":           tell("trueconf.certificate", "early", cert(func(w *town) { w.leaf.from = day })),
	"… is for another name":     tell("trueconf.certificate", "name", cert(func(w *town) { w.leaf.host = "other.example" })),
	"… is signed by itself":     tell("trueconf.certificate", "self_signed", cert(func(w *town) { w.leaf.alone = true })),
	"… is the clinic's own": tell("trueconf.certificate", "unknown", cert(func(w *town) {
		own := newAuthority(w.t, "Clinic Root", nil)
		w.by, w.chain = &own, []authority{own}
	})).and("trueconf.server", "ok"),
	"… lacks the one above it": tell("trueconf.certificate", "incomplete", cert(func(w *town) {
		between := newAuthority(w.t, "Between", &w.root)
		w.by, w.leaf.fetch = &between, "http://ca.example/between.crt"
	})),
	"… has the one above it": tell("trueconf.certificate", "ok", cert(func(w *town) {
		between := newAuthority(w.t, "Between", &w.root)
		w.by, w.chain = &between, []authority{between}
	})),
	"TrueConf is plain http": tell("trueconf.certificate", "plain", configure(func(c *config.Config) {
		c.TrueConf.PublicURLs = []config.URL{mustURL("http://" + videoHost)}
	}), func(w *town) { w.clinic.TrueConf = withoutClient }),
	"TrueConf is on this machine": tell("trueconf.certificate", "local", configure(func(c *config.Config) {
		c.TrueConf.URL = mustURL("http://localhost:8080")
	}), func(w *town) { w.dial, w.clinic.TrueConf = aliasing(w, "localhost"), withoutClient }),
	"the port speaks no TLS": tell("trueconf.certificate", "no_tls", func(w *town) { plainly(w, "meet.clinic.example") }, configure(func(c *config.Config) {
		c.TrueConf.PublicURLs = []config.URL{mustURL("https://meet.clinic.example")}
	})),
	"the public address is dead": tell("trueconf.certificate", "unreachable", configure(func(c *config.Config) {
		c.TrueConf.PublicURLs = []config.URL{mustURL("https://meet.clinic.example")}
	})).and("room.outside", "because"),
	"an inner address with a certificate of its own": tell("trueconf.certificate", "private", cert(func(w *town) {
		w.leaf.host = "other.example"
		well := newTown(w.t, func(o *town) { o.leaf.host, o.root = "meet.clinic.example", w.root })
		w.hosts["meet.clinic.example"] = well.hosts[videoHost]
	}), configure(func(c *config.Config) { c.TrueConf.PublicURLs = []config.URL{mustURL("https://meet.clinic.example")} })).and("room.outside", "other"),

	"a secret key": tell("trueconf.credentials", "key", replace(standin.Options{SecretKey: "s3cret-key"}), configure(func(c *config.Config) {
		c.TrueConf.ClientID, c.TrueConf.ClientSecret, c.TrueConf.SecretKey = "", config.Secret{}, config.NewSecret("s3cret-key")
	})).and("room.removed", "ok"),
	"a wrong secret": tell("trueconf.credentials", "refused", configure(func(c *config.Config) {
		c.TrueConf.ClientSecret = config.NewSecret("another")
	})).and("trueconf.version", "because"),
	"an application without scopes": tell("trueconf.credentials", "no_scope", scopes([]string{}...)),
	"no token":                      tell("trueconf.credentials", "failed", faults("error_500=token")),

	"an older API":         tell("trueconf.version", "older", faults("highest_minor=3")).and("room.outside", "ok"),
	"an API that is older": tell("trueconf.version", "none", faults("highest_minor=2")),
	"a server in trouble":  tell("trueconf.version", "failed", faults("error_500=list")),

	"no scope for rooms":        tell("scope.conferences", "missing", scopes("version:read", "users:read")).and("room.made", "because").and("trueconf.doctors", "ok"),
	"a scope to read rooms":     tell("scope.conferences", "missing", scopes("conferences:read", "conferences.participants:read", "users:read")),
	"trouble after one answer":  tell("scope.conferences", "failed", func(w *town) { w.front = failing(w.tc, "/conferences", 2) }),
	"no scope for participants": tell("scope.participants", "missing", scopes("conferences:read", "conferences:write", "users:read")).and("room.removed", "ok"),
	"no list of participants":   tell("scope.participants", "failed", faults("error_500=participants")).and("room.removed", "ok"),
	"no scope for users":        tell("scope.users", "missing", scopes("conferences")).and("trueconf.service_account", "because").and("room.made", "because"),
	"users in trouble":          tell("scope.users", "failed", faults("error_500=users")),

	"no service account": tell("trueconf.service_account", "unknown", configure(func(c *config.Config) { c.TrueConf.ServiceAccount = "nobody" })).
		and("trueconf.doctors", "ok").and("room.made", "because"),
	"a disabled service account": tell("trueconf.service_account", "disabled", replace(standin.Options{
		ClientID: "id", ClientSecret: "s3cret", Users: []standin.User{{ID: "bedside", Status: -2}, {ID: "doctor1"}},
	})),
	"no answer for the account": tell("trueconf.service_account", "failed", func(w *town) { w.front = failing(w.tc, "/users/bedside", 2) }),
	"a doctor who is not there": tell("trueconf.doctors", "unknown", configure(func(c *config.Config) { c.Staff[0].TrueConfID = "ghost" })),
	"no answer for a doctor":    tell("trueconf.doctors", "failed", func(w *town) { w.front = failing(w.tc, "/users/doctor1", 1) }),
	"nobody has an account":     tell("trueconf.doctors", "none", configure(func(c *config.Config) { c.Staff[0].TrueConfID = "" })),
	"one seat, all by app": tell("seats", "one", configure(func(c *config.Config) {
		c.Staff, c.TrueConf.GuestSeats = c.Staff[:1], 1
	})),
	"one seat, one by page": tell("seats", "some", configure(func(c *config.Config) { c.TrueConf.GuestSeats = 1 })),
	"no seat":               tell("seats", "zero", configure(func(c *config.Config) { c.TrueConf.GuestSeats = 0 })),

	"ids of the server's own": tell("room.made", "id_refused", faults("own_ids=replaced")),
	"our ids are refused":     tell("room.made", "id_refused", faults("own_ids=refused")),
	"a room that never runs": tell("room.made", "limit", faults("ignore_state"), func(w *town) {
		w.front = instead(w.tc, "/run", http.StatusOK, `{"state":"stopped"}`)
	}).and("room.removed", "because"),
	"no room": tell("room.made", "failed", func(w *town) {
		w.front = instead(w.tc, "POST /api/v3.11/conferences", 400, `{"error":{"code":400,"errors":[{"reason":"x","location":"allow_guests"}]}}`)
	}),
	"a room that stops":               tell("room.run", "stopped", func(w *town) { w.front = instead(w.tc, "GET /api/v3.11/conferences/bs_", 500, `{}`) }).and("room.removed", "ok"),
	"no browser client":               tell("room.link", "no_web", faults("no_web")).and("room.removed", "ok"),
	"links to another host":           tell("room.link", "host", replace(standin.Options{ClientID: "id", ClientSecret: "s3cret", PublicURL: "https://elsewhere.example"})),
	"no links":                        tell("room.link", "failed", faults("error_500=clients")).and("room.removed", "ok"),
	"clients behind a token":          tell("room.outside", "ok", faults("clients_need_token")),
	"clients are closed":              tell("room.outside", "closed", func(w *town) { w.front = instead(w.tc, "GET /api/v3.11/software/clients?call_id", 200, `<html>`) }),
	"frames are refused":              tell("room.frame", "refused", faults("refuse_frames")),
	"the call page is missing":        tell("room.frame", "failed", func(w *town) { w.front = instead(w.tc, "/webrtc/", 404, `no`) }),
	"a room that will not go":         tell("room.removed", "failed", faults("error_500=delete")),
	"a creation whose answer is lost": tell("room.made", "ok", faults("lost=create:1")).and("room.removed", "ok"),
}

// keptIn gives the town a data folder, with a key of these rights.
func keptIn(key os.FileMode) func(*town) {
	return func(w *town) {
		w.clinic.Config.Data = w.t.TempDir()
		require.NoError(w.t, os.WriteFile(filepath.Join(w.clinic.Config.Data, "key"), nil, key))
		w.clinic.Free = func(string) (int64, error) { return 1 << 30, nil }
	}
}

func said(lines []check.Line) string {
	var b strings.Builder
	p := check.Printer{Out: &b, Language: "en"}
	for _, l := range lines {
		p.Line(l)
	}
	return b.String()
}

func withoutClient() (*trueconf.Client, error) { return nil, errors.New("no client") }

func dialling(host string, err error) func(string) error {
	return func(h string) error {
		if h == host {
			return &net.OpError{Op: "dial", Err: err}
		}
		return nil
	}
}

func aliasing(w *town, host string) func(string) error {
	return func(h string) error {
		if h == host {
			w.hosts[host] = w.hosts[videoHost]
		}
		return nil
	}
}

// plainly serves something without TLS under a name.
func plainly(w *town, host string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(w.t, err)
	s := &http.Server{Handler: http.NotFoundHandler(), ErrorLog: discard}
	go func() { _ = s.Serve(l) }()
	w.t.Cleanup(func() { _ = s.Close() })
	w.hosts[host] = l.Addr().String()
}

// instead answers calls that match (a part of "METHOD /path?query") in place of
// the stand-in.
func instead(behind http.Handler, match string, status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Method+" "+r.URL.RequestURI(), match) || strings.HasPrefix(match, "POST") && r.Method+" "+r.URL.Path != match {
			behind.ServeHTTP(w, r)
			return
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

// failing answers 500 from the nth call of a path on.
func failing(behind http.Handler, path string, from int) http.Handler {
	var mu sync.Mutex
	n := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, path) {
			n++
		}
		fail := strings.HasSuffix(r.URL.Path, path) && n >= from
		mu.Unlock()
		if fail {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, `{"error":{"code":500}}`)
			return
		}
		behind.ServeHTTP(w, r)
	})
}

// Each fault is said by the line that must say it, and what is not touched by it
// stays ok. Every outcome of every check is found once at least.
func TestEveryFaultIsSaid(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]bool{}
	t.Run("tales", func(t *testing.T) {
		all := maps.Clone(publicTales)
		maps.Copy(all, tales)
		for name, a := range all {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := newTown(t, a.change...)
				lines := w.clinic.Run(t.Context(), check.All(), nil)
				got := codes(lines)
				for id, code := range a.want {
					require.Equal(t, code, got[id], "%s\n%s", id, said(lines))
				}
				require.Equal(t, len(check.All()), len(lines))
				mu.Lock()
				defer mu.Unlock()
				for i, l := range lines {
					require.Equal(t, check.All()[i].ID, l.Check, "the order is stable")
					wellSaid(t, l)
					seen[l.Check+"/"+l.Code] = true
				}
				if got["room.removed"] != "failed" {
					require.Empty(t, w.tc.Rooms(), "nothing is left at TrueConf")
				}
			})
		}
	})
	for _, k := range check.All() {
		for _, o := range k.Outcomes {
			found := seen[k.ID+"/"+o.Code] || strings.HasSuffix(k.ID, ".certificate") && seen["trueconf.certificate/"+o.Code] // one function looks at both
			require.True(t, found, "no test finds %s/%s", k.ID, o.Code)
		}
	}
}
