//go:build browser

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// patience is how long anything may take to come about.
const patience = 45 * time.Second

// person is somebody at a browser of their own.
type person struct {
	t      *testing.T
	name   string
	ctx    context.Context // the tab
	frames map[target.ID]context.Context
	dark   bool
}

// look is how a person's browser is set.
type look struct {
	width, height int
	dark          bool
	language      string
	noCamera      bool   // the person refuses
	pin           string // of the one certificate that the browser trusts by itself
	profile       string // a folder that outlives the browser; none is a new one
	asks          bool   // the browser has not been allowed anything yet
	camera        string // a film for the camera; none is Chromium's own
	own           bool   // a process of their own
}

// sit gives a person a browser in which nothing is stored yet.
func sit(t *testing.T, name string, l look) *person {
	t.Helper()
	if l.width == 0 {
		l.width, l.height = 1280, 800
	}
	if l.language == "" {
		l.language = "en"
	}
	ctx := shared.tab(t, l)
	require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(int64(l.width), int64(l.height))))
	switch {
	case l.asks:
		permit(t, ctx, browser.PermissionSettingPrompt, "camera", "microphone")
	case !l.noCamera:
		permit(t, ctx, browser.PermissionSettingGranted, "camera", "microphone")
	}
	p := &person{t: t, name: name, ctx: ctx, frames: map[target.ID]context.Context{}}
	if l.dark {
		p.inTheDark(ctx)
	}
	p.dark = l.dark
	go p.listen()
	return p
}

// listen puts what the pages complain of into the test's log.
func (p *person) listen() {
	for m, err := range chromedp.Console(p.ctx) {
		if err != nil {
			return
		}
		p.t.Logf("%s's console: %v", p.name, m)
	}
}

// inTheDark has a document believe that the person's system is dark.
func (p *person) inTheDark(ctx context.Context) {
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	require.NoError(p.t, err)
}

func (p *person) open(url string) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, chromedp.Navigate(url)))
}

// at gives the document of a host, known by its port: the tab's own, or a frame's.
func (p *person) at(host string) (context.Context, error) {
	all, err := p.targets()
	if err != nil {
		return nil, err
	}
	for _, info := range all {
		if !strings.Contains(info.URL, host[strings.LastIndex(host, ":"):]+"/") {
			continue
		}
		if info.Type == "page" {
			return p.ctx, nil
		}
		if info.Type == "iframe" {
			return p.frame(info.TargetID)
		}
	}
	return nil, fmt.Errorf("%s has no frame of %s", p.name, host)
}

// frame attaches to a frame once, by a context without a deadline: it lasts as
// long as its first one.
func (p *person) frame(id target.ID) (context.Context, error) {
	if ctx, ok := p.frames[id]; ok {
		return ctx, nil
	}
	ctx, cancel := chromedp.NewContext(p.ctx, chromedp.WithTargetID(id))
	p.t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		return nil, err
	}
	if p.dark {
		p.inTheDark(ctx)
	}
	p.frames[id] = ctx
	return ctx, nil
}

// ask evaluates an expression in the document of a host.
func ask[T any](p *person, host, script string) (T, error) {
	var none T
	ctx, err := p.at(host)
	if err != nil {
		return none, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](script))
}

// until waits until an expression holds in the document of a host.
func (p *person) until(host, what, script string) {
	p.t.Helper()
	var last error
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(patience); ; <-tick.C {
		ok, err := ask[bool](p, host, "Boolean("+script+")")
		if err == nil && ok {
			return
		}
		last = err
		if time.Now().After(end) {
			p.picture("stuck-" + p.name)
			text, _ := ask[string](p, host, `document.body.innerText`)
			require.FailNow(p.t, "it never came about", "%s: %s (%v)\n%s", p.name, what, last, text)
		}
	}
}

// sees waits for an element that can be seen.
func (p *person) sees(host, selector string) {
	p.t.Helper()
	p.until(host, "sees "+selector, visible(selector))
}

func (p *person) missing(host, selector string) {
	p.t.Helper()
	p.until(host, "no longer sees "+selector, "!"+visible(selector))
}

// reads waits for words anywhere on the page.
func (p *person) reads(host, words string) {
	p.t.Helper()
	p.until(host, "reads "+words, "document.body.innerText.includes("+quote(words)+")")
}

// press clicks with the mouse what can be seen and is not disabled: calls and new
// tabs want a real press. What comes late may push it aside under the hand; then the
// hand presses once more, where it is now.
func (p *person) press(host, selector string) {
	p.t.Helper()
	for range 10 {
		p.until(host, "can press "+selector, visible(selector)+` && !document.querySelector(`+quote(selector)+`).disabled`)
		at := p.resting(host, selector)
		if p.lands(host, selector, at[0], at[1]) {
			return
		}
	}
	require.FailNow(p.t, p.name+" cannot hit "+selector)
}

// lands clicks, and is false when there was something else at the place.
func (p *person) lands(host, selector string, x, y float64) bool {
	p.t.Helper()
	ctx, err := p.at(host)
	require.NoError(p.t, err)
	there, err := ask[bool](p, host, fmt.Sprintf(`((s) => {
		if (!document.elementFromPoint(%f, %f)?.closest(s)) return false;
		window.hit = undefined;
		addEventListener("click", (e) => { window.hit = Boolean(e.target.closest?.(s)) }, { capture: true, once: true });
		return true;
	})(%s)`, x, y, quote(selector)))
	require.NoError(p.t, err)
	if !there {
		return false
	}
	require.NoError(p.t, chromedp.Do(ctx, chromedp.MouseClickXY(x, y)))
	hit, err := ask[bool](p, host, `window.hit !== false`) // the page may be another one by now
	return err != nil || hit
}

// resting gives the middle of an element as soon as it stays where it is: the
// panel grows and shrinks by a transition.
func (p *person) resting(host, selector string) []float64 {
	p.t.Helper()
	var before []float64
	for range 100 {
		at, err := ask[[]float64](p, host, `((e) => { e.scrollIntoView({ block: "nearest" }); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2, innerWidth, innerHeight] })(document.querySelector(`+quote(selector)+`))`)
		require.NoError(p.t, err)
		if slices.Equal(at, before) {
			return at
		}
		before = at
		time.Sleep(100 * time.Millisecond)
	}
	require.FailNow(p.t, selector+" never comes to rest")
	return nil
}

// types puts words into a field and sends its form.
func (p *person) types(host, form, words string) {
	p.t.Helper()
	field := form + " :is(textarea, input:not([type=checkbox]))"
	p.sees(host, field)
	p.until(host, "may type", `!document.querySelector(`+quote(field)+`).disabled`)
	_, err := ask[bool](p, host, `(() => {
		const form = document.querySelector(`+quote(form)+`), field = form.querySelector("textarea") ?? form.querySelector("input");
		field.value = `+quote(words)+`;
		field.dispatchEvent(new Event("input", { bubbles: true }));
		form.requestSubmit();
		return true;
	})()`)
	require.NoError(p.t, err)
}

// writes puts words into the composer and does not send them.
func (p *person) writes(host, words string) {
	p.t.Helper()
	p.sees(host, ".composer textarea")
	_, err := ask[bool](p, host, `((f) => { f.value = `+quote(words)+`; f.dispatchEvent(new Event("input", { bubbles: true })); return true })(document.querySelector(".composer textarea"))`)
	require.NoError(p.t, err)
}

// picture writes what the person sees, where pictures are wanted.
func (p *person) picture(name string) {
	folder := os.Getenv("BEDSIDE_PICTURES")
	if folder == "" {
		return
	}
	shot, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	for range 4 { // a frame of another site is painted a little later than its page
		before := shot
		if shot, err = chromedp.Run(p.ctx, chromedp.CaptureScreenshot()); err != nil || bytes.Equal(before, shot) {
			break
		}
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), shot, 0o600)
	}
	if err != nil {
		p.t.Logf("no picture %s: %v", name, err)
	}
}

func visible(selector string) string {
	return `((e) => e && e.getClientRects().length > 0)(document.querySelector(` + quote(selector) + `))`
}

func quote(s string) string {
	b, _ := json.Marshal(s) // a string always can
	return string(b)
}
