package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bedside/flows"
)

type flowCommands struct {
	Check flowCheckCommand `cmd:"" help:"Check flows and place every problem at file:line:column."`
}

type flowCheckCommand struct {
	Paths []string `arg:"" name:"path" help:"A file that is a whole flow, or a folder whose *.yaml files are one."`
}

// Help is printed under the usage.
func (flowCheckCommand) Help() string {
	return `All problems of all paths are printed at once, one a line. The exit code is 0 when
no path has an error (warnings do not count), 1 when one has, and 2 when a path
cannot be read.`
}

// Run checks each path by itself.
func (c flowCheckCommand) Run(s streams) error {
	failed, unreadable := false, false
	for _, path := range c.Paths {
		files, err := readFlow(path)
		if err != nil {
			fmt.Fprintf(s.err, "bedside: %v\n", err)
			unreadable = true
			continue
		}
		program, problems := flows.Compile(files)
		for _, p := range problems {
			fmt.Fprintln(s.out, p)
		}
		if program == nil {
			failed = true
			continue
		}
		fmt.Fprintf(s.out, "%s: sound, version %.12s\n", path, program.Hash())
	}
	switch {
	case unreadable:
		return reported{exitUsage}
	case failed:
		return reported{exitFailed}
	}
	return nil
}

// maxFlow bounds one file of a flow.
const maxFlow = 1 << 20

// readFlow reads the files of one flow: a file, or the *.yaml of a folder
// without the conversations that test it (*.test.yaml).
func readFlow(path string) ([]flows.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		f, err := readFlowFile(path)
		return []flows.File{f}, err
	}
	names, err := flowNames(path)
	if err != nil {
		return nil, err
	}
	files := make([]flows.File, len(names))
	for i, name := range names {
		if files[i], err = readFlowFile(filepath.Join(path, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func flowNames(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		name := e.Name()
		return e.IsDir() || strings.HasPrefix(name, ".") || !strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".test.yaml")
	})
	if len(entries) == 0 {
		return nil, errors.New(folder + ": no *.yaml files in this folder")
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

func readFlowFile(path string) (flows.File, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return flows.File{}, err
	case !info.Mode().IsRegular():
		return flows.File{}, errors.New(path + ": not a file")
	case info.Size() > maxFlow:
		return flows.File{}, errors.New(path + ": larger than 1 MB, which no flow is")
	}
	data, err := os.ReadFile(path)
	return flows.File{Path: path, Data: data}, err
}
