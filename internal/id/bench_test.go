package id_test

import (
	"testing"

	"parley/internal/id"
)

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = id.New[id.Call]()
	}
}
