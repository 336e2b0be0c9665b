package config

import (
	"cmp"
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"net/netip"
	"reflect"
	"strings"
	"time"
)

// The fields' comments are the reference's text, so their files go with the program.
//
//go:embed config.go limits.go notify.go tls.go
var sources embed.FS

// meanings are the comments of all fields, by struct and field: Site.Title.
func meanings() (map[string]string, error) {
	out := map[string]string{}
	entries, err := sources.ReadDir(".")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		text, err := sources.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if t, ok := n.(*ast.TypeSpec); ok {
				if s, ok := t.Type.(*ast.StructType); ok {
					for _, f := range s.Fields.List {
						for _, name := range f.Names {
							out[t.Name.Name+"."+name.Name] = strings.Join(strings.Fields(f.Doc.Text()), " ")
						}
					}
				}
			}
			return true
		})
	}
	return out, nil
}

const referenceHead = `# The configuration, key by key

<!-- Generated from the program; go generate ./cmd/bedside/config writes it anew. -->

` + "`config.example.yaml`" + ` shows all of it in its place; here is what each key is: its kind and
limits, what it usually is, and whether a change holds after ` + "`bedside reload`" + ` (*live*) or
after a restart. Every secret may also stand in a file of its own, under the same key
with ` + "`_file`" + ` behind it, or in the environment, which wins.
`

// Reference writes all keys with their kind, limits, usual value, environment
// variable and meaning, as Markdown.
func Reference(w io.Writer) error {
	said, err := meanings()
	if err != nil {
		return err
	}
	usual := defaults()
	var b strings.Builder
	b.WriteString(referenceHead)
	parents, below := []string{}, map[string][]key{}
	for _, k := range allKeys() {
		if below[k.parent] == nil {
			parents = append(parents, k.parent)
		}
		below[k.parent] = append(below[k.parent], k)
	}
	for _, parent := range parents {
		b.WriteString(heading(parent))
		for _, k := range below[parent] {
			b.WriteString(k.entry(&usual, said[k.owner.Name()+"."+k.field.Name]))
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}

func (k key) entry(usual *Config, meaning string) string {
	return fmt.Sprintf("\n**`%s`**: %s.\n%s\n", strings.TrimSuffix(k.path, "[]"), strings.Join(k.traits(usual), "; "), wrap(meaning))
}

func heading(parent string) string {
	section := strings.TrimSuffix(parent, "[]")
	switch {
	case parent == "":
		return "\n## At the top of the file\n"
	case section != parent:
		return "\n## In each item of `" + section + "`\n"
	}
	return "\n## Below `" + section + "`\n"
}

// traits are what is to be known of a key beside its meaning.
func (k key) traits(usual *Config) []string {
	out := []string{k.kind()}
	if least, most, ok := strings.Cut(k.field.Tag.Get("range"), " "); ok {
		out[0] += " from " + least + " to " + most
	}
	if text := k.usual(usual); text != "" {
		out = append(out, "usually `"+text+"`")
	}
	if env := k.field.Tag.Get("env"); env != "" {
		out = append(out, "environment `"+strings.NewReplacer("{", "<", "}", ">").Replace(env)+"`")
	}
	if k.live {
		return append(out, "live")
	}
	return append(out, "restart")
}

// kinds say what stands behind a key: one, and several in a list.
var kinds = map[reflect.Type][2]string{
	reflect.TypeFor[string]():        {"text", "texts"},
	reflect.TypeFor[Secret]():        {"secret", "secrets"},
	reflect.TypeFor[URL]():           {"address of a server", "addresses of servers"},
	reflect.TypeFor[Origin]():        {"origin", "origins"},
	reflect.TypeFor[Address]():       {"address and port", "addresses and ports"},
	reflect.TypeFor[time.Duration](): {"time", "times"},
	reflect.TypeFor[Age]():           {"off, or a time", "times"},
	reflect.TypeFor[netip.Prefix]():  {"network", "networks"},
	reflect.TypeFor[int]():           {"number", "numbers"},
	reflect.TypeFor[bool]():          {"true or false", ""},
}

func (k key) kind() string {
	if words := strings.Fields(k.field.Tag.Get("oneof")); len(words) > 0 {
		return "one of " + strings.Join(words, ", ")
	}
	t := k.field.Type
	if t.Kind() != reflect.Slice {
		return cmp.Or(kinds[t][0], "section")
	}
	return "list of " + cmp.Or(kinds[t.Elem()][1], "sections")
}

// usual is the default as the file would have it, "" for none.
func (k key) usual(c *Config) string {
	if strings.Contains(k.parent, "[]") || structOf(k.field.Type) != nil {
		return ""
	}
	v := reflect.ValueOf(c).Elem()
	for _, word := range strings.Split(k.path, ".") {
		v = v.Field(field(v.Type(), word))
	}
	if v.IsZero() && v.Kind() != reflect.Bool {
		return ""
	}
	return spelled(v.Interface())
}

// spelled writes a value as the file has it.
func spelled(value any) string {
	if d, ok := value.(time.Duration); ok {
		return spell(d)
	}
	return fmt.Sprint(value)
}

// wrap breaks a text into lines.
func wrap(text string) string {
	var b strings.Builder
	line := 0
	for _, word := range strings.Fields(text) {
		switch {
		case line == 0:
		case line+len(word) >= 88:
			b.WriteString("\n")
			line = 0
		default:
			b.WriteString(" ")
			line++
		}
		b.WriteString(word)
		line += len(word)
	}
	return b.String()
}
