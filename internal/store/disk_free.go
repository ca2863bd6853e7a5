package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Free is how many bytes the disk of the folder still takes.
func (b *Blobs) Free() (int64, error) { return DiskFree(b.root.Name()) }

// DiskFree is how many bytes the disk that holds path still takes from a program without special rights.
func DiskFree(path string) (int64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil {
		return 0, fmt.Errorf("measure free disk: %w", err)
	}
	return int64(stat.Bavail * uint64(stat.Bsize)), nil
}
