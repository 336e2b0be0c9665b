package config

import (
	"maps"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"bedside/flows/near"
)

// secrets fills the Secret fields of a struct from their second and third
// place: a file, and the environment.
func (d *decoder) secrets(path string, seen map[string]*yaml.Node, v reflect.Value) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Type != reflect.TypeFor[Secret]() {
			continue
		}
		key := f.Tag.Get("yaml")
		full := join(path, key)
		if n := seen[key+"_file"]; n != nil {
			d.secretFile(full, n, seen[key] != nil, v.Field(i))
		}
		variable := environment(f.Tag.Get("env"), v)
		if variable == "" {
			continue
		}
		d.asked[variable] = true
		if text := d.env(variable); text != "" {
			v.Field(i).Set(reflect.ValueOf(NewSecret(strings.TrimSpace(text))))
			d.from[full] = Source{Kind: FromEnvironment, Name: variable}
		}
	}
}

// environment is the variable of a field: {login} in its tag is the value of the
// key login beside it, in capitals. "" is none.
func environment(tag string, v reflect.Value) string {
	before, rest, ok := strings.Cut(tag, "{")
	if !ok {
		return tag
	}
	key, after, _ := strings.Cut(rest, "}")
	i := field(v.Type(), key)
	if i < 0 || v.Field(i).String() == "" {
		return ""
	}
	return before + shout(v.Field(i).String()) + after
}

// shout writes a name as variables are written: anna.k becomes ANNA_K.
func shout(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToUpper(word))
}

func (d *decoder) secretFile(path string, n *yaml.Node, twice bool, v reflect.Value) {
	if twice {
		d.report(path, n, path+" stands beside "+path+"_file", "keep one of them")
		return
	}
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		d.report(path, n, path+"_file is no path", "name a file")
		return
	}
	file := inFolder(d.folder, n.Value)
	text, err := os.ReadFile(file)
	switch {
	case err != nil:
		d.report(path, n, path+"_file cannot be read: "+Reason(err), "name a file that Bedside may read")
		return
	case len(text) > 4096:
		d.report(path, n, path+"_file is longer than 4096 bytes", "name a file that holds the secret alone")
		return
	case strings.TrimSpace(string(text)) == "":
		d.report(path, n, path+"_file holds nothing", "write the secret into it")
		return
	}
	if loose(file) {
		d.warnings = append(d.warnings, d.problem(n, path+"_file can be read by others", "run chmod 600 on it"))
	}
	d.from[path] = Source{Kind: FromFile, Name: file}
	v.Set(reflect.ValueOf(NewSecret(strings.TrimSpace(string(text)))))
}

// checkStrangers warns of variables that are hardly meant for anything but a secret
// of ours, and name none.
func (d *decoder) checkStrangers(environ []string) {
	var known []string
	for variable := range d.asked {
		known = append(known, variable)
	}
	slices.Sort(known)
	for _, pair := range environ {
		variable, _, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(variable, "BEDSIDE_") || d.asked[variable] {
			continue
		}
		if meant := near.Name(variable, known); meant != "" {
			d.warnings = append(d.warnings, Problem{File: "environment", What: variable + " is set, and no key takes it", Cure: "did you mean " + meant + "?"})
		}
	}
}

// checkPrivate warns of a configuration that holds secrets and that everybody on
// the machine can read.
func (d *decoder) checkPrivate(path string, c *Config) {
	if key := inFolder(d.folder, c.TLS.KeyFile); key != "" && loose(key) {
		d.warnings = append(d.warnings, d.problem(d.places["tls.key_file"], "tls.key_file can be read by others", "run chmod 600 on it"))
	}
	if !loose(path) {
		return
	}
	secrets := map[string]bool{} // keys, without the places in lists
	for _, k := range allKeys() {
		secrets[k.path] = k.secret() && k.name() != "password_hash"
	}
	for _, path := range slices.Sorted(maps.Keys(d.from)) {
		if key := inList.ReplaceAllString(path, "[]"); secrets[key] && d.from[path].Kind == FromConfiguration {
			d.warnings = append(d.warnings, d.problem(d.places[path], "this file holds "+path+" and can be read by others",
				"run chmod 600 on it, or put the secret into a file of its own ("+path[strings.LastIndex(path, ".")+1:]+"_file)"))
			return
		}
	}
}

// inList is the place of a value in a list.
var inList = regexp.MustCompile(`\[\d+\]`)

// loose reports whether everybody on the machine may read a file. Windows has
// lists of its own.
func loose(path string) bool {
	info, err := os.Stat(path)
	return runtime.GOOS != "windows" && err == nil && info.Mode().Perm()&0o007 != 0
}
