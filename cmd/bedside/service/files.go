//go:build !windows

package service

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// copyProgram puts the program under its new name at once, so that one that runs
// from there is not disturbed.
func copyProgram(to, from string) error {
	if same(to, from) {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return write(to, 0o755, func(out io.Writer) error {
		_, err := io.Copy(out, in)
		return err
	})
}

func same(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// replace writes a file whole.
func replace(to string, text []byte, mode os.FileMode) error {
	return write(to, mode, func(out io.Writer) error {
		_, err := out.Write(text)
		return err
	})
}

func write(to string, mode os.FileMode, fill func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	aside, err := os.CreateTemp(filepath.Dir(to), ".bedside-*")
	if err != nil {
		return err
	}
	defer os.Remove(aside.Name())
	if err := errors.Join(fill(aside), aside.Chmod(mode), aside.Sync(), aside.Close()); err != nil {
		return err
	}
	return os.Rename(aside.Name(), to)
}

// letRead opens the configuration's folder to the service's group, and to nobody
// else: the service cannot change what it is told.
func (o Options) letRead() error {
	_, gid, err := o.owner()
	if err != nil {
		return err
	}
	return o.each(filepath.Dir(o.Config), func(in *os.Root, name string, d fs.DirEntry) error {
		if filepath.Join(in.Name(), name) == o.at(o.Data) {
			return fs.SkipDir
		}
		mode := os.FileMode(0o640)
		if d.IsDir() {
			mode = 0o750
		}
		return errors.Join(in.Lchown(name, -1, gid), in.Chmod(name, mode))
	})
}

// giveData has the data folder belong to the service alone.
func (o Options) giveData() error {
	uid, gid, err := o.owner()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(o.at(o.Data), 0o700); err != nil {
		return err
	}
	return o.each(o.Data, func(in *os.Root, name string, d fs.DirEntry) error {
		mode := os.FileMode(0o600)
		if d.IsDir() {
			mode = 0o700
		}
		return errors.Join(in.Lchown(name, uid, gid), in.Chmod(name, mode))
	})
}

// each does something with every folder and file below a path; links and sockets
// are passed over. Whoever owns a folder may put a link in the place of a file
// while root is at work in it, and would be given what the link leads to: names
// count within the folder alone.
func (o Options) each(folder string, do func(in *os.Root, name string, d fs.DirEntry) error) error {
	in, err := os.OpenRoot(o.at(folder))
	if o.Root != "" && errors.Is(err, fs.ErrNotExist) {
		return nil // an image that gets its configuration later
	}
	if err != nil {
		return err
	}
	defer in.Close()
	return fs.WalkDir(in.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() && !d.Type().IsRegular() {
			return nil
		}
		return do(in, name, d)
	})
}
