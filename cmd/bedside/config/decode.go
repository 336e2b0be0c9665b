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

	"go.yaml.in/yaml/v3"
)

// decoder fills a struct from a tree of YAML and remembers where every value
// stood, so that later checks can point at it. It never stops at the first
// problem.
type decoder struct {
	file     string
	read     func(path string) ([]byte, error) // of a *_file
	env      func(name string) string
	places   map[string]*yaml.Node // by path, like staff[1].login
	problems Problems
}

func (d *decoder) report(n *yaml.Node, what, cure string) {
	p := Problem{File: d.file, What: what, Cure: cure}
	if n != nil {
		p.Line, p.Column = n.Line, n.Column
	}
	d.problems = append(d.problems, p)
}

// at reports about the value at the path, or about the nearest one around it.
func (d *decoder) at(path, what, cure string) {
	for p := path; ; {
		if n := d.places[p]; n != nil {
			d.report(n, path+" "+what, cure)
			return
		}
		cut := strings.LastIndexAny(p, ".[")
		if cut < 0 {
			d.report(nil, path+" "+what, cure)
			return
		}
		p = p[:cut]
	}
}

func (d *decoder) decode(path string, n *yaml.Node, v reflect.Value) {
	d.places[path] = n
	if n.Kind == yaml.AliasNode {
		d.report(n, path+" is an alias", "write the value out")
		return
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		d.report(n, path+" is empty", "give it a value or remove the key")
		return
	}
	if parse, ok := scalars[v.Type()]; ok {
		d.scalar(path, n, v, parse)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(path, n, v)
	case reflect.Slice:
		d.sequence(path, n, v)
	default:
		panic("config: no reader for " + v.Type().String()) // a field of ours that nobody can fill
	}
}

func (d *decoder) sequence(path string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		d.report(n, path+" is no list", "begin each of its lines with a dash, or write [one, two]")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	for i, c := range n.Content {
		d.decode(fmt.Sprintf("%s[%d]", path, i), c, out.Index(i))
	}
	v.Set(out)
}

func (d *decoder) mapping(path string, n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.report(n, name(path)+" is no mapping", "write keys and values below it")
		return
	}
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if seen[key.Value] != nil {
			d.report(key, join(path, key.Value)+" stands twice", "keep one")
			continue
		}
		seen[key.Value] = value
		d.entry(path, key, value, v)
	}
	d.secrets(path, seen, v)
}

func (d *decoder) entry(path string, key, value *yaml.Node, v reflect.Value) {
	full := join(path, key.Value)
	if i := field(v.Type(), key.Value); i >= 0 {
		d.decode(full, value, v.Field(i))
		return
	}
	if base, ok := strings.CutSuffix(key.Value, "_file"); ok {
		if i := field(v.Type(), base); i >= 0 && v.Type().Field(i).Type == reflect.TypeFor[Secret]() {
			d.places[full] = value
			return // read by secrets, which knows both keys
		}
	}
	d.report(key, "unknown key "+full, "known here: "+strings.Join(keys(v.Type()), ", "))
}

// secrets fills the Secret fields of a struct from their second and third
// place: a file, and the environment.
func (d *decoder) secrets(path string, seen map[string]*yaml.Node, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type != reflect.TypeFor[Secret]() {
			continue
		}
		key := f.Tag.Get("yaml")
		if n := seen[key+"_file"]; n != nil {
			d.secretFile(join(path, key), n, seen[key] != nil, v.Field(i))
		}
		if variable := f.Tag.Get("env"); variable != "" {
			if text := d.env(variable); text != "" {
				v.Field(i).Set(reflect.ValueOf(NewSecret(text)))
			}
		}
	}
}

func (d *decoder) secretFile(path string, n *yaml.Node, twice bool, v reflect.Value) {
	if twice {
		d.report(n, path+" stands beside "+path+"_file", "keep one of them")
		return
	}
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		d.report(n, path+"_file is no path", "name a file")
		return
	}
	text, err := d.read(n.Value)
	if err != nil {
		d.report(n, path+"_file cannot be read: "+reason(err), "name a file that Bedside may read")
		return
	}
	if len(text) > 4096 {
		d.report(n, path+"_file is longer than 4096 bytes", "name a file that holds the secret alone")
		return
	}
	v.Set(reflect.ValueOf(NewSecret(strings.TrimSpace(string(text)))))
}

func (d *decoder) scalar(path string, n *yaml.Node, v reflect.Value, parse func(string) (any, error)) {
	if n.Kind != yaml.ScalarNode {
		d.report(n, path+" is no single value", "write it on the line of its key")
		return
	}
	value, err := parse(n.Value)
	if err != nil {
		what, cure, _ := strings.Cut(err.Error(), "; ")
		d.report(n, path+" "+what, cure)
		return
	}
	v.Set(reflect.ValueOf(value).Convert(v.Type()))
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
	reflect.TypeFor[netip.Prefix]():  func(s string) (any, error) { return parsePrefix(s) },
	reflect.TypeFor[int](): func(s string) (any, error) {
		n, err := strconv.ParseInt(s, 10, 32)
		if err != nil || n < 1 {
			return 0, errors.New("is no whole number above 0; write digits alone")
		}
		return int(n), nil
	},
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

func keys(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		if k := t.Field(i).Tag.Get("yaml"); k != "" {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

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
