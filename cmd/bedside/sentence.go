package main

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"bedside/cmd/bedside/config"
	"bedside/store"
)

// wrongUse is an error of whoever typed the command.
type wrongUse struct{ error }

func (w wrongUse) Unwrap() error { return w.error }

// wrongPlace is a sentence about what surrounds Bedside, with its cure: files,
// addresses, another process, the clock.
type wrongPlace struct {
	sentence string
	cause    error // what it says, for programs; may be nil
}

func (w wrongPlace) Error() string { return w.sentence }

func (w wrongPlace) Unwrap() error { return w.cause }

// reported is an error that the command has told already.
type reported struct{ code int }

func (r reported) Error() string { return "told already" }

// verdict is what is said of an error, and the exit code: 1 where the work has
// failed, 2 where it was asked wrongly or cannot be done in this place. Whoever
// typed the command reads it, so no chain of a program's own words is in it.
func verdict(err error) (said string, code int) {
	var told reported
	var wrong wrongUse
	var place wrongPlace
	var problems config.Problems
	var address cannotListen
	switch {
	case errors.As(err, &told):
		return "", told.code
	case errors.As(err, &problems):
		return err.Error() + "\nNothing was begun; see bedside config reference.", exitUsage
	case errors.As(err, &address):
		return "bedside: " + address.sentence(), exitUsage
	case errors.As(err, &place):
		return "bedside: " + place.sentence, exitUsage
	}
	text, ours := inWords(err)
	switch {
	case errors.Is(err, store.ErrClosed):
		return "bedside: " + stopped(err), exitFailed
	case errors.As(err, &wrong):
		return "bedside: " + text + "\nSee bedside --help.", exitUsage
	case ours, errors.Is(err, store.ErrLocked):
		return "bedside: " + text, exitUsage
	}
	return "bedside: " + text, exitFailed
}

// stopped is why a journal takes nothing more. The process has failed in its work,
// and whoever watches over it shall begin it again.
func stopped(err error) string {
	why := "it was closed"
	var path *fs.PathError
	if errors.As(err, &path) {
		why = path.Path + ": " + config.Reason(path)
	}
	return "the journal takes nothing more (" + why + "); mend that, and start Bedside again: what was acknowledged is kept"
}

// inWords is an error with what the system said of a file in plain words, and a
// cure behind it. ours reports whether it was about a file.
func inWords(err error) (text string, ours bool) {
	text = err.Error()
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		text = strings.Replace(text, path.Error(), shown(path.Path)+": "+config.Reason(path), 1) + cure(path)
		return strings.Replace(text, path.Path+": "+path.Path+": ", path.Path+": ", 1), true // some say it before the system does
	case errors.As(err, &link):
		return strings.Replace(text, link.Error(), shown(link.New)+": "+config.Reason(link.Err), 1) + cure(link), true
	case errors.Is(err, syscall.ENOSPC):
		return strings.Replace(text, syscall.ENOSPC.Error(), config.Reason(syscall.ENOSPC), 1) + cure(err), true
	}
	return text, false
}

// shown is a path as its owner knows it: of a file that is written aside, the
// folder.
func shown(path string) string {
	folder, base := filepath.Split(path)
	folder = filepath.Clean(folder)
	switch {
	case strings.HasPrefix(base, ".bedside-"), strings.HasPrefix(base, ".key-"), strings.HasPrefix(base, aside):
		return folder
	case strings.HasPrefix(filepath.Base(folder), aside):
		return filepath.Dir(folder)
	}
	return path
}

func cure(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "; look at the name, and from which folder it counts"
	case errors.Is(err, fs.ErrPermission):
		return "; give it to this user (chown, chmod), or run as its owner"
	case errors.Is(err, fs.ErrExist):
		return "; name another"
	case errors.Is(err, syscall.ENOSPC):
		return "; make room there, nothing was lost"
	case errors.Is(err, syscall.EROFS):
		return "; name a place that may be written"
	case errors.Is(err, syscall.EISDIR):
		return "; name a file"
	case errors.Is(err, syscall.ENOTDIR):
		return "; look at the name"
	}
	return ""
}

// cannotListen says which key or flag names an address that is not to be had.
type cannotListen struct {
	key, address string
	holder       string // the Bedside that works on the data folder, where one does
	err          error
}

func (c cannotListen) Error() string { return c.key + " " + c.address + ": " + c.err.Error() }

func (c cannotListen) Unwrap() error { return c.err }

func (c cannotListen) sentence() string {
	what := "the address " + c.address + " (" + c.key + ") "
	var (
		dns  *net.DNSError
		form *net.AddrError
	)
	switch {
	case errors.Is(c.err, syscall.EADDRINUSE) && c.holder != "":
		return what + "is in use: a Bedside" + c.holder + " runs on this data folder already; stop it first, or have it read its configuration anew (bedside reload)"
	case errors.Is(c.err, syscall.EADDRINUSE):
		return what + "is in use: another program listens there, perhaps a Bedside that runs already; stop it, or change " + c.key
	case errors.Is(c.err, fs.ErrPermission):
		return what + "needs a right: ports below 1024 are kept for the system; give Bedside CAP_NET_BIND_SERVICE (its systemd unit may have it), or take a port from 1024 on"
	case errors.Is(c.err, syscall.EADDRNOTAVAIL):
		return what + "is not this machine's; write one of its own" + ownAddresses() + ", or 0.0.0.0 for all of them"
	case errors.As(c.err, &form):
		return what + "is no address: " + form.Err + "; write it like 127.0.0.1:8080, with a port from 1 to 65535"
	case errors.As(c.err, &dns):
		return what + "has a name that nobody knows; write an address of this machine" + ownAddresses()
	}
	return what + "cannot be listened on: " + c.err.Error() + "; write it like 127.0.0.1:8080"
}

// ownAddresses are a few of this machine's, in brackets.
func ownAddresses() string {
	all, err := net.InterfaceAddrs()
	if err != nil || len(all) == 0 {
		return ""
	}
	var out []string
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && len(out) < 4 && !n.IP.IsLinkLocalUnicast() {
			out = append(out, n.IP.String())
		}
	}
	return " (" + strings.Join(out, ", ") + ")"
}
