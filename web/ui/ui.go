// Package ui holds everything that browsers are given: the launcher for a
// clinic's page, the panel that it frames, the page of a join link, and the
// console of the staff.
//
// The sources are TypeScript in src/, bundled by esbuild into dist/, which is
// committed and embedded, so that a machine with Go alone builds Bedside.
// What most conversations do not need at their start is a second bundle of the panel,
// visit.js, which it fetches when one comes to that.
//
// `go generate ./web/ui` makes dist anew; a test proves that it is current.
//
// The package serves files and knows nothing of conversations. It sets no
// security headers: who may frame a page, and which TrueConf Server a page may
// frame, is known to package web alone. All that it serves works under
//
//	default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';
//	img-src 'self' data: blob:; font-src 'self'; worker-src 'self'; frame-src <TrueConf>; base-uri 'none';
//	form-action 'none'; require-trusted-types-for 'script'
package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:generate go tool -modfile=../../.tools/esbuild.mod esbuild src/launcher/main.ts --bundle --minify --charset=utf8 --format=iife --target=es2020,chrome87,firefox91,safari14 --supported:destructuring=true --legal-comments=none --outfile=dist/widget.js
//go:generate go tool -modfile=../../.tools/esbuild.mod esbuild panel=src/panel/main.ts join=src/join/main.ts console=src/console/main.ts --bundle --minify --charset=utf8 --format=iife --target=es2020,chrome87,firefox91,safari14 --supported:destructuring=true --legal-comments=none --outdir=dist
//go:generate go tool -modfile=../../.tools/esbuild.mod esbuild visit=src/visit/main.ts --bundle --minify --charset=utf8 --format=esm --target=es2020,chrome87,firefox91,safari14 --supported:destructuring=true --legal-comments=none --outdir=dist
//go:generate go tool -modfile=../../.tools/esbuild.mod esbuild push=src/push/worker.ts --bundle --minify --charset=utf8 --format=iife --target=es2020,chrome87,firefox91,safari14 --supported:destructuring=true --legal-comments=none --outdir=dist
//go:generate go tool -modfile=../../.tools/esbuild.mod esbuild panel=src/panel/panel.css visit=src/visit/visit.css join=src/join/join.css console=src/console/console.css --bundle --minify --charset=utf8 --target=chrome87,firefox91,safari14 --legal-comments=none --outdir=dist

//go:embed dist pages
var files embed.FS

// A Page is one of the documents that Bedside serves.
type Page string

// The pages. The launcher is no page: it is /widget.js, for the clinic's own.
const (
	Widget  Page = "widget"
	Join    Page = "join"
	Console Page = "console"
)

// Render gives the page's document with its configuration in it, as a block of
// JSON, which is data and so needs no leave of a content security policy. What
// it holds is seen by everybody who opens the page: nothing secret, nothing of a
// person. Its fields are read by src/shared/page.ts.
func Render(p Page, config any) ([]byte, error) {
	doc, err := files.ReadFile("pages/" + string(p) + ".html")
	if err != nil {
		return nil, fmt.Errorf("ui: no page %q: %w", p, err)
	}
	b, err := json.Marshal(config) // escapes < > &, so that no text ends the block
	if err != nil {
		return nil, fmt.Errorf("ui: configuration of page %q: %w", p, err)
	}
	return bytes.Replace(doc, []byte("{{config}}"), b, 1), nil
}

// An asset is one file of dist in both of its forms.
type asset struct {
	kind, etag   string
	plain, small []byte
}

// Assets serves GET /widget.js, the push worker of either page, and everything that
// the pages ask for below /ui/. Its answers may be kept by browsers but are asked for again each time,
// so that a new version holds from the next page on.
func Assets() http.Handler {
	all := map[string]asset{}
	names, err := fs.Glob(files, "dist/*")
	if err != nil {
		panic("ui: " + err.Error()) // the pattern is ours
	}
	for _, name := range names {
		all["/ui/"+path.Base(name)] = load(name)
	}
	all["/widget.js"] = all["/ui/widget.js"]
	for _, folder := range []string{"/widget/", "/console/"} {
		all[folder+"push.js"] = all["/ui/push.js"] // a worker has power below its own folder alone
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := all[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		a.serve(w, r)
	})
}

func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Accept-Encoding")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin") // a clinic's page may ask for it of every script
	body, tag := a.plain, a.etag
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body, tag = a.small, a.etag+"-gz"
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

func load(name string) asset {
	b, err := files.ReadFile(name)
	if err != nil {
		panic("ui: embedded file vanished: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return asset{kind: kindOf(name), etag: hex.EncodeToString(sum[:12]), plain: b, small: squeeze(b)}
}

func kindOf(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return "application/octet-stream"
}

func squeeze(b []byte) []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is a constant that exists
	_, _ = z.Write(b)                                       // a bytes.Buffer does not fail
	_ = z.Close()
	return out.Bytes()
}
