package treatment

import (
	"parley/internal/id"
	"parley/internal/prompt"
)

// Action is something that the caller is to hear.
type Action interface{ treatmentAction() }

type (
	// Play plays prompts once, one after the other; PlayEnded with Tag follows.
	Play struct {
		Leg     id.Leg          `json:"leg"`
		Prompts []prompt.Prompt `json:"prompts"`
		Tag     string          `json:"tag"`
	}
	// Loop plays hold audio over and over. Audio is never empty; DefaultAudio is the organisation's.
	Loop struct {
		Leg   id.Leg `json:"leg"`
		Audio string `json:"audio"`
	}
	// Silence ends what plays.
	Silence struct {
		Leg id.Leg `json:"leg"`
	}
)

func (Play) treatmentAction()    {}
func (Loop) treatmentAction()    {}
func (Silence) treatmentAction() {}
