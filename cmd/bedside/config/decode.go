package config

import (
	"errors"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// decoder fills a struct from a tree of YAML and remembers where every value
// stood, so that later checks can point at it. It never stops at the first
// problem.
type decoder struct {
	file     string
	folder   string // to which paths in the file are relative
	env      func(name string) string
	places   map[string]*yaml.Node // by path, like staff[1].login
	from     map[string]Source     // likewise
	asked    map[string]bool       // variables of the environment that hold secrets
	bad      map[string]bool       // paths of which something is said already
	problems Problems
	warnings Problems
}

func newDecoder(file, folder string, env func(string) string) *decoder {
	return &decoder{
		file: file, folder: folder, env: env,
		places: map[string]*yaml.Node{}, from: map[string]Source{}, bad: map[string]bool{}, asked: map[string]bool{},
	}
}

// report notes a problem of the value at the path, which stands at n.
func (d *decoder) report(path string, n *yaml.Node, what, cure string) {
	d.bad[path] = true
	d.problems = append(d.problems, d.problem(n, what, cure))
}

func (d *decoder) problem(n *yaml.Node, what, cure string) Problem {
	p := Problem{File: d.file, What: what, Cure: cure}
	if n != nil {
		p.Line, p.Column = n.Line, n.Column
	}
	return p
}

// at reports what a check found about the value at the path, or about the nearest
// one around it; not where the reading has found something there already, from
// which it may only follow.
func (d *decoder) at(path, what, cure string) {
	if d.spoiled(path) {
		return
	}
	said, place := name(path)+" "+what, d.nearest(path)
	if s := d.from[path]; s.Kind == FromEnvironment {
		said, place = name(path)+" (from the environment, "+s.Name+") "+what, d.places[path]
	}
	d.problems = append(d.problems, d.problem(place, said, cure))
}

// nearest is the node at a path, or of the nearest value around it: of what is
// missing altogether the beginning of the file, where it can be written.
func (d *decoder) nearest(path string) *yaml.Node {
	for p := path; ; {
		if n := d.places[p]; n != nil {
			return n
		}
		if p == "" {
			return nil
		}
		p = p[:max(strings.LastIndexAny(p, ".["), 0)]
	}
}

// spoiled reports whether a problem is told of one of the values already, or of
// one around it: then nothing that follows from it is worth saying.
func (d *decoder) spoiled(paths ...string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		for {
			if d.bad[p] {
				return true
			}
			cut := strings.LastIndexAny(p, ".[")
			if cut < 0 {
				return p != "" && d.bad[""]
			}
			p = p[:cut]
		}
	})
}

func (d *decoder) decode(path string, n *yaml.Node, v reflect.Value, tag reflect.StructTag) {
	d.places[path] = n
	if n.Kind == 0 { // the tree's reader has said what is wrong here
		d.bad[path] = true
		return
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		d.report(path, n, name(path)+" is empty", "give it a value or remove the key")
		return
	}
	if parse, ok := scalars[v.Type()]; ok {
		d.scalar(path, n, v, tag, parse)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(path, n, v)
	case reflect.Slice:
		d.sequence(path, n, v, tag)
	default:
		panic("config: no reader for " + v.Type().String()) // a field of ours that nobody can fill
	}
}

func (d *decoder) sequence(path string, n *yaml.Node, v reflect.Value, tag reflect.StructTag) {
	if n.Kind != yaml.SequenceNode {
		d.report(path, n, path+" is no list", "begin each of its lines with a dash, or write [one, two]")
		return
	}
	d.note(path, n)
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, c := range n.Content {
		d.decode(item(path, i), c, out.Index(i), tag)
	}
	v.Set(out)
}

func (d *decoder) mapping(path string, n *yaml.Node, v reflect.Value) {
	if i := standsAlone(v.Type()); i >= 0 && n.Kind == yaml.ScalarNode {
		f := v.Type().Field(i)
		d.decode(join(path, f.Tag.Get("yaml")), n, v.Field(i), f.Tag)
		return
	}
	if n.Kind != yaml.MappingNode {
		d.report(path, n, name(path)+" is no mapping", "write keys and values below it")
		return
	}
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		seen[key.Value] = value
		d.entry(path, key, value, v)
	}
	d.secrets(path, seen, v)
}

func (d *decoder) entry(path string, key, value *yaml.Node, v reflect.Value) {
	full := join(path, key.Value)
	if i := field(v.Type(), key.Value); i >= 0 {
		d.decode(full, value, v.Field(i), v.Type().Field(i).Tag)
		return
	}
	if base, ok := strings.CutSuffix(key.Value, "_file"); ok {
		if i := field(v.Type(), base); i >= 0 && v.Type().Field(i).Type == reflect.TypeFor[Secret]() {
			d.places[full] = value
			return // read by secrets, which knows both keys
		}
	}
	d.unknown(path, key, v.Type())
}

func (d *decoder) scalar(path string, n *yaml.Node, v reflect.Value, tag reflect.StructTag, parse func(string) (any, error)) {
	if n.Kind != yaml.ScalarNode {
		d.report(path, n, path+" is no single value", "write it on the line of its key")
		return
	}
	if tag.Get("text") != "free" {
		if what, cure := odd(n.Value); what != "" {
			d.report(path, n, path+" "+what, cure)
			return
		}
	}
	value, err := parse(n.Value)
	if err == nil {
		err = within(value, tag)
	}
	if err != nil {
		what, cure, _ := strings.Cut(err.Error(), "; ")
		d.report(path, n, path+" "+what, cure)
		return
	}
	d.note(path, n)
	v.Set(reflect.ValueOf(value).Convert(v.Type()))
}

// odd finds what a word processor or a chat puts into a copied value: quotes that
// are none to YAML, and spaces that are none to anybody.
func odd(text string) (what, cure string) {
	for _, r := range text {
		switch {
		case strings.ContainsRune("“”„‟‘’‚«»", r):
			return fmt.Sprintf("holds the curly quote %c", r), `write straight quotes ("), or none`
		case r == '\u200b', r == '\u200c', r == '\u200d', r == '\u2060', r == '\ufeff', r != ' ' && unicode.IsSpace(r), unicode.IsControl(r):
			return fmt.Sprintf("holds the character U+%04X, which cannot be seen", r), "delete it and type the value anew"
		}
	}
	return "", ""
}

// scalars are the types that one YAML scalar fills. Errors are "what; cure"
// and never repeat the value, which may be a secret.
var scalars = map[reflect.Type]func(string) (any, error){
	reflect.TypeFor[string]():        func(s string) (any, error) { return s, nil },
	reflect.TypeFor[Secret]():        func(s string) (any, error) { return NewSecret(s), nil },
	reflect.TypeFor[URL]():           func(s string) (any, error) { return ParseURL(s) },
	reflect.TypeFor[Origin]():        func(s string) (any, error) { return parseOrigin(s) },
	reflect.TypeFor[Address]():       func(s string) (any, error) { return parseAddress(s) },
	reflect.TypeFor[time.Duration](): func(s string) (any, error) { return parseDuration(s) },
	reflect.TypeFor[Age]():           func(s string) (any, error) { return parseAge(s) },
	reflect.TypeFor[netip.Prefix]():  func(s string) (any, error) { return parsePrefix(s) },
	reflect.TypeFor[int]():           func(s string) (any, error) { return parseCount(s) },
	reflect.TypeFor[bool](): func(s string) (any, error) {
		if s != "true" && s != "false" {
			return false, errors.New("is neither true nor false; write one of them")
		}
		return s == "true", nil
	},
}

func field(t reflect.Type, key string) int {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("yaml") == key && key != "" {
			return i
		}
	}
	return -1
}

// standsAlone is the field of a section whose value may stand in the section's
// place, -1 for none.
func standsAlone(t reflect.Type) int {
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("alone") == "true" {
			return i
		}
	}
	return -1
}

func item(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func name(path string) string {
	if path == "" {
		return "the file"
	}
	return path
}
