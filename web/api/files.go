// Package api holds the description of the wire: OpenAPI for the calls,
// AsyncAPI for the socket, and the JSON Schemas that both refer to, which are
// generated from the Go structs. Tests of package web hold them to the code.
package api

import (
	"embed"
	"net/http"
	"path"
)

//go:embed openapi.yaml asyncapi.yaml wire.schema.json
var files embed.FS

// kinds are the files' media types; a machine's own table may not know YAML.
var kinds = map[string]string{".yaml": "application/yaml", ".json": "application/json"}

// Files serves them, each at the root by its name.
func Files() http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kinds[path.Ext(r.URL.Path)])
		server.ServeHTTP(w, r)
	})
}

// Read gives one of them.
func Read(name string) ([]byte, error) { return files.ReadFile(name) }
