package report

import (
	"encoding/json"
	"testing"
)

// BenchmarkFold measures the making of a whole record from the events of an answered call.
func BenchmarkFold(b *testing.B) {
	s, events := newTale(b), []happened{}
	s.events = &events
	s.tell(read(b, "answered"))
	b.ReportAllocs()
	for b.Loop() {
		r := Record{ID: "c"}
		for _, e := range events {
			r.Apply(e.at, e.event)
		}
		if len(r.Timeline) == 0 {
			b.Fatal("nothing was folded")
		}
	}
	b.ReportMetric(float64(len(events)), "events")
}

// BenchmarkEncode measures the writing of that record as JSON.
func BenchmarkEncode(b *testing.B) {
	s := newTale(b)
	s.tell(read(b, "answered"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal(&s.record); err != nil {
			b.Fatal(err)
		}
	}
}
