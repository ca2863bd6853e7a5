package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// DiskTotal is how many bytes the disk that holds path has in all.
func DiskTotal(path string) (int64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil {
		return 0, fmt.Errorf("measure disk: %w", err)
	}
	return int64(stat.Blocks * uint64(stat.Bsize)), nil
}
