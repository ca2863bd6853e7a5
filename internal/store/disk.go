package store

// Disk measures the disk of the folder, in bytes: what it still takes from a program without special rights, and what such a
// program could have in all.
func (b *Blobs) Disk() (free, total int64, err error) { return disk(b.root.Name()) }
