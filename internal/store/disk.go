package store

// Free is how many bytes the disk of the folder still takes.
func (b *Blobs) Free() (int64, error) { return DiskFree(b.root.Name()) }

// DiskFree is how many bytes the disk that holds path still takes from a program without special rights.
func DiskFree(path string) (int64, error) {
	free, _, err := disk(path)
	return free, err
}

// DiskTotal is how many bytes the disk that holds path has in all.
func DiskTotal(path string) (int64, error) {
	_, total, err := disk(path)
	return total, err
}
