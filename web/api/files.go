// Package api holds the description of the wire: OpenAPI for the calls,
// AsyncAPI for the socket, and the JSON Schemas that both refer to, which are
// generated from the Go structs. Tests of package web hold them to the code.
package api

import (
	"embed"
	"net/http"
)

//go:embed openapi.yaml asyncapi.yaml wire.schema.json
var files embed.FS

// Files serves them, each at the root by its name.
func Files() http.Handler { return http.FileServerFS(files) }

// Read gives one of them.
func Read(name string) ([]byte, error) { return files.ReadFile(name) }
