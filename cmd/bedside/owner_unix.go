//go:build unix

package main

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// ownedAs gives a file to the owner of a folder: the file itself, for that owner
// may have put a link to somebody else's in its place.
func ownedAs(folder, file string) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(owner.Uid) == os.Geteuid() {
		return nil
	}
	return os.Lchown(file, int(owner.Uid), int(owner.Gid))
}

// rightOwner refuses root the journal of somebody else: what root makes beside it,
// its owner could not open at the next start.
func rightOwner(journal string) error {
	info, err := os.Stat(journal)
	if err != nil || os.Geteuid() != 0 {
		return nil // there is none yet, or the system says who may
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok || owner.Uid == 0 {
		return nil
	}
	name := strconv.Itoa(int(owner.Uid))
	if u, err := user.LookupId(name); err == nil {
		name = u.Username
	}
	return wrongPlace{sentence: journal + " belongs to " + name + ", and this is root; run as its owner: sudo -u " + name + " bedside …, or systemctl start bedside"}
}
