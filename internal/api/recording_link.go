package api

import (
	"context"
	"encoding/base64"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/clock"
	"parley/internal/id"
	"parley/internal/store"
)

// linkLasts is how long a signed link opens a recording (RC-6).
const linkLasts = 4 * time.Hour

// linkMark keeps a token of another use from opening a recording.
const linkMark = "sound of a recording"

// errRoleForbids refuses what a user's role does not allow.
var errRoleForbids = huma.Error403Forbidden("Your role does not allow this.")

// recordingLink is what a signed link to a recording says: what it opens, until when, and for whom it was made.
type recordingLink struct {
	org       id.Org
	user      id.User
	recording id.Recording
	download  bool
	number    string // tells links of one recording apart
	until     time.Time
}

// how is what its use is called in the audit log.
func (l recordingLink) how() string {
	if l.download {
		return recordingDownloaded
	}
	return recordingHeard
}

// token seals the link with the installation's key, so that nobody can make another.
func (d *doors) token(l recordingLink) string {
	sealed := d.DB.Seal(strings.Join([]string{
		linkMark, string(l.org), string(l.user), string(l.recording), strconv.FormatBool(l.download), l.number, strconv.FormatInt(l.until.Unix(), 10),
	}, "\n"))
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil { // Seal writes just this
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// linkOf reads a token; false when it opens nothing at this time.
func (d *doors) linkOf(token string, now time.Time) (recordingLink, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return recordingLink{}, false
	}
	text, err := d.DB.Unseal(base64.RawStdEncoding.EncodeToString(raw))
	parts := strings.Split(text, "\n")
	if err != nil || len(parts) != 7 || parts[0] != linkMark {
		return recordingLink{}, false
	}
	until, err := strconv.ParseInt(parts[6], 10, 64)
	if err != nil || now.After(time.Unix(until, 0)) {
		return recordingLink{}, false
	}
	return recordingLink{
		org: id.Org(parts[1]), user: id.User(parts[2]), recording: id.Recording(parts[3]), download: parts[4] == "true", number: parts[5],
		until: time.Unix(until, 0),
	}, true
}

// recordingAudio leads who may hear a recording to a signed link of it, for listening or, with ?download, for a file to keep (RC-6).
// It is no described route since what it leads to streams.
func (d *doors) recordingAudio(w http.ResponseWriter, r *http.Request) {
	v, ok := d.admit(w, r, access.ReadCalls)
	if !ok {
		return
	}
	ctx := as(r.Context(), v)
	if err := d.permitted(ctx, playRecordings); err != nil {
		d.refuse(w, err)
		return
	}
	row, err := d.findRecording(ctx, id.Recording(r.PathValue("id")))
	if err != nil {
		d.refuse(w, err)
		return
	}
	token := d.token(recordingLink{
		org: v.org, user: v.user, recording: row.ID, download: r.URL.Query().Has("download"), number: id.New[string](),
		until: clock.Now().Add(linkLasts),
	})
	http.Redirect(w, r, "/api/recordings/"+url.PathEscape(string(row.ID))+"/sound/"+token, http.StatusFound)
}

// recordingSound serves what a signed link opens, with ranges, so that a player can seek. The link opens nothing that the user for
// whom it was made may not hear any more. It is no described route since it streams.
func (d *doors) recordingSound(w http.ResponseWriter, r *http.Request) {
	link, ok := d.linkOf(r.PathValue("token"), clock.Now())
	if !ok || string(link.recording) != r.PathValue("id") {
		problem(w, http.StatusForbidden, "This link to a recording is not valid any more. Open the call in Parley again.")
		return
	}
	ctx, err := d.asBefore(r.Context(), link)
	if err != nil {
		d.refuse(w, err)
		return
	}
	sound, err := d.openRecording(ctx, link.recording)
	if err != nil {
		d.refuse(w, err)
		return
	}
	defer func() { _ = sound.Close() }()
	d.noteAccess(ctx, r, link)
	row := sound.row
	kind, ending := sound.kind()
	shown := "inline"
	if link.download {
		shown = "attachment"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType(shown, map[string]string{"filename": string(row.ID) + ending}))
	w.Header().Set("Cache-Control", "private, max-age=0, must-revalidate")
	if row.Checksum != "" { // a player must not go on in another file
		w.Header().Set("ETag", `"`+row.Checksum+`"`)
	}
	http.ServeContent(w, r, "", row.UpdatedAt, sound)
	if sound.wrong != nil {
		d.Log.Error("recording not read to its end", "recording", row.ID, "err", sound.wrong)
	}
}

// asBefore is the context of the user for whom a link was made, if that user may hear recordings still.
func (d *doors) asBefore(ctx context.Context, link recordingLink) (context.Context, error) {
	v, err := d.person(store.WithOrg(ctx, link.org), link.user)
	if errors.Is(err, store.ErrNotFound) || err == nil && !access.May(v.role, access.ReadCalls) {
		return ctx, errRoleForbids
	}
	if err != nil {
		return ctx, err
	}
	ctx = as(ctx, v)
	return ctx, d.permitted(ctx, playRecordings)
}
