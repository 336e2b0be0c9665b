package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bedside/flows"
)

type flowCommands struct {
	Check    flowCheckCommand    `cmd:"" help:"Check flows and place every problem at file:line:column."`
	Test     flowTestCommand     `cmd:"" help:"Play the conversations that must hold with a flow."`
	Try      flowTryCommand      `cmd:"" help:"Chat with a flow in the terminal."`
	Graph    flowGraphCommand    `cmd:"" help:"Draw a flow: SVG, Mermaid or DOT."`
	Texts    flowTextsCommand    `cmd:"" help:"Take a flow's texts out for translators, and put translations back."`
	Schema   flowSchemaCommand   `cmd:"" help:"Print a JSON schema by which editors complete and check flows."`
	Publish  flowPublishCommand  `cmd:"" help:"Serve what stands in the files, as the next version."`
	Diff     flowDiffCommand     `cmd:"" help:"Say in words what would change if it were published."`
	History  flowHistoryCommand  `cmd:"" help:"Say which versions were published, by whom and why."`
	Rollback flowRollbackCommand `cmd:"" help:"Serve an earlier version again."`
}

type flowCheckCommand struct {
	Paths  []string `arg:"" name:"path" help:"A file that is a whole flow, or a folder whose *.yaml files are one."`
	Strict bool     `help:"Let warnings fail as errors do."`
	Format string   `default:"text" enum:"text,json,github" help:"How problems are written: text, json or github."`
}

// Help is printed under the usage.
func (flowCheckCommand) Help() string {
	return `Every problem of every path is printed at once, one a line, sorted by its place:

  file:line:column: error|warning CODE: what is wrong, what to write instead

docs/flow-problems.md explains each code with an example. The format json is one
array of {path, line, column, severity, code, what, cure, page}; github is for
workflows, where it puts each problem beside its line.

The exit code is 0 when no path has an error, 1 when one has (with --strict: an
error or a warning), and 2 when a path cannot be read.

Examples:
  bedside flow check flows
  bedside flow check flows/clinic.yaml --strict
  bedside flow check clinic-a clinic-b --format json
  bedside flow check flows --strict --format github`
}

// Run checks each path by itself.
func (c flowCheckCommand) Run(s streams) error {
	var all []checkedFlow
	failed, unreadable := false, false
	for _, path := range c.Paths {
		files, err := readFlow(path)
		if err != nil {
			said, _ := inWords(err)
			fmt.Fprintln(s.err, "bedside: "+said)
			unreadable = true
			continue
		}
		program, problems := flows.Compile(files)
		if program != nil {
			problems = append(problems, flows.Stale(program, time.Now())...)
		}
		failed = failed || program == nil || c.Strict && len(problems) > 0
		all = append(all, checkedFlow{path, program, problems})
	}
	if err := printFlows(s.out, c.Format, all); err != nil {
		return err
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
// without the conversations that test it (*.test.yaml), and the documents that
// they name. A document that is not there is left out: the flow's own check
// says where it is named.
func readFlow(path string) ([]flows.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	paths := []string{path}
	if info.IsDir() {
		names, err := flowNames(path)
		if err != nil {
			return nil, err
		}
		paths = paths[:0]
		for _, name := range names {
			paths = append(paths, filepath.Join(path, name))
		}
	}
	return readNamed(paths)
}

// readNamed reads the files of a flow, and the documents that they name.
func readNamed(paths []string) ([]flows.File, error) {
	files, err := readFlowFiles(nil, paths)
	if err != nil {
		return nil, err
	}
	documents := slices.DeleteFunc(flows.Documents(files), func(path string) bool {
		_, err := os.Stat(path)
		return errors.Is(err, fs.ErrNotExist)
	})
	return readFlowFiles(files, documents)
}

func readFlowFiles(files []flows.File, paths []string) ([]flows.File, error) {
	for _, path := range paths {
		file, err := readFlowFile(path)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func flowNames(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if lower := strings.ToLower(e.Name()); !e.IsDir() && (strings.HasSuffix(lower, ".yml") || strings.HasSuffix(lower, ".yaml") && !strings.HasSuffix(e.Name(), ".yaml")) {
			return nil, wrongPlace{sentence: filepath.Join(folder, e.Name()) + ": the files of a flow end in .yaml, so this one would not be read; rename it"}
		}
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		name := e.Name()
		return e.IsDir() || strings.HasPrefix(name, ".") || !strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".test.yaml")
	})
	if len(entries) == 0 {
		return nil, wrongPlace{sentence: folder + ": no *.yaml files in this folder; name the folder of a flow, or its file"}
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
		return flows.File{}, wrongPlace{sentence: path + ": not a file"}
	case info.Size() > maxFlow:
		return flows.File{}, wrongPlace{sentence: path + ": larger than 1 MB, which no flow is"}
	}
	data, err := os.ReadFile(path)
	return flows.File{Path: path, Data: data}, err
}
