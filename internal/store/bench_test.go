package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"parley/internal/id"
	"parley/internal/tel"
)

// eachDatabase runs a benchmark on SQLite and on PostgreSQL, each with an empty, migrated database.
func eachDatabase(b *testing.B, run func(b *testing.B, db *DB)) {
	b.Run("sqlite", func(b *testing.B) { run(b, openTest(b, "")) })
	b.Run("postgres", func(b *testing.B) { run(b, openTest(b, postgres.database(b))) })
}

func processTime(b *testing.B) time.Duration {
	var use syscall.Rusage
	check(b, syscall.Getrusage(syscall.RUSAGE_SELF, &use))
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkShortCall writes what a call leaves behind that was over before anything of it was stored, ten in a transaction.
func BenchmarkShortCall(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *DB) {
		w := newWorld(b, db, 1)
		group := db.StartGroupCommit(GroupCommitConfig{Every: time.Hour}) // only Flush commits
		writer := group.Writer(w.org)
		used := processTime(b)
		b.ReportAllocs()
		b.ResetTimer()
		for n := range b.N {
			writeShortCall(writer, w, n)
			if n%10 == 9 {
				check(b, group.Flush(b.Context()))
			}
		}
		check(b, group.Close(b.Context()))
		b.ReportMetric(float64(b.N)/float64(group.Stats().Commits), "calls/commit")
		b.ReportMetric(float64((processTime(b)-used).Microseconds())/float64(b.N), "cpu-µs/call")
		same(b, "lost", group.Stats().Lost, 0)
	})
}

var somethingSaid = bytes.Repeat([]byte(`{"party":"0194d7a2-4c1e"}`), 50)

func writeShortCall(writer *Writer, w *world, n int) {
	call, at := id.Call(fmt.Sprintf("0194d7a2-4c1e-7000-8000-%012d", n)), now()
	agent := &w.agents[n%2]
	writeEvents(writer, call, at)
	row := CallRow{Record: Record[id.Call]{ID: call}, Status: "ended", From: "+32470111222", To: "+3225550001",
		ArrivedAt: at, AnsweredAt: at, EndedAt: at, Agents: []CallAgent{{ID: agent.ID, Name: "Ann Ash"}}, Whole: somethingSaid[:1000]}
	writer.Record(row)
	for i := range 2 {
		writer.StatusEvent(StatusEvent{Agent: agent.ID, AgentKind: "human", Channel: "voice", PreviousStatus: "ready", NewStatus: "talking",
			PreviousEffect: "available", NewEffect: "busy", Seconds: i, Trigger: "system", At: at})
		writer.AgentStatus(AgentStatus{Agent: agent.ID, Channel: "voice", Status: "ready", Effect: "available", Since: at})
	}
	writer.Remove("call/" + string(call))
}

// BenchmarkCallerByNumber finds a customer who has called many times.
func BenchmarkCallerByNumber(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *DB) {
		w := newWorld(b, db, 1)
		numbers := customersWhoCalled(b, db, w)
		ctx, cancel := context.WithTimeout(w.ctx, time.Hour)
		defer cancel()
		used := processTime(b)
		b.ReportAllocs()
		b.ResetTimer()
		for n := range b.N {
			_, _, err := db.CallerByNumber(ctx, numbers[n%len(numbers)])
			check(b, err)
		}
		b.ReportMetric(float64((processTime(b)-used).Nanoseconds())/float64(b.N)/1000, "cpu-µs/op")
	})
}

func customersWhoCalled(b *testing.B, db *DB, w *world) (numbers []tel.Number) {
	group := db.StartGroupCommit(GroupCommitConfig{})
	for n := range 200 {
		customer := Customer{Name: fmt.Sprint("Customer ", n), Phones: []CustomerNumber{{PhoneNumber: tel.Number(fmt.Sprintf("+32470%06d", n))}}}
		check(b, db.CreateCustomer(w.ctx, &customer))
		numbers = append(numbers, customer.Phones[0].PhoneNumber)
		for i := range 20 {
			group.Writer(w.org).Record(CallRow{Record: Record[id.Call]{ID: id.Call(fmt.Sprint(n, "-", i))}, ArrivedAt: now(), Customer: customer.ID})
		}
	}
	check(b, group.Close(b.Context()))
	return numbers
}

func writeEvents(writer *Writer, call id.Call, at time.Time) {
	events := make([]CallEvent, 20)
	for i := range events {
		events[i] = CallEvent{Seq: i + 1, At: at, Kind: "joined", Content: somethingSaid[:120]}
	}
	writer.Events(call, events)
}

// BenchmarkCallerNobodyKnows looks for a customer that is not there, as for most calls of most organisations.
func BenchmarkCallerNobodyKnows(b *testing.B) {
	eachDatabase(b, func(b *testing.B, db *DB) {
		w := newWorld(b, db, 1)
		customersWhoCalled(b, db, w)
		b.ReportAllocs()
		b.ResetTimer()
		for range b.N {
			if _, _, err := db.CallerByNumber(w.ctx, "+3225550000"); !errors.Is(err, ErrNotFound) {
				b.Fatal(err)
			}
		}
	})
}
