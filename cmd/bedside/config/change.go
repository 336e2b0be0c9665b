package config

import (
	"os"
	"reflect"
	"regexp"
	"strings"
)

// Change is one key whose value differs between two readings.
type Change struct {
	Key  string // like limits.text_max; a list is one key, like staff
	Live bool   // a reload is enough
}

// Changes are the keys in which two configurations differ, in the order of the
// reference. Values are not in it.
func Changes(old, new Config) []Change {
	var out []Change
	eachLeaf(func(k key, value func(*Config) reflect.Value) {
		if !reflect.DeepEqual(value(&old).Interface(), value(&new).Interface()) {
			out = append(out, Change{Key: strings.TrimSuffix(k.path, "[]"), Live: k.live})
		}
	})
	return out
}

// Merge is the old reading with what may change live taken from the new one: what
// holds after a reload. The error is [Problems] where the two do not go together,
// as when what a key depends on waits for a restart.
func Merge(old, new Reading) (Reading, error) {
	out := new
	eachLeaf(func(k key, value func(*Config) reflect.Value) {
		if !k.live {
			value(&out.Config).Set(value(&old.Config))
		}
	})
	d := newDecoder(new.File, "", func(string) string { return "" })
	if new.read != nil {
		d.file, d.places = new.read.file, new.read.places
	}
	d.check(&out.Config)
	if len(d.problems) > 0 {
		return Reading{}, d.sorted()
	}
	return out, nil
}

// eachLeaf visits the keys that are no sections; a list is a leaf.
func eachLeaf(visit func(k key, value func(*Config) reflect.Value)) {
	for _, k := range allKeys() {
		if strings.Contains(k.parent, "[]") || k.field.Type.Kind() == reflect.Struct && structOf(k.field.Type) != nil {
			continue
		}
		path := strings.Split(strings.TrimSuffix(k.path, "[]"), ".")
		visit(k, func(c *Config) reflect.Value {
			v := reflect.ValueOf(c).Elem()
			for _, word := range path {
				v = v.Field(field(v.Type(), word))
			}
			return v
		})
	}
}

// DataFolder is the data folder that a file names, as far as it can be read: the
// server that runs there can be told of a configuration that is broken.
func DataFolder(file string) string {
	r, d := readAsFar(file)
	if len(d.places) > 0 {
		return r.Data
	}
	text, _ := os.ReadFile(file) // it is no YAML; one line of it may be readable
	if m := dataLine.FindSubmatch(text); m != nil {
		return inFolder(d.folder, string(m[1]))
	}
	return r.Data
}

var dataLine = regexp.MustCompile(`(?m)^data:[ \t]+["']?([^"'#\r\n]*[^"'#\s])`)
