package api

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/call"
	"parley/internal/callcontrol"
	"parley/internal/id"
	"parley/internal/report"
	"parley/internal/store"
	"parley/internal/tel"
)

var monday = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)

// lived lets a call live through signals and stores its record as the keeper does.
func (w *world) lived(which id.Call, after time.Duration, signals ...call.Signal) {
	w.t.Helper()
	commit := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	keeper := &callcontrol.Keeper{Commit: commit, Names: w.doors.Sites, Log: w.doors.Log}
	c, now := call.New(which, w.org), monday.Add(after)
	for _, s := range signals {
		o, err := c.Handle(now, s)
		check(w.t, err)
		keeper.CallEvents(c, now, o.Events)
		keeper.CallSettled(c)
		now = now.Add(5 * time.Second)
	}
	check(w.t, commit.Writer(w.org).Flush(w.ctx))
	check(w.t, commit.Close(w.ctx))
}

// story is a queue call that an agent answers, records and ends.
func (w *world) story(which id.Call, queue, agent string, after time.Duration) {
	a, leg := w.agents[agent], id.Leg(which+"-page")
	w.lived(which, after,
		call.Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"},
		call.Routed{Queue: &call.Queue{ID: w.queues[queue], Name: queue, Tags: []string{"vip"}}, Caller: call.Caller{Name: "Elena " + queue}},
		call.LegAnswered{Leg: "trunk"},
		call.Offered{Offer: id.Offer(which + ".o1"), Agent: a, RingSeconds: 20, Skipped: []call.Skip{{Agent: w.agents["admin"], Why: "status"}}},
		call.RingSeen{Offer: id.Offer(which + ".o1"), Agent: a, Device: "browser"},
		call.RingEnded{Offer: id.Offer(which + ".o1"), Agent: a, Result: call.RingAnswered, Leg: leg, Device: "browser"},
		call.StartRecording{Agent: a}, call.Hold{Agent: a}, call.Resume{Agent: a},
		call.LegEnded{Leg: "trunk", Cause: 16, ByPeer: true},
		call.RecordingStopped{Recording: id.Recording(which + ".r1"), Duration: 20 * time.Second, Bytes: 44, Gaps: []call.Gap{{From: time.Second, To: 6 * time.Second, Why: "hold"}}},
	)
}

// past is a history of four calls: Ann in Sales, Bob in Support, one abandoned in Sales, and one by Bob that was busy.
func (w *world) past() {
	w.story("c1", "Sales", "ann", 0)
	w.story("c2", "Support", "bob", time.Hour)
	w.lived("c3", 2*time.Hour, call.Arrived{Leg: "trunk", From: "+3290000000", To: "+12025550100"},
		call.Routed{Queue: &call.Queue{ID: w.queues["Sales"], Name: "Sales"}}, call.LegAnswered{Leg: "trunk"}, call.LegEnded{Leg: "trunk", Cause: 16, ByPeer: true},
		call.Explained{Queue: w.queues["Sales"], Skipped: []call.Skip{{Agent: w.agents["ann"], Why: "on_call"}}, SkippedMore: 2})
	w.lived("c4", 26*time.Hour, call.Placed{Agent: w.agents["bob"], Extension: "203", Name: "Bob Ash", To: "+3222123456"},
		call.Granted{Agent: w.agents["bob"]}, call.Taken{Agent: w.agents["bob"], Leg: "page", Device: "browser"},
		call.Planned{Number: "+3222123456", Trunk: "t1", CallerID: "+12025550100", Caller: call.Caller{Name: "Jan"}},
		call.LegEnded{Leg: "c4.l1", Cause: 17, Code: 486, ByPeer: true})
}

func ids(p CallPage) string {
	var all []string
	for _, r := range p.Items {
		all = append(all, string(r.ID))
	}
	return strings.Join(all, " ")
}

func TestHistory(t *testing.T) {
	w := newWorld(t)
	w.past()
	for _, test := range []struct{ viewer, query, want string }{
		{"admin", "", "c4 c3 c2 c1"},
		{"supervisor", "", "c3 c1"},
		{"ann", "", "c1"},
		{"bob", "", "c4 c2"},
		{"admin", "direction=outbound", "c4"},
		{"admin", "direction=inbound&disposition=abandoned", "c3"},
		{"admin", "direction=outbound,inbound", "c4 c3 c2 c1"},
		{"admin", "disposition=busy,abandoned", "c4 c3"},
		{"admin", "disposition=no_answer,abandoned&from=" + url.QueryEscape(monday.Format(time.RFC3339)), "c3"},
		{"admin", "from=" + url.QueryEscape(monday.Add(time.Hour).Format(time.RFC3339)) + "&to=" + url.QueryEscape(monday.Add(24*time.Hour).Format(time.RFC3339)), "c3 c2"},
		{"admin", "q=elena+sup", "c2"},
		{"admin", "q=0470+11+12", "c2 c1"},
		{"admin", "q=%25", ""},
		{"admin", "queue=" + string(w.queues["Support"]), "c2"},
		{"ann", "queue=" + string(w.queues["Support"]), ""},
		{"admin", "agent=" + string(w.agents["bob"]), "c4 c2"},
		{"admin", "has_recording=true", "c2 c1"},
		{"admin", "has_recording=false", "c4 c3"},
		{"admin", "offset=1&limit=2", "c3 c2"},
	} {
		t.Run(test.viewer+" "+test.query, func(t *testing.T) {
			p := read[CallPage](t, w.as(test.viewer).get("/api/calls?"+test.query))
			if ids(p) != test.want || p.Total < len(p.Items) {
				t.Errorf("%s (of %d), want %s", ids(p), p.Total, test.want)
			}
			for _, which := range []string{"c1", "c2", "c3", "c4"} { // what is not listed cannot be opened either
				want := http.StatusNotFound
				if test.query == "" && slices.Contains(strings.Fields(test.want), which) {
					want = http.StatusOK
				}
				if a := w.as(test.viewer).get("/api/calls/" + which); test.query == "" && a.status != want {
					t.Errorf("%s opens %s: %d", test.viewer, which, a.status)
				}
			}
		})
	}
}

func TestRows(t *testing.T) {
	w := newWorld(t)
	w.past()
	rows := map[id.Call]CallRow{}
	for _, r := range read[CallPage](t, w.as("admin").get("/api/calls")).Items {
		rows[r.ID] = r
	}
	c1 := rows["c1"]
	if c1.FromName != "Elena Sales" || c1.QueueName != "Sales" || c1.AgentName != "Ann Ash" || c1.Recording != "available" || c1.Disposition != "answered" ||
		c1.QueueWaitSeconds != 15 || c1.TalkTimeSeconds != 15 || c1.TotalDurationSeconds != 45 {
		t.Errorf("%+v", c1)
	}
	c4 := rows["c4"]
	if c4.ToName != "Jan" || c4.FromName != "" || c4.AgentName != "Bob Ash" || c4.Recording != "none" || c4.Disposition != "busy" || c4.Reason != "busy" {
		t.Errorf("%+v", c4)
	}
}

func TestDetail(t *testing.T) {
	w := newWorld(t)
	w.past()
	if p := read[CallDetail](t, w.as("admin").get("/api/calls/c3")).PassedOver; len(p) != 1 || p[0].QueueName != "Sales" || p[0].SkippedMore != 2 ||
		p[0].LeftAt.IsZero() || len(p[0].Skipped) != 1 || p[0].Skipped[0] != (Skipped{w.agents["ann"], "Ann Ash", "on_call"}) {
		t.Errorf("passed over %+v", p)
	}
	d := read[CallDetail](t, w.as("ann").get("/api/calls/c1"))
	if len(d.Offers) != 1 || d.Offers[0].AgentName != "Ann Ash" || d.Offers[0].Result != "answered" || d.Offers[0].Device != "browser" ||
		len(d.Offers[0].Skipped) != 1 || d.Offers[0].Skipped[0] != (Skipped{w.agents["admin"], "Admin Ash", "status"}) {
		t.Errorf("offers %+v", d.Offers)
	}
	if len(d.Legs) != 2 || d.Legs[0].Kind != "customer" || d.Legs[0].HangUpSide != "peer" || d.Legs[1].Name != "Ann Ash" || d.Legs[1].HangUpSide != "us" {
		t.Errorf("legs %+v", d.Legs)
	}
	if len(d.Tags) != 1 || d.Tags[0].Key != "vip" || d.Tags[0].Type != "yes_no" || d.Tags[0].Value != "true" || d.Tags[0].User != "" {
		t.Errorf("tags %v", d.Tags)
	}
	if len(d.Holds) != 1 || d.Holds[0].By != "Ann Ash" || d.Holds[0].Seconds != 5 {
		t.Errorf("holds %+v", d.Holds)
	}
	if len(d.Recordings) == 1 && (!d.Recordings[0].IsPrimary || d.Recordings[0].URL != "/api/recordings/"+string(d.Recordings[0].ID)+"/audio") {
		t.Errorf("recording %+v", d.Recordings[0])
	}
	if len(d.Recordings) != 1 || d.Recordings[0].Channels != 2 || d.Recordings[0].Gaps[0] != (RecordingGap{1, 6, "hold"}) {
		t.Errorf("recordings %+v", d.Recordings)
	}
	kinds := map[string]Timeline{}
	for i, e := range d.Timeline {
		if i > 0 && e.At.Before(d.Timeline[i-1].At) {
			t.Errorf("%s is out of order", e.Kind)
		}
		kinds[e.Kind] = e
	}
	if kinds["ring-began"].Params["agent"] != "Ann Ash" || kinds["queue-entered"].Params["queue"] != "Sales" || kinds["finished"].Params["result"] != "answered" {
		t.Errorf("timeline %+v", d.Timeline)
	}
	busy := read[CallDetail](t, w.as("bob").get("/api/calls/c4"))
	if len(busy.Legs) != 2 || busy.Legs[0].Kind != "agent" || busy.Legs[0].Name != "Bob Ash" || busy.Legs[1].Kind != "customer" || busy.Legs[1].Number != "+3222123456" ||
		busy.Legs[1].Cause != "busy" || busy.Code != 486 {
		t.Errorf("legs %+v", busy.Legs)
	}
}

// ways are the paths of a call that lives.
type ways map[id.Call]map[id.Leg]string

func (w ways) Paths(which id.Call) map[id.Leg]string { return w[which] }

// TestPathOfACallThatLives shows how the sound goes now, and of a call that has ended how it went.
func TestPathOfACallThatLives(t *testing.T) {
	w := newWorld(t)
	w.story("past", "Sales", "ann", 0)
	w.lived("now", time.Hour, call.Arrived{Leg: "trunk", Trunk: "t1", From: "+32470111222", To: "+12025550100"},
		call.LegSampled{Leg: "trunk", Path: "of a while ago"}, call.Routed{Agent: w.agents["ann"], RingSeconds: 20})
	paths := map[id.Leg]string{"trunk": "opus/48k → PCMU/8k", "other": "x"}
	w.doors.Sound = ways{"past": paths, "now": paths}
	if d := read[CallDetail](t, w.as("admin").get("/api/calls/now")); len(d.Legs) != 1 || d.Legs[0].Path != "opus/48k → PCMU/8k" {
		t.Errorf("legs %+v", d.Legs)
	}
	if d := read[CallDetail](t, w.as("admin").get("/api/calls/past")); len(d.Legs) != 2 || d.Legs[0].Path != "" {
		t.Errorf("legs %+v", d.Legs)
	}
	w.doors.Sound = nil
	if d := read[CallDetail](t, w.as("admin").get("/api/calls/now")); d.Legs[0].Path != "of a while ago" {
		t.Errorf("legs %+v", d.Legs)
	}
}

// TestCustomerCard shows a customer with the calls that the viewer may see.
func TestCustomerCard(t *testing.T) {
	w := newWorld(t)
	elena := store.Customer{Name: "Elena Petrova", Company: "Petrova BV", Phones: []store.CustomerNumber{{PhoneNumber: "+32470111222"}}}
	check(t, w.doors.DB.CreateCustomer(w.ctx, &elena))
	commit := w.doors.DB.StartGroupCommit(store.GroupCommitConfig{})
	for i, agent := range []string{"ann", "bob"} {
		r := report.Record{ID: id.Call(fmt.Sprint("x", i)), Direction: call.Inbound, Status: call.Ended}
		whole, _ := json.Marshal(r)
		row := store.CallRow{Direction: "inbound", Status: "ended", Customer: elena.ID, CustomerName: elena.Name, ArrivedAt: monday, Whole: whole,
			Queues: []store.CallQueue{}, Agents: []store.CallAgent{{ID: w.agents[agent], Name: agent, Answered: true}}}
		row.ID = r.ID
		commit.Writer(w.org).Record(row)
	}
	check(t, commit.Close(w.ctx))
	for viewer, want := range map[string]int{"ann": 1, "admin": 2} {
		c := read[Customer](t, w.as(viewer).get("/api/customers/"+string(elena.ID)))
		if c.Name != "Elena Petrova" || c.Phones[0].Number != "+32470111222" || len(c.LastCalls) != want {
			t.Errorf("%s sees %+v", viewer, c)
		}
	}
	for number, want := range map[string]int{"0470 11 12 22": 1, "%2B32470111222": 1, "201": 0, "nonsense": 0} {
		if p := read[CustomerPage](t, w.as("ann").get("/api/customers?number="+strings.ReplaceAll(number, " ", "+"))); len(p.Items) != want {
			t.Errorf("%s has %d customers", number, len(p.Items))
		}
	}
}

// square is a WAV file: a second of a square wave for the customer, silence for the agent.
func square() []byte {
	const frames = 8000
	b := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00\x40\x1f\x00\x00\x00\x7d\x00\x00\x04\x00\x10\x00data\x00\x00\x00\x00")
	binary.LittleEndian.PutUint32(b[4:], 36+4*frames)
	binary.LittleEndian.PutUint32(b[40:], 4*frames)
	for i := range frames {
		level := int16(16384)
		if i/8%2 == 0 {
			level = -level
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(level))
		b = append(b, 0, 0)
	}
	return b
}

// recording stores the file of a recording that was made to its end.
func (w *world) recording(which id.Recording) (size int) {
	w.t.Helper()
	b := square()
	w.stored(which, w.sealing(b, io.WriteCloser.Close))
	return len(b)
}

// sealing is how a recording is sealed while it is made: in pieces, and ended or not.
func (w *world) sealing(content []byte, end func(io.WriteCloser) error) []byte {
	w.t.Helper()
	keys, err := w.doors.DB.MediaKeys(w.ctx)
	check(w.t, err)
	var file bytes.Buffer
	writer, err := keys.SealLive(&file)
	check(w.t, err)
	for _, piece := range [][]byte{content[:44], content[44:]} {
		_, err := writer.Write(piece)
		check(w.t, err)
	}
	check(w.t, end(writer))
	return file.Bytes()
}

// stored puts a file where that of a recording belongs.
func (w *world) stored(which id.Recording, file []byte) {
	w.t.Helper()
	row, err := w.doors.DB.Recording(w.ctx, which)
	check(w.t, err)
	path, err := w.doors.Blobs.Path(row.StorageKey)
	check(w.t, err)
	check(w.t, os.MkdirAll(filepath.Dir(path), 0o750))
	check(w.t, os.WriteFile(path, file, 0o600))
}

func TestRecording(t *testing.T) {
	w := newWorld(t)
	w.past()
	size := w.recording("c1.r1")
	c := w.as("ann")
	whole := c.get("/api/recordings/c1.r1/audio")
	if whole.status != http.StatusOK || len(whole.body) != size || whole.header.Get("Content-Type") != "audio/wav" || whole.header.Get("Accept-Ranges") != "bytes" {
		t.Fatalf("%d %v, %d bytes of %d", whole.status, whole.header, len(whole.body), size)
	}
	part := c.do(http.MethodGet, "/api/recordings/c1.r1/audio", "", "Range", "bytes=100-199")
	if part.status != http.StatusPartialContent || part.body != whole.body[100:200] || part.header.Get("Content-Range") != fmt.Sprintf("bytes 100-199/%d", size) {
		t.Errorf("%d %v", part.status, part.header)
	}
	p := read[Peaks](t, c.get("/api/recordings/c1.r1/peaks"))
	if p.Duration != 1 || len(p.Channels) != 2 || len(p.Channels[0]) == 0 || len(p.Channels[0]) != len(p.Channels[1]) ||
		p.Channels[0][0] < 0.45 || p.Channels[0][0] > 0.55 || slices.Max(p.Channels[1]) != 0 {
		t.Errorf("%.200v", p)
	}
	for viewer, want := range map[string]int{"bob": http.StatusNotFound, "supervisor": http.StatusOK, "admin": http.StatusOK, "none": http.StatusForbidden} {
		for _, path := range []string{"/api/recordings/c1.r1/audio", "/api/recordings/c1.r1/peaks"} {
			if a := w.as(viewer).get(path); a.status != want {
				t.Errorf("%s as %s: %d", path, viewer, a.status)
			} else if want != http.StatusOK {
				a.detail(t)
			}
		}
	}
	if a := w.as("bob").get("/api/recordings/c2.r1/audio"); a.status != http.StatusNotFound || a.detail(t) != "The sound of this recording is not there any more." {
		t.Errorf("a file that is gone: %d %s", a.status, a.body)
	}
	if a := w.as("admin").get("/api/recordings/..%2f..%2fetc/audio"); a.status != http.StatusNotFound {
		t.Errorf("an invented name: %d", a.status)
	}
}

func TestLists(t *testing.T) {
	w := newWorld(t)
	trunk := store.NewTrunk("Carrier", store.TrunkByAddress)
	check(t, w.doors.DB.CreateTrunk(w.ctx, &trunk))
	for i, default_ := range []bool{false, true} {
		n := store.NewNumber(tel.Number(fmt.Sprint("+322555000", i)), trunk.ID)
		n.DefaultPhoneNumber = default_
		check(t, w.doors.DB.CreateNumber(w.ctx, &n))
	}
	check(t, w.changed(w.ctx, w.org))
	all := read[[]CallerID](t, w.as("ann").get("/api/caller-ids"))
	if len(all) != 2 || all[0].IsDefault || !all[1].IsDefault {
		t.Errorf("%+v", all)
	}
	if reasons := read[[]Reason](t, w.as("ann").get("/api/reasons")); len(reasons) == 0 {
		t.Error("no reasons")
	}
}
