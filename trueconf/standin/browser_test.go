//go:build browser

// The call page in real Chromiums with fake cameras. Run with
//
//	go test -tags browser ./trueconf/standin
//
// A machine without chromium skips these tests, unless CI=true says that it must
// have one.
package standin_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"bedside/trueconf/standin"
)

// browser starts a Chromium of its own with a new profile.
func browser(t *testing.T, extra ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := chromium(t)
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoFirstRun, chromedp.NoSandbox,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("allow-loopback-in-peer-connection", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.WindowSize(1000, 700),
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(opts, extra...)...)
	ctx, cancel := chromedp.NewContext(alloc)
	heard := make(chan struct{})
	t.Cleanup(func() { cancel(); stop(); <-heard })
	require.NoError(t, chromedp.Do(ctx)) // starts it; the first context must have no deadline
	go func() {
		defer close(heard)
		for m, err := range chromedp.Console(ctx) {
			if err != nil {
				return
			}
			t.Logf("console: %+v", m)
		}
	}()
	bounded, done := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(done)
	return bounded
}

// fakeCamera gives a browser a moving picture and beeps, and answers its prompt.
func fakeCamera() []chromedp.ExecAllocatorOption {
	return []chromedp.ExecAllocatorOption{
		chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("auto-select-desktop-capture-source", "Entire screen"),
	}
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("CI=true, but there is no chromium")
	}
	t.Skip("skipped: no chromium")
	return ""
}

// hall serves a stand-in whose links stand on trueconf.localhost, and one running
// room for two.
func hall(t *testing.T, sw standin.Switches) (a *api, room string) {
	t.Helper()
	a = serve(t, standin.Options{Switches: sw}).login()
	return a, a.room(`,"id":"bs_test_room"`)
}

// publicly moves a link to the host name that only a browser resolves.
func publicly(link string) string { return strings.Replace(link, "127.0.0.1", "trueconf.localhost", 1) }

func eval[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	require.NoError(t, err)
	return v
}

func state(t *testing.T, ctx context.Context) string {
	t.Helper()
	return eval[string](t, ctx, `document.getElementById("call")?.dataset.state ?? ""`)
}

// await asks ten times a second until a condition holds, in the test's goroutine.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); !holds(); <-tick.C {
		require.True(t, time.Now().Before(deadline), "it never came about that %s", what)
	}
}

func open(t *testing.T, ctx context.Context, link string) {
	t.Helper()
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(link)))
}

// frames is how many pictures of somebody else a page has decoded.
func frames(t *testing.T, ctx context.Context) int {
	t.Helper()
	return eval[int](t, ctx, `Number(document.getElementById("call").dataset.framesDecoded ?? 0)`)
}

func moving(t *testing.T, ctx context.Context, who string) {
	t.Helper()
	await(t, who+" sees a picture", func() bool { return frames(t, ctx) > 5 })
	seen := frames(t, ctx)
	await(t, who+" sees it move", func() bool { return frames(t, ctx) > seen+10 })
}

// before runs a script in every later document, ahead of the page's own.
func before(t *testing.T, ctx context.Context, script string) {
	t.Helper()
	_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
	require.NoError(t, err)
}

// click presses a control by its id, as the keyboard or a finger would.
func click(t *testing.T, ctx context.Context, id string) {
	t.Helper()
	require.NoError(t, chromedp.Do(ctx, chromedp.Click("#"+id)))
}

// says reads an element's text.
func says(t *testing.T, ctx context.Context, selector string) string {
	t.Helper()
	return eval[string](t, ctx, `document.querySelector(`+"`"+selector+"`"+`)?.textContent ?? ""`)
}

// shot keeps a picture of the page when BEDSIDE_SHOTS names a folder.
func shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("BEDSIDE_SHOTS")
	if dir == "" {
		return
	}
	for _, size := range []struct {
		name string
		w, h int64
	}{{"phone", 390, 844}, {"desktop", 1280, 800}} {
		require.NoError(t, chromedp.Do(ctx, chromedp.EmulateViewport(size.w, size.h)))
		time.Sleep(300 * time.Millisecond) // a picture for people: nothing depends on it
		png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+"-"+size.name+".png"), png, 0o644))
	}
}
