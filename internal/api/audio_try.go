package api

import (
	"context"

	"parley/internal/prompt"
)

type (
	tryInput struct {
		Body struct {
			Text     string `json:"text" minLength:"1" maxLength:"1000"`
			Voice    string `json:"voice,omitempty" enum:"woman,man"`
			Language string `json:"language,omitempty" enum:"en,de,fr,es" doc:"empty: the organisation's"`
		}
	}
	tryOutput struct {
		ContentType string `header:"Content-Type"`
		Body        []byte
	}
)

// trySpeech has a text spoken without keeping it, to be heard before callers hear it (AU-6).
func (d *doors) trySpeech(ctx context.Context, q *tryInput) (*tryOutput, error) {
	language := d.spokenLanguage(ctx, q.Body.Language)
	sound, err := d.Audio.Speak(ctx, prompt.Prompt{Text: q.Body.Text, Voice: prompt.Voice(q.Body.Voice), Language: language})
	if err != nil {
		return nil, d.refusal(err)
	}
	return &tryOutput{"audio/wav", sound}, nil
}

// spokenLanguage is the language that is asked for, else the organisation's.
func (d *doors) spokenLanguage(ctx context.Context, asked string) prompt.Language {
	if s, ok := d.Sites.Of(who(ctx).org); ok && asked == "" {
		return s.Language()
	}
	return prompt.Language(asked)
}
