package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"parley/internal/audiofile"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/sounds"
	"parley/internal/store"
)

// studio keeps uploads as the app does, without bringing them to another rate.
type studio struct{ blobs *store.Blobs }

func (s studio) Keep(audio string, version int, upload []byte) (store.AudioVersion, error) {
	made, err := audiofile.Decode(bytes.NewReader(upload), audiofile.Wish{})
	if err != nil {
		return store.AudioVersion{}, err
	}
	err = s.blobs.Put(store.AudioKey(audio, version), func(w io.Writer) error { _, err := w.Write(upload); return err })
	return store.AudioVersion{Version: version, MIMEType: "audio/wave", Milliseconds: made.Duration().Milliseconds()}, err
}

func (studio) Speak(_ context.Context, p prompt.Prompt) ([]byte, error) {
	return wav(100 * len(p.Text)), nil
}

func wav(samples int) []byte {
	pcm := make([]int16, samples)
	for i := range pcm {
		pcm[i] = int16(i % 1000)
	}
	return sounds.Sound{Rate: 8000, Samples: pcm}.Encode()
}

func TestAudioLibrary(t *testing.T) {
	w := newWorld(t)
	w.doors.Audio = studio{w.doors.Blobs}
	c := w.as("admin")
	type saved = store.Saved[settings.Audio]
	send := func(c *client, method, path string, body []byte) answer {
		return c.do(method, path, string(body), "Content-Type", "application/octet-stream")
	}
	made := read[saved](t, send(c, http.MethodPost, "/api/audio?filename=hello.wav&description=Greeting", wav(8000)))
	if made.Fields.Seconds != 1 || made.Fields.Number != 1 || made.Fields.MIMEType == "" || made.Fields.Owner != "" {
		t.Errorf("uploaded %+v", made)
	}
	heard := c.post("/api/audio/try", `{"text":"Good morning.","voice":"man"}`)
	if heard.status != 200 || heard.header.Get("Content-Type") != "audio/wav" || heard.body != string(wav(1300)) {
		t.Errorf("a text is tried: %d %s, %d bytes", heard.status, heard.header.Get("Content-Type"), len(heard.body))
	}
	if a := c.post("/api/audio/try", `{"text":""}`); a.status != 422 {
		t.Errorf("no text: %d", a.status)
	}
	if all := read[store.Page[record[settings.Audio]]](t, c.get("/api/settings/audio")); all.Total != 1 {
		t.Errorf("a text that was tried is kept: %d files", all.Total)
	}
	broken := send(c, http.MethodPost, "/api/audio?filename=broken.wav", []byte("RIFF this is no sound"))
	if broken.status != 422 || !strings.Contains(broken.detail(t), "WAV") {
		t.Errorf("a broken file: %d %s", broken.status, broken.body)
	}
	if a := send(c, http.MethodPost, "/api/audio?filename=empty.wav", nil); !strings.Contains(a.detail(t), "must not be empty") {
		t.Errorf("a file without a byte is refused with %s", a.body)
	}
	if a := send(c, http.MethodPost, "/api/audio?filename=long.wav", make([]byte, maxAudio+1)); a.status != 422 && a.status != 413 {
		t.Errorf("11 MB: %d %s", a.status, a.body)
	}
	again := read[saved](t, send(c, http.MethodPut, "/api/audio/"+made.ID, wav(16000)))
	if again.ID != made.ID || again.Fields.Number != 2 || again.Fields.Seconds != 2 || again.Fields.Filename != "hello.wav" {
		t.Errorf("replaced %+v", again)
	}
	if sound := c.get("/api/audio/" + made.ID + "/sound"); sound.status != 200 || sound.body != string(wav(16000)) {
		t.Errorf("the sound that plays is not the new one: %d, %d bytes", sound.status, len(sound.body))
	}
	if all := read[[]store.AudioVersion](t, c.get("/api/settings/audio/"+made.ID+"/sounds")); len(all) != 2 {
		t.Errorf("versions %+v", all)
	}

	read[store.Saved[settings.Queue]](t, c.post("/api/settings/queues", `{"fields":{"name":"Heard","hold_audio":"`+made.ID+`"}}`))
	p := c.do(http.MethodDelete, "/api/settings/audio/"+made.ID, "").problem(t, 409)
	if len(p.Users) != 1 || p.Users[0].Name != "Heard" {
		t.Errorf("in use by %+v", p)
	}

	ann := w.as("ann")
	if a := send(ann, http.MethodPost, "/api/audio?filename=mine.wav", wav(80)); a.status != http.StatusForbidden {
		t.Errorf("an agent adds to everyone's library: %d", a.status)
	}
	own := read[saved](t, send(ann, http.MethodPost, "/api/audio?filename=mine.wav&private=true", wav(80)))
	if own.Fields.Owner != string(w.users["ann"]) {
		t.Errorf("private %+v", own)
	}
	type list = store.Page[record[settings.Audio]]
	if mine, others := read[list](t, ann.get("/api/settings/audio")).Total, read[list](t, w.as("bob").get("/api/settings/audio")).Total; mine != 2 || others != 1 {
		t.Errorf("ann sees %d files, bob %d", mine, others)
	}
	if a := w.as("bob").get("/api/audio/" + own.ID + "/sound"); a.status != http.StatusNotFound {
		t.Errorf("bob hears ann's file: %d", a.status)
	}
	if a := ann.do(http.MethodDelete, "/api/settings/audio/"+own.ID, ""); a.status != http.StatusNoContent {
		t.Errorf("her own file: %d %s", a.status, a.body)
	}
	spoken := read[saved](t, c.post("/api/audio/speak", `{"text":"Good day","filename":"day.wav"}`))
	if spoken.Fields.Seconds != 0.1 {
		t.Errorf("spoken %+v", spoken)
	}
}
