package main

import (
	"encoding/json"
	"fmt"
	"reflect"

	"bedside/bot"
	"bedside/web/wire"

	"github.com/google/jsonschema-go/jsonschema"
)

// schemas gives one JSON Schema document (2020-12) with every shape under
// $defs, so that the API's files can refer to them by name.
func schemas(d docs) ([]byte, error) {
	defs := map[string]*jsonschema.Schema{}
	for name, words := range wire.Words {
		defs[name] = enum(words)
	}
	defs["Kind"] = enum(kinds())
	refs := references()
	for _, t := range shapes() {
		s, err := schemaOf(t, refs, d)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name(), err)
		}
		defs[t.Name()] = s
	}
	defs["Entry"].OneOf = entryByKind()
	defs["EntryFrame"].OneOf = entryByKind()
	doc := &jsonschema.Schema{
		Schema: "https://json-schema.org/draft/2020-12/schema",
		Title:  "Bedside's wire", Description: "Generated from the Go structs of web/wire; do not edit.",
		Defs: defs,
	}
	b, err := json.MarshalIndent(doc, "", "  ")
	return append(b, '\n'), err
}

// references are the schemas by which shapes name each other and the words.
func references() map[reflect.Type]*jsonschema.Schema {
	refs := map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[bot.Kind](): ref("Kind"), reflect.TypeFor[bot.Role](): ref("Role"),
		reflect.TypeFor[bot.Phase](): ref("Phase"), reflect.TypeFor[bot.How](): ref("How"),
		reflect.TypeFor[bot.CallState](): ref("CallState"), reflect.TypeFor[bot.EndWhy](): ref("EndWhy"),
		reflect.TypeFor[bot.CloseWhy](): ref("CloseWhy"), reflect.TypeFor[bot.Do](): ref("Do"),
		valueType:                   {Types: []string{"string", "number", "boolean", "array", "null"}},
		reflect.TypeFor[bot.Code](): ref("Code"),
	}
	for _, t := range shapes() {
		refs[t] = ref(t.Name())
	}
	return refs
}

func schemaOf(t reflect.Type, refs map[reflect.Type]*jsonschema.Schema, d docs) (*jsonschema.Schema, error) {
	s := &jsonschema.Schema{Type: "object", Description: d.of(t),
		Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}}}
	for _, f := range fieldsOf(t, d) {
		p, err := propertySchema(f, refs)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		if f.doc != "" {
			p.Description = f.doc
		}
		s.Properties[f.name] = p
		s.PropertyOrder = append(s.PropertyOrder, f.name)
		if !f.optional {
			s.Required = append(s.Required, f.name)
		}
	}
	return s, nil
}

func propertySchema(f field, refs map[reflect.Type]*jsonschema.Schema) (*jsonschema.Schema, error) {
	if f.literal != "" {
		var word any = f.literal[1 : len(f.literal)-1]
		return &jsonschema.Schema{Const: &word}, nil
	}
	t := f.typ
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	s, err := jsonschema.ForType(t, &jsonschema.ForOptions{TypeSchemas: refs})
	if err != nil {
		return nil, err
	}
	if t.Kind() == reflect.Slice { // never null on the wire
		s.Types, s.Type = nil, "array"
	}
	return s, nil
}

// entryByKind ties an entry's body to its kind.
func entryByKind() []*jsonschema.Schema {
	var out []*jsonschema.Schema
	for _, kind := range kinds() {
		var word any = kind
		out = append(out, &jsonschema.Schema{Properties: map[string]*jsonschema.Schema{
			"kind": {Const: &word},
			"body": ref(reflect.TypeOf(bodyOf(kind)).Name()),
		}})
	}
	return out
}

func enum(words []string) *jsonschema.Schema {
	all := make([]any, len(words))
	for i, w := range words {
		all[i] = w
	}
	return &jsonschema.Schema{Type: "string", Enum: all}
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }
