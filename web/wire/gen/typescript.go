package main

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"bedside/bot"
	"bedside/web/wire"
)

const banner = `// Generated from the Go structs of web/wire by its program gen. Do not edit:
// change the structs and run ` + "`go generate ./web/wire`" + `.

/** A moment, RFC 3339 in UTC. */
export type Time = string;

/** An answer; null is one that was passed over. */
export type Value = string | number | boolean | string[] | null;

/** The socket's subprotocol. */
export const SUBPROTOCOL = '` + wire.Subprotocol + `';
`

// typeScript gives the module that the front end imports.
func typeScript(d docs) []byte {
	var b bytes.Buffer
	b.WriteString(banner)
	writeCodes(&b)
	for _, name := range slices.Sorted(maps.Keys(wire.Words)) {
		fmt.Fprintf(&b, "\nexport type %s = %s;\n", name, union(wire.Words[name]))
	}
	fmt.Fprintf(&b, "\nexport type Kind = %s;\n", union(kinds()))
	for _, t := range shapes() {
		writeShape(&b, t, d)
	}
	writeEntry(&b)
	fmt.Fprintf(&b, "\nexport type ClientFrame = %s;\n", strings.Join(wire.ClientFrames, " | "))
	fmt.Fprintf(&b, "\nexport type ServerFrame = %s;\n", strings.Join(wire.ServerFrames, " | "))
	return b.Bytes()
}

func writeCodes(b *bytes.Buffer) {
	b.WriteString("\n/** Close codes: the ten says what to do. */\nexport const CLOSE = {\n")
	names := slices.SortedFunc(maps.Keys(wire.CloseCodes), func(x, y string) int {
		return wire.CloseCodes[x] - wire.CloseCodes[y]
	})
	for _, name := range names {
		fmt.Fprintf(b, "  %s: %d,\n", name, wire.CloseCodes[name])
	}
	b.WriteString("} as const;\n")
}

func writeShape(b *bytes.Buffer, t reflect.Type, d docs) {
	if t == entryType {
		return
	}
	b.WriteString("\n")
	if doc := d.of(t); doc != "" {
		fmt.Fprintf(b, "/** %s */\n", doc)
	}
	if t == reflect.TypeFor[wire.EntryFrame]() {
		b.WriteString("export type EntryFrame = Entry & { type: 'entry'; conversation: string };\n")
		return
	}
	fmt.Fprintf(b, "export interface %s {\n", t.Name())
	for _, f := range fieldsOf(t, d) {
		if f.doc != "" {
			fmt.Fprintf(b, "  /** %s */\n", f.doc)
		}
		mark := ""
		if f.optional {
			mark = "?"
		}
		fmt.Fprintf(b, "  %s%s: %s;\n", f.name, mark, tsType(f))
	}
	b.WriteString("}\n")
}

// writeEntry makes the entry a union by kind, so that a switch over kind knows
// the body.
func writeEntry(b *bytes.Buffer) {
	b.WriteString("\n/** The body of an entry by its kind. */\nexport interface Bodies {\n")
	for _, kind := range kinds() {
		fmt.Fprintf(b, "  '%s': %s;\n", kind, reflect.TypeOf(bodyOf(kind)).Name())
	}
	b.WriteString("}\n\n/** One entry as its reader may see it. Where prev is not the last one had, there is a gap to fetch. */\n")
	b.WriteString("export type EntryOf<K extends Kind> = { seq: number; prev: number; at: Time; kind: K; by: By; body: Bodies[K] };\n")
	b.WriteString("\nexport type Entry = { [K in Kind]: EntryOf<K> }[Kind];\n")
}

func tsType(f field) string {
	if f.literal != "" {
		return f.literal
	}
	return tsName(f.typ)
}

func tsName(t reflect.Type) string {
	switch {
	case t == timeType:
		return "Time"
	case t == reflect.TypeFor[bot.Kind]():
		return "Kind"
	case t == valueType:
		return "Value"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return tsName(t.Elem())
	case reflect.Slice:
		return tsName(t.Elem()) + "[]"
	case reflect.Map:
		return "Record<string, " + tsName(t.Elem()) + ">"
	case reflect.Struct:
		return t.Name()
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		if _, ok := wire.Words[t.Name()]; ok {
			return t.Name()
		}
		return "string"
	case reflect.Int, reflect.Int64, reflect.Uint64, reflect.Float64:
		return "number"
	}
	return "unknown"
}

func union(words []string) string { return "'" + strings.Join(words, "' | '") + "'" }

func bodyOf(kind string) any { return wire.Bodies[bot.Kind(kind)] }
