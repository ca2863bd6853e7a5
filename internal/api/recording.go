package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/media"
	"parley/internal/store"
)

type recordingInput struct {
	ID id.Recording `path:"id" maxLength:"100"`
}

// Peaks is the waveform of a recording: for each channel the loudest sample of each stretch, 0 to 1.
type Peaks struct {
	Duration float64     `json:"duration"`
	Channels [][]float64 `json:"channels"`
}

type peaksOutput struct{ Body Peaks }

// peakCount is how many stretches a waveform has.
const peakCount = 800

func (d *doors) recordingRoutes(api huma.API) {
	route(api, http.MethodGet, "/recordings/{id}/peaks", access.ReadCalls, "The waveform of a recording", d.recordingPeaks)
}

// openRecording opens a recording of a call within the viewer's scope (RC-6).
func (d *doors) openRecording(ctx context.Context, which id.Recording) (*media.RecordingFile, *store.Recording, error) {
	row, err := d.DB.Recording(in(ctx), which)
	if err != nil {
		return nil, nil, err
	}
	if _, err := d.DB.Call(in(ctx), row.Call, d.scope(ctx)); err != nil {
		return nil, nil, err
	}
	path, err := d.Blobs.Path(row.StorageKey)
	if err != nil {
		return nil, nil, err
	}
	r, err := media.OpenRecording(path)
	return r, row, err
}

func (d *doors) recordingPeaks(ctx context.Context, i *recordingInput) (*peaksOutput, error) {
	r, _, err := d.openRecording(ctx, i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	defer func() { _ = r.Close() }()
	peaks, err := r.Peaks(peakCount)
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &peaksOutput{Body: Peaks{Duration: r.Duration().Seconds()}}
	for _, channel := range peaks {
		line := make([]float64, len(channel))
		for i, p := range channel {
			line[i] = float64(p)
		}
		out.Body.Channels = append(out.Body.Channels, line)
	}
	return out, nil
}

// recordingAudio serves the sound with ranges, so that a player can seek, and notes in the audit log that it was heard
// (RC-6). It is no described route since it streams.
func (d *doors) recordingAudio(w http.ResponseWriter, r *http.Request) {
	v, ok := d.admit(w, r, access.ReadCalls)
	if !ok {
		return
	}
	ctx := as(r.Context(), v)
	sound, row, err := d.openRecording(ctx, id.Recording(r.PathValue("id")))
	if err != nil {
		d.refuse(w, err)
		return
	}
	defer func() { _ = sound.Close() }()
	d.audit(ctx, r, "recording listened to", "recording", string(row.ID))
	w.Header().Set("Content-Type", "audio/wav")
	w.Header().Set("Cache-Control", "private, max-age=0, must-revalidate")
	http.ServeContent(w, r, "", row.UpdatedAt, sound)
}

// admit finds the viewer of a route that is not described, and checks the permission.
func (d *doors) admit(w http.ResponseWriter, r *http.Request, need access.Permission) (viewer, bool) {
	v, err := d.viewer(r.Context(), cookieIn(r.Header.Get("Cookie")))
	if errors.Is(err, store.ErrNotFound) {
		problem(w, http.StatusUnauthorized, signedOutWords)
		return viewer{}, false
	}
	if err != nil {
		d.refuse(w, err)
		return viewer{}, false
	}
	if !access.May(v.role, need) {
		problem(w, http.StatusForbidden, "Your role does not allow this.")
		return viewer{}, false
	}
	return v, true
}

// audit notes an access; a failure to note it is logged and does not stop the person.
func (d *doors) audit(ctx context.Context, r *http.Request, action, kind, which string) {
	entry := store.AuditEntry{
		Actor: who(ctx).user, IP: addressOf(r.RemoteAddr).String(), Action: action, SubjectKind: kind, SubjectID: which,
	}
	if err := d.DB.Audit(in(ctx), &entry); err != nil {
		d.Log.Error("access not noted in the audit log", "action", action, "subject", which, "err", err)
	}
}
