package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bedside/flows/texts"
)

type flowTextsCommand struct {
	Path  string `arg:"" help:"A file that is a whole flow, or a folder whose *.yaml files are one."`
	To    string `xor:"way" required:"" help:"Write all texts for translators into this language, as a PO file."`
	Merge string `xor:"way" required:"" placeholder:"FILE" help:"Put the translations of a PO file into the flow's files."`
	Out   string `short:"o" placeholder:"FILE" help:"Where the PO file goes; without it, to standard output."`
}

// Help is printed under the usage.
func (flowTextsCommand) Help() string {
	return `Texts go out as a gettext PO file, which every translator's program reads, and come
back into the YAML. Comments, order and spacing of the files stay as they are. A
translation whose source has changed since is left alone and named.

Examples:
  bedside flow texts flows --to de -o de.po
  bedside flow texts flows --merge de.po`
}

// Run takes texts out or puts them back.
func (c flowTextsCommand) Run(s streams) error {
	if c.To != "" {
		return c.extract(s)
	}
	if c.Out != "" {
		return wrongUse{errors.New("--out goes with --to; --merge changes the flow's own files")}
	}
	return c.merge(s)
}

func (c flowTextsCommand) extract(s streams) error {
	to, err := texts.Tag(c.To)
	if err != nil {
		return wrongUse{fmt.Errorf("--to %s: this is no language; write a tag such as de or pt-BR", c.To)}
	}
	files, err := readFlow(c.Path)
	if err != nil {
		return err
	}
	po, err := texts.Extract(files, to)
	if err != nil {
		return err
	}
	return writeTo(s, c.Out, po)
}

func (c flowTextsCommand) merge(s streams) error {
	files, err := readFlow(c.Path)
	if err != nil {
		return err
	}
	po, err := os.ReadFile(c.Merge)
	if err != nil {
		return err
	}
	m, err := texts.Merge(files, po)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Merge, err)
	}
	for _, f := range m.Files {
		if err := replaceFile(f.Path, f.Data); err != nil {
			return err
		}
	}
	if err := tellMerged(s.out, m); err != nil {
		return err
	}
	if len(m.Left) > 0 {
		return reported{exitFailed}
	}
	return nil
}

// tellMerged says what was put in, and what was not and why.
func tellMerged(to io.Writer, m texts.Merged) error {
	var w bytes.Buffer
	fmt.Fprintf(&w, "%d translations into %s put into %d files\n", m.Put, m.Language, len(m.Files))
	for _, rest := range []struct {
		what  string
		paths []string
	}{
		{"without a translation", m.Missing},
		{"left alone, for the source has changed since", m.Outdated},
		{"not in the flow any more", m.Unknown},
		{"stand over several lines, change them by hand", m.ByHand},
		{"left as they are, for they would not be read as it was meant; change them by hand", m.Left},
	} {
		if len(rest.paths) > 0 {
			fmt.Fprintf(&w, "%d %s: %s\n", len(rest.paths), rest.what, strings.Join(rest.paths, ", "))
		}
	}
	_, err := to.Write(w.Bytes())
	return err
}

// replaceFile writes a file anew with the rights and the owner of the old one; whoever reads
// meanwhile finds the old or the new, never a part. A link stays, and what it leads
// to is written.
func replaceFile(path string, data []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	fresh, err := os.CreateTemp(filepath.Dir(path), ".bedside-*")
	if err != nil {
		return err
	}
	_, err = fresh.Write(data)
	err = errors.Join(err, fresh.Chmod(info.Mode().Perm()), ownedAs(path, fresh.Name()), fresh.Sync(), fresh.Close())
	if err == nil {
		err = os.Rename(fresh.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(fresh.Name()))
	}
	return nil
}

// writeTo writes to a file, or to standard output where none is named.
func writeTo(s streams, path string, data []byte) error {
	if path == "" {
		_, err := s.out.Write(data)
		return err
	}
	return os.WriteFile(path, data, 0o644)
}
