package config

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Reason says in plain words why the file system refused, without the path,
// which whoever prints it names already.
func Reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "this user (" + user() + ") has no right to it"
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder"
	case errors.Is(err, syscall.ENOTDIR):
		return "what should be a folder in its path is a file"
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full"
	case errors.Is(err, syscall.EROFS):
		return "the disk may only be read"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// user names who runs this process, so that rights can be given to the right one.
func user() string {
	if name := os.Getenv("USER"); name != "" {
		return name
	}
	return "the one who runs Bedside"
}
