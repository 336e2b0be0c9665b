package main

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"bedside/flows"
	"bedside/web/wire"
)

var (
	timeType  = reflect.TypeFor[time.Time]()
	entryType = reflect.TypeFor[wire.Entry]()
	valueType = reflect.TypeFor[flows.Value]()
)

// field is one property of a shape as JSON has it.
type field struct {
	name, doc string
	literal   string // a TypeScript type that the tag ts gives
	optional  bool
	typ       reflect.Type
}

// fieldsOf lists a struct's properties; an embedded struct's are its own.
func fieldsOf(t reflect.Type, d docs) []field {
	var out []field
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			out = append(out, fieldsOf(f.Type, d)...)
			continue
		}
		name, rest, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, field{
			name: name, doc: d[t.String()+"."+f.Name], literal: f.Tag.Get("ts"),
			optional: strings.HasPrefix(rest, "omit"), typ: f.Type,
		})
	}
	return out
}

// shapes are the wire's shapes with all structs that they hold, and the bodies,
// each once, what is held before what holds it.
func shapes() []reflect.Type {
	var out []reflect.Type
	add := func(t reflect.Type) { collect(t, &out) }
	for _, kind := range kinds() {
		add(reflect.TypeOf(bodyOf(kind)))
	}
	for _, t := range wire.Shapes {
		add(t)
	}
	return out
}

func collect(t reflect.Type, out *[]reflect.Type) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == timeType || t == valueType || slices.Contains(*out, t) {
		return
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous {
			collectFields(f.Type, out)
		} else {
			collect(f.Type, out)
		}
	}
	*out = append(*out, t)
}

// collectFields takes what an embedded struct holds and not itself.
func collectFields(t reflect.Type, out *[]reflect.Type) {
	for i := range t.NumField() {
		collect(t.Field(i).Type, out)
	}
}

// kinds are the names of all kinds that a reader may see, sorted.
func kinds() []string {
	var out []string
	for kind := range wire.Bodies {
		out = append(out, string(kind))
	}
	slices.Sort(out)
	return out
}
