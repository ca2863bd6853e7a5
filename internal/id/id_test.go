package id_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/uuid"

	"parley/internal/id"
)

// TestNewIsUniqueAndOrdered makes identifiers in several goroutines at once: none comes twice, and each goroutine's
// stand in the order in which they were made.
func TestNewIsUniqueAndOrdered(t *testing.T) {
	const makers, each = 4, 5000
	var made [makers][]id.Call
	var work sync.WaitGroup
	for i := range made {
		work.Go(func() {
			for range each {
				made[i] = append(made[i], id.New[id.Call]())
			}
		})
	}
	work.Wait()
	seen := map[id.Call]bool{}
	for i, calls := range made {
		if !slices.IsSorted(calls) {
			t.Errorf("maker %d: not in order", i)
		}
		for _, call := range calls {
			seen[call] = true
		}
	}
	if len(seen) != makers*each {
		t.Errorf("%d of %d are different", len(seen), makers*each)
	}
}

func TestNewIsUUIDv7(t *testing.T) {
	one, err := uuid.Parse(string(id.New[id.Agent]()))
	if err != nil || one.Version() != 7 {
		t.Errorf("%v: %v", one, err)
	}
}
