package config

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"go.yaml.in/yaml/v3"
)

const maxFile = 1 << 20

// Load reads the file and the environment. The error is [Problems] when the
// file was read and something in it is wrong, otherwise why it could not be
// read.
func Load(path string) (Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Config{}, err
	}
	return Parse(path, data, os.Getenv)
}

// Parse is Load for bytes at hand: path names them in problems and says to
// which folder the paths inside are relative.
func Parse(path string, data []byte, env func(string) string) (Config, error) {
	folder := filepath.Dir(path)
	d := &decoder{
		file:   path,
		read:   func(p string) ([]byte, error) { return os.ReadFile(within(folder, p)) },
		env:    env,
		places: map[string]*yaml.Node{},
	}
	c := defaults()
	if root := d.parse(data); root != nil {
		d.decode("", root, reflect.ValueOf(&c).Elem())
		if len(d.problems) == 0 {
			d.check(&c)
		}
	}
	if len(d.problems) > 0 {
		slices.SortStableFunc(d.problems, func(a, b Problem) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return Config{}, d.problems
	}
	c.settle(folder)
	return c, nil
}

// parse gives the root node, or nil after it has reported why there is none.
func (d *decoder) parse(data []byte) *yaml.Node {
	if len(data) > maxFile {
		d.report(nil, "the file is larger than 1 MB", "keep flows in files of their own")
		return nil
	}
	var doc, second yaml.Node
	documents := yaml.NewDecoder(bytes.NewReader(data))
	switch err := documents.Decode(&doc); {
	case errors.Is(err, io.EOF), err == nil && len(doc.Content) == 0:
		d.report(nil, "the file is empty", "begin with config.example.yaml")
		return nil
	case err != nil:
		d.syntax(data, err)
		return nil
	}
	switch err := documents.Decode(&second); {
	case err == nil:
		d.report(&second, "a second document begins", "keep one; remove the line ---")
	case !errors.Is(err, io.EOF):
		d.syntax(data, err)
	}
	return doc.Content[0]
}

// syntax places an error of the YAML itself. The parser that reads the meaning
// gives no column and often the wrong line, so another one is asked.
func (d *decoder) syntax(data []byte, meant error) {
	_, err := parser.ParseBytes(data, 0)
	var s *goccy.SyntaxError
	if errors.As(err, &s) && s.Token != nil && s.Token.Position != nil {
		d.problems = append(d.problems, Problem{
			File: d.file, Line: s.Token.Position.Line, Column: s.Token.Position.Column,
			What: "this is not YAML: " + s.Message,
			Cure: "look at the indentation, colons and quotes here",
		})
		return
	}
	d.report(nil, "this is not YAML: "+meant.Error(), "look at the indentation, colons and quotes there")
}

// settle makes the paths independent of the folder in which Bedside runs.
func (c *Config) settle(folder string) {
	for _, p := range []*string{&c.Data, &c.Flows, &c.TrueConf.CAFile} {
		*p = within(folder, *p)
	}
	for i := range c.Sites {
		c.Sites[i].Flows = within(folder, c.Sites[i].Flows)
	}
}

func within(folder, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// reason is an error of the file system without the path, which the problem
// names already.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
