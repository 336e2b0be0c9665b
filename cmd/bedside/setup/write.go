package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"bedside/cmd/bedside/config"
	"bedside/flows"
)

// ErrTaken says that there is something already where the setup would write.
var ErrTaken = errors.New("nothing is overwritten")

// Free reports with ErrTaken what stands in the way of a new folder, and of a
// data folder that is elsewhere.
func Free(folder, data string) error {
	if err := empty(folder, "name another folder with --into"); err != nil {
		return err
	}
	if filepath.IsAbs(data) {
		return empty(data, "name another with --data, or start Bedside on what is there")
	}
	return nil
}

// empty wants a folder that is not there, or in which nothing is.
func empty(folder, cure string) error {
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is a file: %w; %s", folder, ErrTaken, cure)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) == 0:
		return nil
	}
	var names []string
	for _, e := range entries[:min(len(entries), 5)] {
		names = append(names, e.Name())
	}
	if len(entries) > 5 {
		names = append(names, "…")
	}
	return fmt.Errorf("%s holds %s: %w; %s", folder, strings.Join(names, ", "), ErrTaken, cure)
}

// Write makes the folder, whole or not at all: all is written aside, read back
// as Bedside will read it, and given its name at the end. A cancelled ctx leaves
// nothing behind.
func Write(ctx context.Context, folder string, a Answers) error {
	if err := Free(folder, a.Data); err != nil {
		return err
	}
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	aside, err := os.MkdirTemp(parent, ".bedside-init-") // 0700
	if err != nil {
		return err
	}
	defer os.RemoveAll(aside)
	if err := fill(aside, folder, a); err != nil {
		return err
	}
	if err := readBack(aside); err != nil {
		return fmt.Errorf("what was about to be written does not hold, and was not: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	return place(aside, folder, a.Data)
}

// place gives the folder its name. Windows renames onto nothing, so an empty
// folder of that name goes first.
func place(aside, folder, data string) error {
	if err := os.Remove(folder); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(aside, folder); err != nil {
		return err
	}
	if filepath.IsAbs(data) {
		return os.MkdirAll(data, 0o700)
	}
	return nil
}

// fill writes all files; folder is where they will stand.
func fill(aside, folder string, a Answers) error {
	s, err := a.sheet(folder)
	if err != nil {
		return err
	}
	for _, f := range []string{FlowFolder, filepath.FromSlash(inside(a.Data))} {
		if f == "" {
			continue
		}
		if err := os.MkdirAll(filepath.Join(aside, f), 0o700); err != nil {
			return err
		}
	}
	files := []struct {
		template, path string
		mode           os.FileMode
	}{
		{"config.yaml", ConfigFile, 0o600}, // it holds the hashes of passwords
		{"flow.yaml", filepath.Join(FlowFolder, FlowFile), 0o644},
		{"snippet.html", SnippetFile, 0o644},
	}
	for _, f := range files {
		text, err := s.render(f.template)
		if err != nil {
			return err
		}
		if err := writeSynced(filepath.Join(aside, f.path), text, f.mode); err != nil {
			return err
		}
	}
	return writeSynced(filepath.Join(aside, SecretFile), []byte(a.ClientSecret.Reveal()+"\n"), 0o600)
}

// inside is a data folder that belongs into the new folder, or "".
func inside(data string) string {
	if filepath.IsAbs(data) {
		return ""
	}
	return data
}

func writeSynced(path string, text []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// readBack reads the configuration and compiles the flow.
func readBack(folder string) error {
	if _, err := config.Load(filepath.Join(folder, ConfigFile)); err != nil {
		return err
	}
	path := filepath.Join(folder, FlowFolder, FlowFile)
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	program, problems := flows.Compile([]flows.File{{Path: path, Data: text}})
	if program == nil {
		return fmt.Errorf("%v", problems)
	}
	return nil
}
