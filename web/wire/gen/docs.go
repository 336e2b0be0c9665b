package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
)

// docs are the comments of the source: of a type by "package.Type", of a field
// by "package.Type.Field".
type docs map[string]string

// readDocs reads the wire, which lies in the folder, and the entries' bodies of
// package bot.
func readDocs(wire string) (docs, error) {
	d := docs{}
	for _, dir := range []string{wire, filepath.Join(wire, "..", "..", "bot")} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				return nil, err
			}
			ast.Inspect(f, func(n ast.Node) bool { return d.note(f.Name.Name, n) })
		}
	}
	return d, nil
}

// of is a type's comment.
func (d docs) of(t reflect.Type) string { return d[t.String()] }

func (d docs) note(pkg string, n ast.Node) bool {
	decl, ok := n.(*ast.GenDecl)
	if !ok {
		return true
	}
	for _, spec := range decl.Specs {
		t, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		text := t.Doc.Text()
		if text == "" && len(decl.Specs) == 1 {
			text = decl.Doc.Text()
		}
		name := pkg + "." + t.Name.Name
		d[name] = flat(text)
		if s, ok := t.Type.(*ast.StructType); ok {
			d.fields(name, s)
		}
	}
	return false
}

func (d docs) fields(owner string, s *ast.StructType) {
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			d[owner+"."+name.Name] = flat(f.Comment.Text())
		}
	}
}

// flat makes one line of a comment.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }
