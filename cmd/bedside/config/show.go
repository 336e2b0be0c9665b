package config

import (
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Show writes what holds: every key with its value, secrets masked, and where it
// came from. It is YAML; what is not set is a comment.
func (r Reading) Show(w io.Writer) error {
	s := &shower{r: r}
	s.fields("", "", reflect.ValueOf(r.Config))
	_, err := io.WriteString(w, s.b.String())
	return err
}

type shower struct {
	r Reading
	b strings.Builder
}

func (s *shower) fields(path, indent string, v reflect.Value) {
	for i := range v.NumField() {
		word := v.Type().Field(i).Tag.Get("yaml")
		if word == "" {
			continue
		}
		s.key(join(path, word), indent, word, v.Field(i))
		if i == 0 && strings.HasSuffix(indent, "- ") {
			indent = strings.TrimSuffix(indent, "- ") + "  "
		}
	}
}

func (s *shower) key(path, indent, word string, v reflect.Value) {
	inner := structOf(v.Type())
	switch {
	case inner != nil && v.Kind() == reflect.Slice:
		s.line(indent+word+":", s.source(path))
		for i := range v.Len() {
			s.fields(item(path, i), strings.ReplaceAll(indent, "- ", "  ")+"  - ", v.Index(i))
		}
	case inner != nil:
		s.b.WriteString(indent + word + ":\n")
		s.fields(path, indent+"  ", v)
	case v.IsZero() && s.r.from[path].Kind == FromDefault && v.Kind() != reflect.Bool:
		s.line(strings.TrimSuffix(indent, "- ")+"# "+word+":", "not set")
	default:
		s.line(indent+word+": "+yamlOf(v), s.source(path))
	}
}

func (s *shower) line(text, comment string) {
	fmt.Fprintf(&s.b, "%-48s # %s\n", text, comment)
}

func (s *shower) source(path string) string {
	from := s.r.from[path]
	switch from.Kind {
	case FromConfiguration:
		return fmt.Sprintf("%s:%d", filepath.Base(s.r.File), from.Line)
	case FromFile:
		return "file " + from.Name
	case FromEnvironment:
		return "environment " + from.Name
	}
	return "usual"
}

// yamlOf writes one value on one line.
func yamlOf(v reflect.Value) string {
	if v.Kind() == reflect.Slice {
		out := make([]string, v.Len())
		for i := range out {
			out[i] = yamlOf(v.Index(i))
		}
		return "[" + strings.Join(out, ", ") + "]"
	}
	value := v.Interface()
	switch value.(type) {
	case int, bool:
	default:
		value = spelled(value)
	}
	text, err := yaml.Marshal(value)
	if err != nil {
		return mask // nothing that is a value of ours
	}
	return strings.TrimRight(string(text), "\n")
}
