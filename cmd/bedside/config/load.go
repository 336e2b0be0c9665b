package config

import (
	"bytes"
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"reflect"

	"go.yaml.in/yaml/v3"

	"bedside/flows/yamltree"
)

// Reading is a configuration and where it came from.
type Reading struct {
	Config
	File     string            // whole, from the root
	Warnings Problems          // what is allowed and hardly meant
	from     map[string]Source // by path; what is not there is a default
	read     *decoder          // knows where everything stood; nil where there was no file
}

// Problem is one about the value at a path, like staff[1].departments, that could
// not be seen in the file alone. It stands where the value stands.
func (r Reading) Problem(path, what, cure string) Problem {
	if r.read == nil {
		return Problem{What: what, Cure: cure}
	}
	return r.read.problem(r.read.nearest(path), what, cure)
}

// SourceKind says where a value comes from.
type SourceKind int

const (
	FromDefault SourceKind = iota
	FromConfiguration
	FromFile        // a file of its own
	FromEnvironment // a variable
)

// Source is where one value comes from.
type Source struct {
	Kind SourceKind
	Line int    // in the configuration
	Name string // of the file or the variable
}

// Load reads the file and the environment. The error is [Problems] when the
// file was read and something in it is wrong, otherwise why it could not be
// read.
func Load(path string) (Config, error) {
	r, err := Read(path)
	return r.Config, err
}

// Read is Load with the sources of all values and with warnings.
func Read(path string) (Reading, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return Reading{}, err
	case info.Size() > maxFile:
		return Reading{}, Problems{{File: path, What: "the file is larger than 256 KiB", Cure: "keep flows in files of their own"}}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return Reading{}, err
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return Reading{}, err
	}
	r, d := parse(path, filepath.Dir(file), data, os.Getenv)
	d.checkFiles(&r.Config)
	if len(d.problems) > 0 {
		return Reading{Warnings: d.warnings}, d.sorted()
	}
	d.checkPrivate(path, &r.Config)
	d.checkStrangers(os.Environ())
	r.Warnings, r.File = d.warnings, file
	return r, nil
}

const maxFile = yamltree.MaxBytes

// Parse is Load for bytes at hand: path names them in problems and says to
// which folder the paths inside are relative.
func Parse(path string, data []byte, env func(string) string) (Config, error) {
	r, d := parse(path, filepath.Dir(path), data, env)
	if len(d.problems) > 0 {
		return Config{}, d.sorted()
	}
	return r.Config, nil
}

// readAsFar is what can be read of a file that may be broken.
func readAsFar(path string) (Reading, *decoder) {
	data, err := os.ReadFile(path)
	if err != nil || len(data) > maxFile {
		data = nil
	}
	return parse(path, filepath.Dir(path), data, os.Getenv)
}

func parse(path, folder string, data []byte, env func(string) string) (Reading, *decoder) {
	d := newDecoder(path, folder, env)
	c := defaults()
	root := d.tree(data)
	if root == nil {
		c.settle(d.folder)
		return Reading{Config: c}, d
	}
	d.decode("", root, reflect.ValueOf(&c).Elem(), "")
	d.check(&c)
	c.settle(d.folder)
	return Reading{Config: c, from: d.from, read: d}, d
}

func (d *decoder) sorted() Problems { return d.problems.InOrder() }

// tree gives the root node, or nil after it has reported why there is none.
func (d *decoder) tree(data []byte) *yaml.Node {
	if bytes.IndexByte(data, 0) >= 0 && !bytes.HasPrefix(data, []byte{0xff, 0xfe}) && !bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		d.problems = append(d.problems, Problem{File: d.file, What: "this is no text", Cure: "name a configuration, like config.example.yaml"})
		return nil
	}
	root, problems := yamltree.Parse(data)
	if isFlow(root) {
		d.problems = append(d.problems, Problem{File: d.file, What: "this is a flow and no configuration", Cure: "name it as flows: in a configuration"})
		return nil
	}
	for i, p := range problems {
		if i > 0 && problems[i-1].Code == p.Code && problems[i-1].Line == p.Line {
			continue // one of a kind is enough for a line
		}
		d.problems = append(d.problems, Problem{File: d.file, Line: p.Line, Column: p.Column, What: p.What, Cure: cmp.Or(ownCures[p.Code], p.Cure)})
	}
	return root
}

// isFlow reports whether a file says of itself that it is one (bedside: 1).
func isFlow(root *yaml.Node) bool {
	if root == nil || root.Kind != yaml.MappingNode {
		return false
	}
	for i := 0; i < len(root.Content); i += 2 {
		if root.Content[i].Value == "bedside" {
			return true
		}
	}
	return false
}

// ownCures stand where a configuration is mended in another way than a flow.
var ownCures = map[string]string{
	yamltree.Empty:    "begin with config.example.yaml",
	yamltree.TooLarge: "keep flows in files of their own",
	yamltree.TooDeep:  "a configuration needs no more than a few levels",
	yamltree.Alias:    "write the value out; a text that begins with * or & stands in quotes",
	yamltree.Tag:      "leave the tag out; a text that begins with ! stands in quotes",
}

// settle makes the paths independent of the folder in which Bedside runs.
func (c *Config) settle(folder string) {
	for _, p := range []*string{&c.Data, &c.Flows.Path, &c.TrueConf.CAFile, &c.Notify.Email.CAFile, &c.TLS.CertFile, &c.TLS.KeyFile, &c.TLS.Autocert.Folder} {
		*p = inFolder(folder, *p)
	}
	if c.TLS.Autocert.On() && c.TLS.Autocert.Folder == "" {
		c.TLS.Autocert.Folder = filepath.Join(c.Data, "autocert")
	}
	for i := range c.Sites {
		c.Sites[i].Flows = inFolder(folder, c.Sites[i].Flows)
	}
}

func inFolder(folder, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

func (d *decoder) note(path string, n *yaml.Node) {
	d.from[path] = Source{Kind: FromConfiguration, Line: n.Line}
}

// IsProblem reports whether an error is of the file's contents.
func IsProblem(err error) bool {
	var problems Problems
	return errors.As(err, &problems)
}
