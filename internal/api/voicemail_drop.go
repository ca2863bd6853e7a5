package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/call"
	"parley/internal/id"
	"parley/internal/prompt"
	"parley/internal/sounds"
	"parley/internal/store"
)

// longestDrop is how long a prepared voicemail may last (VM-13), in seconds.
const longestDrop = 120

// DropGreeting is a voicemail that the viewer has prepared for other people's answering machines (VM-13).
type DropGreeting struct {
	ID      id.Greeting   `json:"id"`
	Version int           `json:"version"`
	Name    string        `json:"name"`
	Prompt  prompt.Prompt `json:"prompt"`
}

type (
	dropGreetingFields struct {
		Version int           `json:"version,omitempty" minimum:"0" doc:"that the change was made on"`
		Name    string        `json:"name" minLength:"1" maxLength:"50"`
		Prompt  prompt.Prompt `json:"prompt" doc:"a file or a text, of 120 seconds at most"`
	}
	newDropGreetingInput    struct{ Body dropGreetingFields }
	changeDropGreetingInput struct {
		ID   id.Greeting `path:"id" maxLength:"100"`
		Body dropGreetingFields
	}
	dropGreetingInput struct {
		ID id.Greeting `path:"id" maxLength:"100"`
	}
	dropGreetingsOutput struct{ Body []DropGreeting }
	dropGreetingOutput  struct{ Body DropGreeting }
	dropInput           struct {
		ID   id.Call `path:"id" maxLength:"100"`
		Body struct {
			Greeting id.Greeting `json:"greeting" minLength:"1" maxLength:"100"`
		}
	}
)

func (d *doors) dropRoutes(api huma.API) {
	const path = "/voicemail/greetings"
	route(api, http.MethodGet, path, access.UsePhone, "List the voicemails that one has prepared", d.dropGreetings)
	route(api, http.MethodPost, path, access.UsePhone, "Prepare a voicemail", d.createDropGreeting)
	route(api, http.MethodPut, path+"/{id}", access.UsePhone, "Change a prepared voicemail", d.changeDropGreeting)
	route(api, http.MethodDelete, path+"/{id}", access.UsePhone, "Delete a prepared voicemail", d.deleteDropGreeting)
	route(api, http.MethodPost, "/calls/{id}/voicemail-drop", access.UsePhone, "Leave a prepared voicemail in the call and be free", d.dropVoicemail)
}

func dropGreetingOf(row *store.Greeting) DropGreeting {
	return DropGreeting{ID: row.ID, Version: row.Version, Name: row.Name, Prompt: row.Prompt}
}

func (d *doors) dropGreetings(ctx context.Context, _ *struct{}) (*dropGreetingsOutput, error) {
	all, err := d.DB.GreetingsOf(in(ctx), who(ctx).user)
	out := &dropGreetingsOutput{Body: []DropGreeting{}}
	for i := range all {
		out.Body = append(out.Body, dropGreetingOf(&all[i]))
	}
	return out, d.refusal(err)
}

func (d *doors) createDropGreeting(ctx context.Context, i *newDropGreetingInput) (*dropGreetingOutput, error) {
	row := &store.Greeting{User: who(ctx).user}
	if err := d.fillDropGreeting(ctx, row, i.Body); err != nil {
		return nil, d.refusal(err)
	}
	if err := d.DB.CreateGreeting(in(ctx), row); err != nil {
		return nil, d.refusal(err)
	}
	return &dropGreetingOutput{dropGreetingOf(row)}, nil
}

func (d *doors) changeDropGreeting(ctx context.Context, i *changeDropGreetingInput) (*dropGreetingOutput, error) {
	row, err := d.ownDropGreeting(ctx, i.ID)
	if err == nil {
		row.Version = i.Body.Version
		err = d.fillDropGreeting(ctx, row, i.Body)
	}
	if err == nil {
		err = d.DB.UpdateGreeting(in(ctx), row)
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	return &dropGreetingOutput{dropGreetingOf(row)}, nil
}

func (d *doors) deleteDropGreeting(ctx context.Context, i *dropGreetingInput) (*struct{}, error) {
	row, err := d.ownDropGreeting(ctx, i.ID)
	if err == nil {
		err = d.DB.DeleteGreeting(in(ctx), row.ID)
	}
	return nil, d.refusal(err)
}

// ownDropGreeting is one that the viewer has prepared; those of others do not exist.
func (d *doors) ownDropGreeting(ctx context.Context, which id.Greeting) (*store.Greeting, error) {
	row, err := d.DB.Greeting(in(ctx), which)
	if err == nil && row.User != who(ctx).user {
		err = store.ErrNotFound
	}
	return row, err
}

// fillDropGreeting takes the fields in. A text is spoken now, so that nobody's machine waits for it.
func (d *doors) fillDropGreeting(ctx context.Context, row *store.Greeting, f dropGreetingFields) error {
	row.Name, row.Prompt = strings.TrimSpace(f.Name), f.Prompt
	if row.Name == "" {
		return wrong("name", "must not be empty")
	}
	if row.Prompt.Empty() {
		return wrong("prompt", "must be a file or a text")
	}
	if err := d.guardPrompt(ctx, "prompt", row.Prompt); err != nil {
		return err
	}
	seconds, err := d.secondsOf(ctx, &row.Prompt)
	if err == nil && seconds > longestDrop {
		err = wrong("prompt", "must last %d seconds at most", longestDrop)
	}
	return err
}

// secondsOf is how long a prompt lasts. A text gets the language that it is spoken in.
func (d *doors) secondsOf(ctx context.Context, p *prompt.Prompt) (float64, error) {
	if p.Audio != "" {
		file, err := d.DB.Shelves().Audio.Get(in(ctx), p.Audio)
		return file.Fields.Seconds, err
	}
	if s, ok := d.Sites.Of(who(ctx).org); ok {
		*p = p.In(s.Language())
	}
	made, err := d.Audio.Speak(ctx, *p)
	return float64(len(made)) / (2 * sounds.Wide), err
}

// dropVoicemail leaves one of the viewer's voicemails to whom the viewer has called.
func (d *doors) dropVoicemail(ctx context.Context, i *dropInput) (*struct{}, error) {
	agent, err := agentOf(ctx)
	if err != nil {
		return nil, err
	}
	row, err := d.ownDropGreeting(ctx, i.Body.Greeting)
	if err != nil {
		return nil, d.refusal(err)
	}
	drop := call.DropVoicemail{Agent: agent.ID, Greeting: row.Name, Prompt: row.Prompt}
	return nil, d.refusal(d.Exchange.AskCall(ctx, who(ctx).org, i.ID, drop))
}
