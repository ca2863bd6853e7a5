//go:build unix

package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// disk measures the disk that holds path, in bytes. Blocks that are kept for root or beyond a quota count for nothing, as in
// df: a disk of which a program may use a half is full when that half is.
func disk(path string) (free, total int64, err error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil {
		return 0, 0, fmt.Errorf("measure disk: %w", err)
	}
	block := int64(stat.Bsize) //nolint:unconvert // an uint32 on darwin
	used := int64(stat.Blocks) - int64(stat.Bfree)
	return int64(stat.Bavail) * block, (used + int64(stat.Bavail)) * block, nil
}
