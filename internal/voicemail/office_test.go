package voicemail_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/channel/email"
	"parley/internal/id"
	"parley/internal/lab"
	"parley/internal/playback"
	"parley/internal/settings"
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/testdb"
	"parley/internal/voicemail"
)

// world is an organisation: Ann has a mailbox of her own, Sales (Ann, and Bob by a group) has a shared one, and Eve is in neither.
type world struct {
	*voicemail.Office
	t      *testing.T
	ctx    context.Context
	org    id.Org
	people map[string]voicemail.Person
	boxes  map[string]id.Mailbox
	shown  map[string][2]int // new and old, by the mailbox's name
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newWorld(t *testing.T) *world {
	dir := t.TempDir()
	db, err := store.Open(t.Context(), store.Config{Dir: dir, URL: testdb.For(t, dir)})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, db.Migrate(t.Context()))
	blobs, err := store.OpenBlobs(dir + "/blobs")
	check(t, err)
	t.Cleanup(func() { check(t, blobs.Close()) })
	org := store.NewOrganisation("Acme", "BE")
	check(t, db.CreateOrganisation(t.Context(), &org))
	w := &world{
		t: t, ctx: store.WithOrg(t.Context(), org.ID), org: org.ID, people: map[string]voicemail.Person{}, boxes: map[string]id.Mailbox{},
	}
	w.Office = voicemail.New(voicemail.Config{
		DB: db, Shelf: playback.Shelf{DB: db, Blobs: blobs}, Log: slog.New(slog.DiscardHandler), Waiting: func() {},
		Show: func(_ id.Org, all []voicemail.Counted) {
			w.shown = map[string][2]int{}
			for _, c := range all {
				w.shown[c.Name] = [2]int{c.New, c.Old}
			}
		},
	})
	for i, name := range []string{"ann", "bob", "eve"} {
		u := store.User{Email: name + "@example.com", FirstName: name}
		check(t, db.CreateUser(w.ctx, &u, store.RoleAgent))
		a := store.NewAgent(u.ID, fmt.Sprint(201+i))
		check(t, db.CreateAgent(w.ctx, &a))
		w.people[name] = voicemail.Person{User: u.ID, Agent: a.ID}
	}
	w.people["admin"] = voicemail.Person{User: "admin", Admin: true}
	w.furnish()
	check(t, w.Reload(w.ctx))
	return w
}

func (w *world) furnish() {
	shelves := w.DB.Shelves()
	all, err := shelves.Mailboxes.All(w.ctx)
	check(w.t, err)
	for _, b := range all {
		if b.Fields.User != string(w.people["ann"].User) {
			continue
		}
		w.boxes["ann"] = id.Mailbox(b.ID)
		b.Fields.Name, b.Fields.Channel, b.Fields.AttachAudio = "Ann", "email", true
		_, err := shelves.Mailboxes.Update(w.ctx, store.Actor{}, b.ID, b.Version, b.Fields)
		check(w.t, err)
	}
	shared := settings.New[settings.Mailbox]()
	shared.Name, shared.Type, shared.Number = "Sales", "shared", "800"
	made, err := shelves.Mailboxes.Create(w.ctx, store.Actor{}, shared)
	check(w.t, err)
	w.boxes["sales"] = id.Mailbox(made.ID)
	group := settings.New[settings.Group]()
	group.Name, group.Users = "Sellers", []string{string(w.people["bob"].User)}
	team, err := shelves.Groups.Create(w.ctx, store.Actor{}, group)
	check(w.t, err)
	q := settings.New[settings.Queue]()
	q.Name, q.Voicemail, q.Mailbox = "Sales", true, string(w.boxes["sales"])
	q.Members = settings.Members{Agents: []string{string(w.people["ann"].Agent)}, Groups: []string{team.ID}}
	_, err = shelves.Queues.Create(w.ctx, store.Actor{}, q)
	check(w.t, err)
}

// leave leaves a message whose sound is half a second of the customer's voice, sealed as recordings are.
func (w *world) leave(box string, which id.Recording, at time.Time) id.Message {
	w.t.Helper()
	keys, err := w.DB.MediaKeys(w.ctx)
	check(w.t, err)
	row := store.Recording{
		Call: "c", Status: "available", StorageKey: "r/" + string(which) + ".wav.sealed", Channels: 2, StartedAt: at, Format: "wav", Sealed: true,
	}
	row.ID = which
	row.Size, row.Checksum, err = w.Shelf.Blobs.PutSealed(row.StorageKey, keys, func(out io.Writer) error {
		_, err := out.Write(stereo(4000, 8000))
		return err
	})
	check(w.t, err)
	check(w.t, w.DB.CreateRecording(w.ctx, &row))
	group := w.DB.StartGroupCommit(store.GroupCommitConfig{})
	m := store.Message{Mailbox: w.boxes[box], Call: "c", Recording: which, From: "+32470111222", FromName: "Eve", LeftAt: at, DurationSeconds: 75}
	m.ID = id.Message(which)
	group.Writer(w.org).Message(m)
	group.Writer(w.org).Job(voicemail.JobOf(m.ID))
	check(w.t, group.Close(w.ctx))
	return m.ID
}

// stereo is a WAV file of a loud left channel and a silent right one.
func stereo(samples int, level int16) []byte {
	var body []int16
	for range samples {
		body = append(body, level, 0)
	}
	file := sounds.Sound{Rate: 8000, Samples: body}.Encode()
	file[22], file[32] = 2, 4                 // channels, bytes a frame
	copy(file[28:], []byte{0x00, 0x7d, 0, 0}) // 32,000 bytes a second
	return file
}

// job takes the one job that waits.
func (w *world) job() store.Job {
	w.t.Helper()
	jobs, err := w.DB.TakeJobs(w.ctx, []string{voicemail.JobLeft}, time.Now(), time.Minute)
	check(w.t, err)
	if len(jobs) != 1 {
		w.t.Fatalf("%d jobs", len(jobs))
	}
	return jobs[0]
}

func (w *world) shows(want string) {
	w.t.Helper()
	if got := fmt.Sprint(w.shown); got != want {
		w.t.Fatalf("shown %s, want %s", got, want)
	}
}

// TestRights: a personal mailbox is its owner's, a shared one the members' of its queues, and admins open both (VM-2).
func TestRights(t *testing.T) {
	w := newWorld(t)
	for name, want := range map[string]string{"ann": "Ann Sales", "bob": "Sales bob", "eve": "eve", "admin": "Ann Sales bob eve"} {
		var open []string
		for _, which := range w.Opened(w.org, w.people[name], "") {
			b, err := w.Box(w.org, which)
			check(t, err)
			open = append(open, b.Name)
		}
		if got := strings.Join(open, " "); got != want {
			t.Errorf("%s opens %q, want %q", name, got, want)
		}
	}
	m := w.leave("sales", "r1", time.Now())
	for name, want := range map[string]error{"ann": nil, "bob": nil, "eve": store.ErrNotFound, "admin": nil} {
		p := w.people[name]
		_, err := w.Message(w.ctx, p, m)
		for what, err := range map[string]error{"read": err, "mark": w.Mark(w.ctx, p, m, true), "forward": w.Forward(w.ctx, p, m, w.boxes["ann"])} {
			if !errors.Is(err, want) {
				t.Errorf("%s of %s: %v", what, name, err)
			}
		}
	}
	if err := w.Delete(w.ctx, w.people["eve"], m); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("deleted: %v", err)
	}
	if err := w.Forward(w.ctx, w.people["bob"], m, "nowhere"); !errors.Is(err, voicemail.ErrNoMailbox) {
		t.Errorf("forwarded nowhere: %v", err)
	}
	ann, err := w.Dialled(w.org, "201")
	if err != nil || ann.ID != w.boxes["ann"] || ann.Extension != "201" || ann.Owner != w.people["ann"].Agent {
		t.Errorf("201 is %+v, %v", ann, err)
	}
	if shared, err := w.Dialled(w.org, "800"); err != nil || shared.ID != w.boxes["sales"] {
		t.Errorf("800 is %+v, %v", shared, err)
	}
	if _, err := w.Dialled(w.org, ""); !errors.Is(err, voicemail.ErrNoMailbox) {
		t.Errorf("nothing dialled: %v", err)
	}
	if own, err := w.Personal(w.org, w.people["ann"].Agent); err != nil || own.ID != w.boxes["ann"] {
		t.Errorf("Ann's own: %+v, %v", own, err)
	}
}

// TestCounts are shown whenever they change.
func TestCounts(t *testing.T) {
	w := newWorld(t)
	w.shows("map[Ann:[0 0] Sales:[0 0] bob:[0 0] eve:[0 0]]")
	one := w.leave("sales", "r1", time.Now())
	check(t, w.Left(w.ctx, w.job()))
	w.shows("map[Ann:[0 0] Sales:[1 0] bob:[0 0] eve:[0 0]]")
	check(t, w.Mark(w.ctx, w.people["bob"], one, true))
	w.shows("map[Ann:[0 0] Sales:[0 1] bob:[0 0] eve:[0 0]]")
	check(t, w.Forward(w.ctx, w.people["bob"], one, w.boxes["ann"]))
	w.shows("map[Ann:[1 0] Sales:[0 1] bob:[0 0] eve:[0 0]]")
	check(t, w.Mark(w.ctx, w.people["bob"], one, false))
	w.shows("map[Ann:[1 0] Sales:[1 0] bob:[0 0] eve:[0 0]]")
	check(t, w.Delete(w.ctx, w.people["bob"], one))
	w.shows("map[Ann:[1 0] Sales:[0 0] bob:[0 0] eve:[0 0]]")
}

// TestNotice: whoever wants it hears of a message by mail, with its sound, once it can be delivered (VM-8).
func TestNotice(t *testing.T) {
	w := newWorld(t)
	server := lab.StartMail(t, false)
	w.Post = email.Sender{Roots: server.Roots}
	at := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	m := w.leave("ann", "r1", at)
	job := w.job()
	if err := w.Left(w.ctx, job); !errors.Is(err, email.ErrRefused) {
		t.Fatalf("without a mail server: %v", err)
	}
	shelf := w.DB.Shelves().Org
	house, err := shelf.Get(w.ctx, string(w.org))
	check(t, err)
	house.Fields.Timezone = "Europe/Brussels"
	house.Fields.SMTP = settings.SMTP{Host: server.Host, Security: "starttls", Username: "parley", Password: "secret", From: "parley@example.com"}
	_, err = shelf.Update(w.ctx, store.Actor{}, house.ID, house.Version, house.Fields)
	check(t, err)
	check(t, w.Left(w.ctx, job))
	all := server.Mails()
	if len(all) != 1 {
		t.Fatalf("%d mails", len(all))
	}
	body, err := io.ReadAll(all[0].Body)
	check(t, err)
	if head := all[0].Header; head.Get("X-Rcpt") != "ann@example.com" || head.Get("Subject") != "New message from Eve (+32470111222)" ||
		head.Get("Message-Id") != "<"+string(m)+"@example.com>" {
		t.Errorf("%v", head)
	}
	for _, words := range []string{"Eve (+32470111222) left a message of 1:15 minutes in the mailbox Ann.", "Saturday 21 November 2026, 10:30 CET",
		"message-20261121-093000.wav", "audio/wav"} {
		if !bytes.Contains(body, []byte(words)) {
			t.Errorf("the mail lacks %q:\n%.600s", words, body)
		}
	}
	w.leave("sales", "r2", at)
	check(t, w.Left(w.ctx, w.job()))
	check(t, w.Left(w.ctx, store.Job{Subject: "gone"}))
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails, though nobody wanted more", n)
	}
	box, err := w.DB.Shelves().Mailboxes.Get(w.ctx, string(w.boxes["ann"])) // the sound is a choice of its own
	check(t, err)
	box.Fields.AttachAudio = false
	_, err = w.DB.Shelves().Mailboxes.Update(w.ctx, store.Actor{}, box.ID, box.Version, box.Fields)
	check(t, err)
	check(t, w.Reload(w.ctx))
	w.leave("ann", "r3", at)
	check(t, w.Left(w.ctx, w.job()))
	all = server.Mails()
	if len(all) != 2 {
		t.Fatalf("%d mails", len(all))
	}
	body, err = io.ReadAll(all[1].Body)
	check(t, err)
	if bytes.Contains(body, []byte("audio/wav")) || !bytes.Contains(body, []byte("left a message")) {
		t.Errorf("a notice without its sound:\n%.600s", body)
	}
}

// TestVoice is what the customer says, as loud as it was.
func TestVoice(t *testing.T) {
	w := newWorld(t)
	w.leave("ann", "r1", time.Now())
	row, err := w.DB.Recording(w.ctx, "r1")
	check(t, err)
	voice, err := w.Shelf.Voice(w.ctx, row)
	check(t, err)
	if voice.Rate != 8000 || len(voice.Samples) != 4000 || slices.Min(voice.Samples) != 8000 || slices.Max(voice.Samples) != 8000 {
		t.Errorf("%d samples at %d Hz", len(voice.Samples), voice.Rate)
	}
	row.StorageKey = "r/gone"
	if _, err := w.Shelf.Voice(w.ctx, row); err == nil {
		t.Error("a file that is gone was read")
	}
}
