//go:build unix

package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// disk measures the disk that holds path, in bytes.
func disk(path string) (free, total int64, err error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil {
		return 0, 0, fmt.Errorf("measure disk: %w", err)
	}
	block := int64(stat.Bsize) //nolint:unconvert // an uint32 on darwin
	return int64(stat.Bavail) * block, int64(stat.Blocks) * block, nil
}
