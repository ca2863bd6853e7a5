package routing

import "parley/internal/prompt"

// Apology is what a caller hears before a hang-up that nobody chose.
func Apology(in prompt.Language) prompt.Prompt { return prompt.OfStandard(prompt.Apology).In(in) }

// NoAgent is the standard no-agent message of a queue.
func NoAgent(in prompt.Language) prompt.Prompt { return prompt.OfStandard(prompt.NoAgent).In(in) }

// Absent is the standard greeting of an agent who does not take a call.
func Absent(in prompt.Language) prompt.Prompt { return prompt.OfStandard(prompt.Absent).In(in) }
