// Package wire holds the shapes of everything that crosses Bedside's wire: the
// bodies of HTTP calls, the frames of the socket, close codes, and the body of
// each kind of entry as readers get it.
//
// The structs are the one source. The program gen beside them writes the
// TypeScript (web/ui/src/wire.ts) and the JSON Schemas (web/api/wire.schema.json)
// to which the OpenAPI and AsyncAPI files refer; tests fail when either is not
// current. The package knows shapes only: it signs nobody in and decides nothing.
//
// Times travel as RFC 3339 in UTC, sequences as JSON numbers.
package wire

//go:generate go run bedside/web/wire/gen -ts ../ui/src/wire.ts -schema ../api/wire.schema.json
