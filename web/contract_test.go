package web_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"bedside/web/api"
	"bedside/web/wire"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// contract is the API's description, ready to hold answers and frames against.
// The scripted clients do so with every answer and every frame of every test.
type contract struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	paths    map[string]map[string]operation
	routes   *http.ServeMux // finds the path of a request
	shared   map[string]response
}

type operation struct {
	Responses map[string]response `yaml:"responses"`
}

type response struct {
	Ref     string           `yaml:"$ref"`
	Content map[string]media `yaml:"content"`
}

type media struct {
	Schema struct {
		Ref string `yaml:"$ref"`
	} `yaml:"schema"`
}

var described = sync.OnceValues(readContract)

func readContract() (*contract, error) {
	raw, err := api.Read("openapi.yaml")
	if err != nil {
		return nil, err
	}
	var file struct {
		Paths      map[string]map[string]operation `yaml:"paths"`
		Components struct {
			Responses map[string]response `yaml:"responses"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	raw, err = api.Read("wire.schema.json")
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	c := &contract{
		compiler: jsonschema.NewCompiler(), paths: file.Paths, shared: file.Components.Responses, routes: http.NewServeMux(),
	}
	for path, operations := range file.Paths {
		for method := range operations {
			c.routes.Handle(strings.ToUpper(method)+" "+path, http.NotFoundHandler())
		}
	}
	return c, c.compiler.AddResource("wire.schema.json", doc)
}

func (c *contract) valid(ref string, b []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	schema, err := c.compiler.Compile(ref)
	if err != nil {
		return err
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return err
	}
	return schema.Validate(v)
}

// answered holds an answer against the OpenAPI file.
func (c *contract) answered(r *http.Request, res *http.Response, b []byte) error {
	_, pattern := c.routes.Handler(r)
	method, path, ok := strings.Cut(pattern, " ")
	if !ok {
		return nil // the test asked for something that there is not
	}
	operation := c.paths[path][strings.ToLower(method)]
	want, ok := operation.Responses[fmt.Sprint(res.StatusCode)]
	if !ok {
		want = operation.Responses["default"]
	}
	if want.Ref != "" {
		want = c.shared[want.Ref[strings.LastIndex(want.Ref, "/")+1:]]
	}
	kind, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	if len(want.Content) == 0 {
		if len(b) > 0 {
			return fmt.Errorf("%s answers %d with a body", pattern, res.StatusCode)
		}
		return nil
	}
	for name, m := range want.Content {
		if name, _, _ = strings.Cut(name, ";"); name != kind && path != "/ui/{file}" {
			continue
		}
		if m.Schema.Ref != "" {
			return c.valid(m.Schema.Ref, b)
		}
		return nil
	}
	return fmt.Errorf("%s answers %d as %s", pattern, res.StatusCode, kind)
}

// told holds a frame of the server against its schema.
func (c *contract) told(kind string, b []byte) error {
	name := ""
	for word := range strings.SplitSeq(kind, "_") {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return c.valid("wire.schema.json#/$defs/"+name+"Frame", b)
}

func TestDescriptionsHoldTogether(t *testing.T) {
	c, err := described()
	require.NoError(t, err)
	for _, name := range []string{"openapi.yaml", "asyncapi.yaml"} {
		raw, err := api.Read(name)
		require.NoError(t, err)
		var doc map[string]any
		require.NoError(t, yaml.Unmarshal(raw, &doc))
		for _, ref := range refsIn(doc) {
			if inside, ok := strings.CutPrefix(ref, "#/"); ok {
				require.NotNil(t, at(doc, strings.Split(inside, "/")), "%s: %s", name, ref)
				continue
			}
			_, err := c.compiler.Compile(ref)
			require.NoError(t, err, "%s: %s", name, ref)
		}
	}
}

func TestAsyncAPIListsTheFramesAndCodes(t *testing.T) {
	raw, err := api.Read("asyncapi.yaml")
	require.NoError(t, err)
	var doc struct {
		Operations map[string]struct {
			Messages []struct {
				Ref string `yaml:"$ref"`
			} `yaml:"messages"`
		} `yaml:"operations"`
		Codes map[string]int `yaml:"x-close-codes"`
	}
	require.NoError(t, yaml.Unmarshal(raw, &doc))
	for operation, want := range map[string][]string{"fromClient": wire.ClientFrames, "toClient": wire.ServerFrames} {
		var have []string
		for _, m := range doc.Operations[operation].Messages {
			have = append(have, m.Ref[strings.LastIndex(m.Ref, "/")+1:])
		}
		require.ElementsMatch(t, want, have, operation)
	}
	require.Equal(t, wire.CloseCodes, doc.Codes)
}

func refsIn(node any) []string {
	var out []string
	switch n := node.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(n)) {
			if ref, ok := n[key].(string); ok && key == "$ref" {
				out = append(out, ref)
			}
			out = append(out, refsIn(n[key])...)
		}
	case []any:
		for _, v := range n {
			out = append(out, refsIn(v)...)
		}
	}
	return out
}

func at(doc any, path []string) any {
	for _, key := range path {
		m, ok := doc.(map[string]any)
		if !ok {
			return nil
		}
		doc = m[key]
	}
	return doc
}
