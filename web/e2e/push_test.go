//go:build browser

package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// The console's worker runs under the page's own policy, shows a push message while
// nobody looks at the console.
func TestAPushMessageIsShown(t *testing.T) {
	h := servedAs(t, "notify: {push: true}\n")
	doctor := sit(t, "doctor", look{own: true})
	permit(t, doctor.ctx, browser.PermissionSettingGranted, "notifications")
	registered := doctor.workers()
	doctor.signsIn(h)
	doctor.until(h.bedside, "the worker runs", `(navigator.serviceWorker.getRegistration("/console/").then((r) => { window.worker = r; }), window.worker && window.worker.active && window.worker.active.state === "activated")`)
	var id serviceworker.RegistrationID
	select {
	case id = <-registered:
	case <-time.After(patience):
		t.Fatal("no worker is registered")
	}
	origin, err := ask[string](doctor, h.bedside, `location.origin`)
	require.NoError(t, err)
	other := doctor.tab("another page")
	other.open("about:blank")
	const shown = `(window.worker.getNotifications().then((all) => { window.pushed = all.map((n) => n.title).join(); }), window.pushed)`
	require.Eventually(t, func() bool { // the browser learns by and by that nobody looks; a message of the same tag is one message
		_, err := chromedp.Call(doctor.ctx, serviceworker.DeliverPushMessage, serviceworker.DeliverPushMessageParams{
			Origin: origin, RegistrationID: id, Data: `{"title":"A patient for you","body":"You are being rung.","url":"https://elsewhere.example/","tag":"n1"}`,
		})
		if err != nil {
			return false
		}
		said, err := ask[string](doctor, h.bedside, `String(`+shown+`)`)
		return err == nil && said == "A patient for you"
	}, patience, 500*time.Millisecond)
}

// workers tells the registration of the console's worker once there is one.
func (p *person) workers() <-chan serviceworker.RegistrationID {
	p.t.Helper()
	out := make(chan serviceworker.RegistrationID, 1)
	events := chromedp.Events(p.ctx, serviceworker.WorkerRegistrationUpdated)
	_, err := chromedp.Call(p.ctx, serviceworker.Enable, cdp.Empty{})
	require.NoError(p.t, err)
	go func() {
		for e, err := range events {
			if err != nil {
				return
			}
			for _, r := range e.Registrations {
				if strings.HasSuffix(r.ScopeURL, "/console/") {
					select {
					case out <- r.RegistrationID:
					default:
					}
				}
			}
		}
	}()
	return out
}
