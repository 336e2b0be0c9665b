package config

import (
	"reflect"
	"strings"
)

// key is one key of the configuration, as the structs have it.
type key struct {
	path   string // like sites[].name
	parent string // like sites[]; "" at the top
	field  reflect.StructField
	owner  reflect.Type // the struct that has it
	live   bool         // a reload is enough
}

func (k key) name() string { return k.field.Tag.Get("yaml") }

func (k key) secret() bool { return k.field.Type == reflect.TypeFor[Secret]() }

// allKeys are those of the whole file, in the order of the structs.
func allKeys() []key { return keysOf(reflect.TypeFor[Config](), "", false) }

func keysOf(t reflect.Type, parent string, live bool) []key {
	var out []key
	for i := range t.NumField() {
		f := t.Field(i)
		word := f.Tag.Get("yaml")
		if word == "" {
			continue
		}
		k := key{path: join(parent, word), parent: parent, field: f, owner: t, live: live || f.Tag.Get("change") == "live"}
		if f.Type.Kind() == reflect.Slice {
			k.path += "[]"
		}
		inner := structOf(f.Type)
		if inner == nil {
			k.path = strings.TrimSuffix(k.path, "[]")
		}
		out = append(out, k)
		if inner != nil {
			out = append(out, keysOf(inner, k.path, k.live)...)
		}
	}
	return out
}

// structOf is the struct whose keys stand below a field of this type, or nil.
func structOf(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct && scalars[t] == nil {
		return t
	}
	return nil
}

// words are the keys that may stand in a struct, the files of secrets too.
func words(t reflect.Type) []string {
	var out []string
	for _, k := range keysOf(t, "", false) {
		if k.parent != "" {
			continue
		}
		out = append(out, k.name())
		if k.secret() {
			out = append(out, k.name()+"_file")
		}
	}
	return out
}
