package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/audiofile"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/settings"
	"parley/internal/store"
)

// maxAudio is how large an upload may be (AU-1).
const maxAudio = 10 << 20

// Audio keeps the sound of the library.
type Audio interface {
	// Keep stores an upload as a version of a file. The error is an audiofile.Fault when the upload is at fault.
	Keep(audio string, version int, upload []byte) (store.AudioVersion, error)
	// Speak has a text spoken and gives it as a WAV file.
	Speak(ctx context.Context, text prompt.Prompt) ([]byte, error)
}

type (
	uploadInput struct {
		request
		Filename    string `query:"filename" minLength:"1" maxLength:"100"`
		Description string `query:"description" maxLength:"100"`
		Private     bool   `query:"private" doc:"into the own library instead of everyone's (AU-5)"`
		RawBody     []byte `contentType:"application/octet-stream"`
	}
	replaceInput struct {
		request
		ID       string `path:"id" maxLength:"100"`
		Filename string `query:"filename" maxLength:"100" doc:"empty: as it was"`
		RawBody  []byte `contentType:"application/octet-stream"`
	}
	speakInput struct {
		request
		Body struct {
			Text        string `json:"text" minLength:"1" maxLength:"1000"`
			Voice       string `json:"voice,omitempty" enum:"woman,man"`
			Language    string `json:"language,omitempty" enum:"en,de,fr,es" doc:"empty: the organisation's"`
			Filename    string `json:"filename" minLength:"1" maxLength:"100"`
			Description string `json:"description,omitempty" maxLength:"100"`
			Private     bool   `json:"private,omitempty"`
		}
	}
	audioVersionsOutput struct{ Body []store.AudioVersion }
)

func (d *doors) audioRoutes(api huma.API) {
	r := records[settings.Audio]{d: d, shelf: d.DB.Shelves().Audio}
	const path = "/settings/audio"
	route(api, http.MethodGet, path, access.UsePhone, "List the audio library", d.listAudio)
	route(api, http.MethodGet, path+"/{id}", access.UsePhone, "Read one of the audio files", r.read)
	route(api, http.MethodPut, path+"/{id}", access.Administrate, "Change one of the audio files", r.update)
	route(api, http.MethodDelete, path+"/{id}", access.UsePhone, "Delete one of the audio files", d.deleteAudio)
	route(api, http.MethodGet, path+"/{id}/uses", access.UsePhone, "What uses one of the audio files", r.uses)
	route(api, http.MethodGet, path+"/{id}/sounds", access.UsePhone, "The sounds that one of the audio files had", d.audioVersions)
	upload(api, http.MethodPost, "/audio", "Upload a sound file (WAV, MP3, Ogg Opus; up to 10 MB)", d.uploadAudio)
	upload(api, http.MethodPut, "/audio/{id}", "Replace the sound of a file", d.replaceAudio)
	route(api, http.MethodPost, "/audio/try", access.UsePhone, "Hear a text spoken, without keeping it", d.trySpeech)
	route(api, http.MethodPost, "/audio/speak", access.UsePhone, "Make a file of a text", d.speakAudio)
}

// upload registers a route whose body is a file.
func upload[I, O any](api huma.API, method, path, summary string, do func(context.Context, *I) (*O, error)) {
	op := operation(method, path, access.UsePhone, summary)
	op.MaxBodyBytes = maxAudio + 1 // so that a file that is too long is told so in its own words
	huma.Register(api, op, do)
}

// may tells whether the viewer may change a file: everyone's are the administrators', a private one is its owner's.
func mayChange(ctx context.Context, a settings.Audio) bool {
	v := who(ctx)
	return a.Owner == "" && v.role == access.Admin || a.Owner != "" && a.Owner == string(v.user)
}

var errNotYours = huma.Error403Forbidden("This file is not yours to change.")

func (d *doors) listAudio(ctx context.Context, q *listInput) (*listOutput[settings.Audio], error) {
	all, err := d.DB.Shelves().Audio.All(in(ctx))
	if err != nil {
		return nil, d.refusal(err)
	}
	out := &listOutput[settings.Audio]{Body: store.Page[record[settings.Audio]]{Rows: []record[settings.Audio]{}}}
	text := strings.ToLower(q.Text)
	for _, a := range all {
		own := a.Fields.Owner == "" || a.Fields.Owner == string(who(ctx).user)
		if own && strings.Contains(strings.ToLower(a.Fields.Filename+" "+a.Fields.Description), text) {
			out.Body.Rows = append(out.Body.Rows, record[settings.Audio]{Saved: a})
		}
	}
	out.Body.Total = len(out.Body.Rows)
	limit := q.Limit
	if limit == 0 {
		limit = store.DefaultLimit
	}
	from := min(q.Offset, out.Body.Total)
	out.Body.Rows = out.Body.Rows[from:min(from+limit, out.Body.Total)]
	return out, nil
}

func (d *doors) deleteAudio(ctx context.Context, q *changeInput) (*struct{}, error) {
	shelf := d.DB.Shelves().Audio
	row, err := shelf.Get(in(ctx), q.ID)
	if err == nil && !mayChange(ctx, row.Fields) {
		err = errNotYours
	}
	if err == nil {
		err = shelf.Delete(in(ctx), actor(ctx, &q.request), q.ID)
	}
	if err == nil {
		err = d.Changed(ctx, who(ctx).org)
	}
	return nil, d.refusal(err)
}

func (d *doors) audioVersions(ctx context.Context, q *recordInput) (*audioVersionsOutput, error) {
	all, err := d.DB.AudioVersions(in(ctx), q.ID)
	return &audioVersionsOutput{all}, d.refusal(err)
}

func (d *doors) uploadAudio(ctx context.Context, q *uploadInput) (*recordOutput[settings.Audio], error) {
	fields := settings.New[settings.Audio]()
	fields.Filename, fields.Description = q.Filename, q.Description
	return d.newAudio(ctx, &q.request, fields, q.Private, q.RawBody)
}

func (d *doors) newAudio(
	ctx context.Context, from *request, fields settings.Audio, private bool, sound []byte,
) (*recordOutput[settings.Audio], error) {
	if private {
		fields.Owner = string(who(ctx).user)
	}
	if !mayChange(ctx, fields) {
		return nil, huma.Error403Forbidden("Only administrators add to everyone's library. Use your own.")
	}
	return d.keepAudio(ctx, from, id.New[string](), 1, fields, sound)
}

func (d *doors) keepAudio(
	ctx context.Context, from *request, which string, version int, fields settings.Audio, sound []byte,
) (*recordOutput[settings.Audio], error) {
	if len(sound) > maxAudio {
		return nil, huma.Error422UnprocessableEntity("This file is larger than 10 MB. Shorten it, or upload it as MP3.")
	}
	kept, err := d.Audio.Keep(which, version, sound)
	if fault := (*audiofile.Fault)(nil); errors.As(err, &fault) {
		return nil, huma.Error422UnprocessableEntity(spoken(fault.Error()))
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	row, err := d.DB.SaveAudio(in(ctx), actor(ctx, from), which, fields, kept)
	if err == nil {
		err = d.Changed(ctx, who(ctx).org)
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	return &recordOutput[settings.Audio]{row}, nil
}

func (d *doors) replaceAudio(ctx context.Context, q *replaceInput) (*recordOutput[settings.Audio], error) {
	row, err := d.DB.Shelves().Audio.Get(in(ctx), q.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	if !mayChange(ctx, row.Fields) {
		return nil, errNotYours
	}
	if q.Filename != "" {
		row.Fields.Filename = q.Filename
	}
	return d.keepAudio(ctx, &q.request, q.ID, row.Fields.Number+1, row.Fields, q.RawBody)
}

func (d *doors) speakAudio(ctx context.Context, q *speakInput) (*recordOutput[settings.Audio], error) {
	language := d.spokenLanguage(ctx, q.Body.Language)
	sound, err := d.Audio.Speak(ctx, prompt.Prompt{Text: q.Body.Text, Voice: prompt.Voice(q.Body.Voice), Language: language})
	if err != nil {
		return nil, d.refusal(err)
	}
	fields := settings.New[settings.Audio]()
	fields.Filename, fields.Description = q.Body.Filename, q.Body.Description
	return d.newAudio(ctx, &q.request, fields, q.Body.Private, sound)
}

// audioSound serves the sound of a file, for the players of the console.
func (d *doors) audioSound(w http.ResponseWriter, r *http.Request) {
	v, err := d.viewer(r.Context(), cookieIn(r.Header.Get("Cookie")))
	switch {
	case errors.Is(err, store.ErrNotFound):
		problem(w, http.StatusUnauthorized, signedOutWords)
		return
	case err != nil:
		d.refuse(w, err)
		return
	case !access.May(v.role, access.UsePhone):
		problem(w, http.StatusForbidden, "Your role does not allow this.")
		return
	}
	row, err := d.DB.Shelves().Audio.Get(in(as(r.Context(), v)), r.PathValue("id"))
	if err == nil && row.Fields.Owner != "" && row.Fields.Owner != string(v.user) {
		err = store.ErrNotFound
	}
	if err != nil {
		d.refuse(w, err)
		return
	}
	file, err := d.Blobs.Open(store.AudioKey(row.ID, row.Fields.Number))
	if err != nil {
		d.refuse(w, err)
		return
	}
	defer file.Close()
	w.Header().Set("Content-Type", "audio/wav")
	http.ServeContent(w, r, "", row.UpdatedAt, file)
}
