package web

import (
	"fmt"
	"math"
	"syscall"
)

// freeBytes is what a process without privileges may still write on the disk of
// a folder (statfs(2), f_bavail).
func freeBytes(folder string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, fmt.Errorf("web: statfs: %w", err)
	}
	free := float64(s.Bavail) * float64(s.Bsize)
	return int64(min(free, math.MaxInt64/2)), nil
}
