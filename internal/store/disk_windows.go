package store

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// disk measures the disk that holds path, in bytes.
func disk(path string) (free, total int64, err error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, 0, fmt.Errorf("measure disk: %w", err)
	}
	var left, all uint64
	if err := windows.GetDiskFreeSpaceEx(name, &left, &all, nil); err != nil {
		return 0, 0, fmt.Errorf("measure disk: %w", err)
	}
	return int64(left), int64(all), nil
}
