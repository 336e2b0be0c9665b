package language_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"bedside/flows/language"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(language.Schema()))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("flow.json", doc))
	s, err := c.Compile("flow.json")
	require.NoError(t, err)
	return s
}

func validate(s *jsonschema.Schema, data []byte) error {
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		return err
	}
	return s.Validate(plain(v))
}

// plain is what JSON can say of it: keys are strings, dates are text.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
		return v
	case map[any]any:
		out := map[string]any{}
		for k, x := range v {
			out[fmt.Sprint(k)] = plain(x)
		}
		return out
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
		return v
	case int:
		return float64(v)
	case float64, bool, string, nil:
		return v
	}
	return fmt.Sprint(v)
}

// An editor that knows the schema finds nothing wrong with what is right.
func TestTheSchemaTakesWhatIsRight(t *testing.T) {
	s := schema(t)
	files, err := filepath.Glob("../examples/*/flow.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range append(files, "../testdata/reference/reference.yaml", "../testdata/visit.yaml") {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, validate(s, data), file)
	}
}

func TestTheSchemaMarksWhatIsMisspelt(t *testing.T) {
	s := schema(t)
	data, err := os.ReadFile("../testdata/reference/reference.yaml")
	require.NoError(t, err)
	for _, slip := range [][2]string{
		{"  phone: \"103\"", "  fone: \"103\""},
		{"- ask: chest_pain", "- aks: chest_pain"},
		{"    answer_within: 30s", "    answer_within: soon"},
		{"    optional: true", "    optional: often"},
		{"    type: date", "    type: Date"},
		{"    offer: round_robin", "    offer: anybody"},
		{"    fills: patient.name", "    fills: name"},
		{"    show: scale", "    show: stars"},
		{"      priority: urgent", "      priority: high"},
		{"- {after: 30s, also: duty, alert: lead}", "- {also: duty, alert: lead}"},
	} {
		require.Contains(t, string(data), slip[0])
		require.Error(t, validate(s, []byte(strings.Replace(string(data), slip[0], slip[1], 1))), slip[1])
	}
}
