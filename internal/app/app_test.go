package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/access"
	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/live"
	"parley/internal/report"
	config "parley/internal/settings"
	"parley/internal/store"
	"parley/internal/testdb"
)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lines is a log that can be read while it is written.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// settings are those of a server on free ports.
func settings(t *testing.T, dir string) Settings {
	return Settings{
		Data: dir, Database: testdb.For(t, dir), HTTP: "127.0.0.1:0", SIP: "127.0.0.1:0", RTC: "127.0.0.1:0", RTP: "22000-22099",
		Drain: 200 * time.Millisecond, LogLevel: "info", DiskFull: 100,
	}
}

func open(t *testing.T, s Settings) (*App, *lines) {
	t.Helper()
	log := &lines{}
	a, err := Open(t.Context(), s, "1.2.3", slog.New(slog.NewTextHandler(log, nil)), nil)
	check(t, err)
	return a, log
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	check(t, err)
	response, err := http.DefaultClient.Do(request)
	check(t, err)
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	check(t, err)
	return response.StatusCode, string(body)
}

// TestOpenAndStop runs an empty installation and stops it; nothing of it stays behind.
func TestOpenAndStop(t *testing.T) {
	dir := t.TempDir() + "/data"
	a, log := open(t, settings(t, dir))
	web, sip := a.Addresses()
	if len(a.SetupCode()) != 8 || !strings.HasPrefix(sip, "127.0.0.1:") {
		t.Errorf("code %q, SIP %s", a.SetupCode(), sip)
	}
	if status, body := get(t, web+"/healthz"); status != 200 {
		t.Errorf("/healthz: %d %s", status, body)
	}
	if status, body := get(t, web+"/api/setup"); status != 200 || !strings.Contains(body, `"needed":true`) {
		t.Errorf("/api/setup: %d %s", status, body)
	}
	_, metrics := get(t, web+"/metrics")
	for _, name := range []string{
		"parley_calls_live 0", "parley_calls_begun_total 0", "parley_calls_ended_total 0", "parley_machines_broken_total 0", "parley_draining 0",
		`parley_build_info{version="1.2.3"} 1`, "parley_store_waiting_rows", "parley_sound_mos_count 0", "parley_sound_loss_percent_count 0", "parley_store_failed_total", "parley_browser_strange_datagrams_total", "go_goroutines", "process_resident_memory_bytes",
	} {
		if !strings.Contains(metrics, "\n"+name) {
			t.Errorf("/metrics lacks %s", name)
		}
	}
	began := time.Now()
	a.Stop(t.Context())
	if d := time.Since(began); d > 3*time.Second {
		t.Errorf("an idle stop took %v", d)
	}
	for _, addr := range []string{strings.TrimPrefix(web, "http://"), sip} {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			t.Errorf("%s is still taken: %v", addr, err)
			continue
		}
		_ = l.Close()
	}
	if strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log:\n%s", log)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm()&0o007 != 0 {
		t.Errorf("data folder: %v %v", info, err)
	}
	again, _ := open(t, settings(t, dir)) // and it starts again on the same data
	again.Stop(t.Context())
}

// TestTakenPorts names the flag of each address that another program has.
func TestTakenPorts(t *testing.T) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer func() { _ = tcp.Close() }()
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	check(t, err)
	defer func() { _ = udp.Close() }()
	var rtp [4]net.PacketConn
	for i := range rtp {
		if rtp[i], err = net.ListenPacket("udp", fmt.Sprint("127.0.0.1:", 22200+i)); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rtp[i].Close() }()
	}
	for flag, set := range map[string]func(*Settings){
		"--http":  func(s *Settings) { s.HTTP = tcp.Addr().String() },
		"--https": func(s *Settings) { s.HTTPS = tcp.Addr().String() },
		"--sips":  func(s *Settings) { s.SIPS = tcp.Addr().String() },
		"--turn":  func(s *Settings) { s.TURN = tcp.Addr().String() },
		"--sip":   func(s *Settings) { s.SIP = udp.LocalAddr().String() },
		"--rtc":   func(s *Settings) { s.RTC = udp.LocalAddr().String() },
		"--rtp":   func(s *Settings) { s.RTP = "22200-22203" },
	} {
		s := settings(t, t.TempDir())
		set(&s)
		a, err := Open(t.Context(), s, "test", slog.New(slog.DiscardHandler), nil)
		if err == nil {
			t.Errorf("%s: opened on a port that is taken", flag)
			a.Stop(t.Context())
			continue
		}
		if !strings.HasPrefix(err.Error(), flag+" ") || !strings.Contains(err.Error(), "taken") {
			t.Errorf("%s: %v", flag, err)
		}
	}
}

// TestRefusedSettings says which flag is wrong, and no secret.
func TestRefusedSettings(t *testing.T) {
	file := t.TempDir() + "/file"
	check(t, os.WriteFile(file, nil, 0o600))
	for want, set := range map[string]func(*Settings){
		"--rtp x ":             func(s *Settings) { s.RTP = "x" },
		"--sip x ":             func(s *Settings) { s.SIP = "x" },
		"--browser-codec x":    func(s *Settings) { s.Codec = "x" },
		"--tls-cert":           func(s *Settings) { s.HTTPS, s.TLSCert = "127.0.0.1:0", "x" },
		"--public x ":          func(s *Settings) { s.Public = "x" },
		"--data " + file:       func(s *Settings) { s.Data = file },
		"--master-key " + file: func(s *Settings) { s.Master = file },
		"ann:***@127.0.0":      func(s *Settings) { s.Database = "postgres://ann:secret@127.0.0.1:1/parley" },
	} {
		s := settings(t, t.TempDir())
		set(&s)
		a, err := Open(t.Context(), s, "test", slog.New(slog.DiscardHandler), nil)
		if err == nil {
			a.Stop(t.Context())
		}
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", want, err)
		}
	}
}

// office fills a data folder with an organisation of one agent and one queue.
func office(t *testing.T, dir string) (id.Org, id.Queue, id.Agent) {
	db, err := store.Open(t.Context(), store.Config{Dir: dir, URL: testdb.For(t, dir)})
	check(t, err)
	defer func() { check(t, db.Close()) }()
	check(t, db.Migrate(t.Context()))
	org := store.NewOrganisation("Acme", "BE")
	check(t, db.CreateOrganisation(t.Context(), &org))
	ctx := store.WithOrg(t.Context(), org.ID)
	u := store.User{Email: "ann@example.com", FirstName: "Ann"}
	check(t, db.CreateUser(ctx, &u, store.RoleAdmin))
	a := store.NewAgent(u.ID, "201")
	check(t, db.CreateAgent(ctx, &a))
	q := store.NewQueue("Sales")
	check(t, db.CreateQueue(ctx, &q))
	check(t, db.SetQueueMembers(ctx, q.ID, []id.Agent{a.ID}))
	return org.ID, q.ID, a.ID
}

// TestFiguresSurviveARestart shows on the dashboard what happened today before the program started (MN-1).
func TestFiguresSurviveARestart(t *testing.T) {
	dir := t.TempDir()
	org, queue, agent := office(t, dir)
	db, err := store.Open(t.Context(), store.Config{Dir: dir, URL: testdb.For(t, dir)})
	check(t, err)
	commit := db.StartGroupCommit(store.GroupCommitConfig{})
	now := time.Now()
	for i := range 250 { // more than a page
		r := gaveUp(queue, id.Call(fmt.Sprint("c", i)), now)
		if i == 0 {
			r.Offers = []report.Offer{{Agent: agent, SentAt: now.Add(-time.Microsecond), EndedAt: now.Add(-time.Microsecond), Result: call.RingMissed}}
		}
		commit.Writer(org).Record(rowOf(t, r))
	}
	check(t, commit.Close(t.Context()))
	check(t, db.Close())

	a, log := open(t, settings(t, dir))
	counted(t, a, log, org, func(q live.Queue) bool { return q.Offered == 250 && q.Abandoned == 250 && q.Missed == 1 })
	check(t, a.db.ResetQueue(store.WithOrg(t.Context(), org), queue, &store.AuditEntry{Action: "queue statistics reset"}))
	commit = a.db.StartGroupCommit(store.GroupCommitConfig{})
	commit.Writer(org).Record(rowOf(t, gaveUp(queue, "after", time.Now().Add(time.Millisecond))))
	check(t, commit.Close(t.Context()))
	a.Stop(t.Context())
	a, log = open(t, settings(t, dir))
	defer a.Stop(t.Context())
	counted(t, a, log, org, func(q live.Queue) bool {
		if q.Offered > 1 || q.Missed > 0 {
			t.Errorf("what was before the figures were zeroed came back (QU-22): %+v", q)
		}
		return q.Offered > 0
	})
}

// gaveUp is the record of a caller who entered a queue a millisecond before that moment and has hung up.
func gaveUp(queue id.Queue, which id.Call, at time.Time) report.Record {
	r := report.Record{ID: which, Direction: call.Inbound, Status: call.Ended, CreatedAt: at.Add(-time.Second)}
	r.Queues = []report.QueueVisit{{Queue: queue, Name: "Sales", EnteredAt: at.Add(-time.Millisecond), LeftAt: at.Add(-time.Microsecond), Result: "abandoned"}}
	return r
}

// rowOf is a call in the one queue as it is stored.
func rowOf(t *testing.T, r report.Record) store.CallRow {
	t.Helper()
	whole, err := json.Marshal(r)
	check(t, err)
	row := store.CallRow{Direction: "inbound", Status: "ended", ArrivedAt: r.CreatedAt, Whole: whole, Agents: []store.CallAgent{}}
	row.ID, row.Queues = r.ID, []store.CallQueue{{ID: r.Queues[0].Queue, Name: r.Queues[0].Name}}
	return row
}

// counted waits until a queue's figures are as they should be.
func counted(t *testing.T, a *App, log *lines, org id.Org, right func(live.Queue) bool) {
	t.Helper()
	feed := a.hub.Subscribe(live.Viewer{Org: org, Role: access.Admin})
	defer feed.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		m, err := feed.Next(ctx)
		if err != nil {
			t.Fatalf("the figures did not come: %v\n%s", err, log)
		}
		var q live.Queue
		switch data := m.Data.(type) {
		case live.Snapshot:
			q = data.Queues[0]
		case live.Queue:
			q = data
		}
		if right(q) {
			return
		}
	}
}

// TestStatusSurvivesACall keeps what the agent chose, not the call that a crash has ended.
func TestStatusSurvivesACall(t *testing.T) {
	dir := t.TempDir()
	org, _, agent := office(t, dir)
	a, _ := open(t, settings(t, dir))
	s := statuses{a.commit, a.sites}
	desk := acd.StatusChanged{Agent: agent, To: acd.Available, Custom: "desk", Effect: acd.EffectAvailable}
	for _, e := range []acd.StatusChanged{desk, {Agent: agent, To: acd.OnCall}, {Agent: agent, To: acd.WrapUp}} {
		s.StatusChanged(time.Now(), org, e)
	}
	a.Stop(t.Context())
	a, _ = open(t, settings(t, dir))
	defer a.Stop(t.Context())
	for _, signal := range a.rebuild(org) {
		if r, ok := signal.(acd.Restore); ok && r.Agent == agent && r.Status == acd.Available && r.Custom == "desk" {
			return
		}
	}
	t.Error("the agent's choice is lost")
}

// TestTogglesAndOutcomesAreKept brings what an agent has pressed into an ACD that is rebuilt, and an outcome into the record.
func TestTogglesAndOutcomesAreKept(t *testing.T) {
	dir := t.TempDir()
	org, queue, agent := office(t, dir)
	a, _ := open(t, settings(t, dir))
	defer a.Stop(t.Context())
	ctx := store.WithOrg(t.Context(), org)
	sold, err := a.db.Shelves().Outcomes.Create(ctx, store.Actor{}, config.Outcome{Name: "Sold", Active: true})
	check(t, err)
	check(t, a.changed(ctx, org))
	check(t, a.db.SetQueueToggle(ctx, agent, queue, false))
	if all := a.rebuild(org); !slices.Contains(all, acd.Signal(acd.Toggle{Agent: agent, Queue: queue})) {
		t.Error("the toggle is not among what the ACD is rebuilt from")
	}
	a.dispatch.Statuses.OutcomeChosen(time.Now(), org, acd.OutcomeChosen{Agent: agent, Call: "c1", Queue: queue, Outcome: sold.ID, Auto: true})
	check(t, a.commit.Flush(ctx))
	found, err := a.db.CallOutcomes(ctx, []id.Call{"c1"})
	check(t, err)
	if len(found["c1"]) != 1 || found["c1"][0].Name != "Sold" || !found["c1"][0].Auto {
		t.Errorf("kept: %+v", found)
	}
}

// TestGracefulStop refuses new calls, waits for live ones as long as it may, and seals their records.
func TestGracefulStop(t *testing.T) {
	dir := t.TempDir()
	org, _, agent := office(t, dir)
	a, log := open(t, settings(t, dir))
	check(t, a.exchange.Open(org, "c1", call.Placed{Agent: agent, To: "201"})) // refused, as no work was started
	web, _ := a.Addresses()
	stopped := make(chan struct{})
	go func() { defer close(stopped); a.Stop(context.WithoutCancel(t.Context())) }()
	<-stopped
	if err := a.exchange.Open(org, "c2", call.Placed{Agent: agent, To: "201"}); err == nil {
		t.Error("a call was taken after the stop")
	}
	if _, err := net.Dial("tcp", strings.TrimPrefix(web, "http://")); err == nil {
		t.Error("the web server still listens")
	}
	db, err := store.Open(t.Context(), store.Config{Dir: dir, URL: testdb.For(t, dir)})
	check(t, err)
	defer func() { check(t, db.Close()) }()
	row, err := db.Call(store.WithOrg(t.Context(), org), "c1", store.Scope{All: true})
	if err != nil || row.Status != "ended" || row.Disposition != "failed" || row.Reason == "" {
		t.Errorf("record %+v, %v\n%s", row, err, log)
	}
}
