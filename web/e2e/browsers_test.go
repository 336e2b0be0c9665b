//go:build browser

package e2e

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// browsers are the running browsers in which persons have a context of their own:
// storage, cookies, permissions and windows, and nothing else of one another. To
// start one costs more than most of what a person then does in it.
type browsers struct {
	mu      sync.Mutex
	running map[kind]context.Context
	folder  string // of their profiles
}

// kind is what a browser is told when it starts, and what cannot differ within it.
type kind struct {
	language string
	noCamera bool
	pin      string
}

// alone is whether a person needs a process of their own: to be killed, to keep a
// profile, to show a film to the camera.
func (l look) alone() bool {
	return l.own || l.profile != "" || l.camera != ""
}

// tab opens the tab of a person as they look.
func (b *browsers) tab(t *testing.T, l look) context.Context {
	t.Helper()
	if l.alone() {
		if l.profile == "" {
			l.profile = t.TempDir()
		}
		alloc, stop := chromedp.NewExecAllocator(context.Background(), flags(t, l)...)
		ctx, cancel := chromedp.NewContext(alloc)
		t.Cleanup(func() { cancel(); stop() })
		return ctx
	}
	ctx, cancel := chromedp.NewContext(b.of(t, l), chromedp.WithNewBrowserContext(), chromedp.WithNewWindow(true))
	t.Cleanup(cancel)
	// The windows of one browser take the focus from one another, unlike those of
	// people at desks of their own.
	_, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	require.NoError(t, err)
	return ctx
}

// of starts the browser of a kind when it is first asked for, and anew when it fell
// over.
func (b *browsers) of(t *testing.T, l look) context.Context {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	k := kind{language: l.language, noCamera: l.noCamera, pin: l.pin}
	if ctx, ok := b.running[k]; ok {
		if _, err := chromedp.Targets(ctx); err == nil {
			return ctx
		}
	}
	var err error
	l.profile, err = os.MkdirTemp(b.folder, "profile-")
	require.NoError(t, err)
	alloc, _ := chromedp.NewExecAllocator(context.Background(), flags(t, l)...)
	ctx, _ := chromedp.NewContext(alloc)
	require.NoError(t, chromedp.Do(ctx, chromedp.Navigate("about:blank")))
	b.running[k] = ctx
	return ctx
}

// close ends them all, before their profiles are removed.
func (b *browsers) close() {
	for _, ctx := range b.running {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		_ = chromedp.Cancel(ctx)
		cancel()
	}
}

func flags(t *testing.T, l look) []chromedp.ExecAllocatorOption {
	t.Helper()
	out := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(l.profile), chromedp.NoFirstRun, chromedp.NoSandbox,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-quic", true), chromedp.Flag("mute-audio", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true), chromedp.Flag("disable-renderer-backgrounding", true), // two people look at once
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("disable-features", "WebUIOmniboxPopup,WebUIOmniboxAimPopup"), // each window would load two pages for its address bar
		chromedp.Flag("allow-loopback-in-peer-connection", true), chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("lang", l.language), chromedp.Flag("accept-lang", l.language), chromedp.WindowSize(l.width, l.height),
	}
	if l.noCamera {
		out = append(out, chromedp.Flag("deny-permission-prompts", true))
	} else {
		out = append(out, chromedp.Flag("use-fake-ui-for-media-stream", true))
	}
	if l.pin != "" {
		out = append(out, chromedp.Flag("ignore-certificate-errors-spki-list", l.pin))
	}
	if l.camera != "" {
		out = append(out, chromedp.Flag("use-file-for-fake-video-capture", l.camera))
	}
	return out
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

// permit settles what the browser answers when pages of any site ask a person for
// devices.
func permit(t *testing.T, ctx context.Context, answer browser.PermissionSetting, devices ...string) {
	t.Helper()
	for _, name := range devices {
		_, err := chromedp.Call(ctx, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: name}, Setting: answer, BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
		})
		require.NoError(t, err)
	}
}

// targets are the tabs and frames of the person alone.
func (p *person) targets() ([]*target.Info, error) {
	all, err := chromedp.Targets(p.ctx)
	own := chromedp.FromContext(p.ctx).BrowserContextID
	if own == "" {
		return all, err
	}
	var out []*target.Info
	for _, info := range all {
		if info.BrowserContextID == own {
			out = append(out, info)
		}
	}
	return out, err
}
