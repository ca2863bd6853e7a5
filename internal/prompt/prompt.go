// Package prompt says what can be played to a caller: library audio, or text to be spoken (glossary).
package prompt

// Prompt is one thing to play. Audio names a sound of the library and wins if both are set; both empty is silence.
type Prompt struct {
	Audio string `json:"audio,omitempty"`
	Text  string `json:"text,omitempty"`
}

// Empty tells whether nothing would be heard.
func (p Prompt) Empty() bool { return p.Audio == "" && p.Text == "" }
