package api

import (
	"encoding/base64"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/store"
)

// soundLasts is how long a signed URL opens the sound of a message (VM-4).
const soundLasts = 4 * time.Hour

// soundMark keeps a token of another use from opening a sound.
const soundMark = "sound of a message"

// soundURL is where the sound of a message is heard without signing in: what it names is sealed with the installation's key, so that
// nobody can make another.
func (d *doors) soundURL(row *store.Message, now time.Time) string {
	until := strconv.FormatInt(now.Add(soundLasts).Unix(), 10)
	sealed := d.DB.Seal(strings.Join([]string{soundMark, string(row.Org), string(row.ID), until}, "\n"))
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil { // Seal writes just this
		return ""
	}
	return "/api/voicemail/sound/" + base64.RawURLEncoding.EncodeToString(raw)
}

// soundToken says which message a token opens at a time.
func (d *doors) soundToken(token string, now time.Time) (org id.Org, which id.Message, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return "", "", false
	}
	text, err := d.DB.Unseal(base64.RawStdEncoding.EncodeToString(raw))
	parts := strings.Split(text, "\n")
	if err != nil || len(parts) != 4 || parts[0] != soundMark {
		return "", "", false
	}
	until, err := strconv.ParseInt(parts[3], 10, 64)
	if err != nil || now.After(time.Unix(until, 0)) {
		return "", "", false
	}
	return id.Org(parts[1]), id.Message(parts[2]), true
}

// messageSound serves the sound of a message as a WAV file of one channel, with ranges. It is no described route since it streams.
func (d *doors) messageSound(w http.ResponseWriter, r *http.Request) {
	org, which, ok := d.soundToken(r.PathValue("token"), clock.Now())
	if !ok {
		problem(w, http.StatusForbidden, "This link to a message is not valid any more. Open the message in Parley again.")
		return
	}
	ctx := store.WithOrg(r.Context(), org)
	message, err := d.DB.Message(ctx, which)
	if err != nil {
		d.refuse(w, err)
		return
	}
	row, err := d.DB.Recording(ctx, message.Recording)
	if err != nil {
		d.refuse(w, err)
		return
	}
	sound, err := d.shelf().WAV(ctx, row)
	if err != nil {
		d.refuse(w, d.unopened(row, err))
		return
	}
	how := "inline"
	if r.URL.Query().Has("download") {
		how = "attachment"
	}
	name := "message-" + message.LeftAt.UTC().Format("20060102-150405") + ".wav"
	w.Header().Set("Content-Type", "audio/wav")
	w.Header().Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "private, max-age=14400")
	w.Header().Set("ETag", `"`+string(message.Recording)+`"`)
	http.ServeContent(w, r, "", message.LeftAt, sound)
}
