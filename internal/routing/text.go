package routing

import "parley/internal/prompt"

// The standard texts are in no language yet: they are heard in that of the call.

// Apology is what a caller hears before a hang-up that nobody chose.
func Apology() prompt.Prompt { return prompt.OfStandard(prompt.Apology) }

// NoAgent is the standard no-agent message of a queue.
func NoAgent() prompt.Prompt { return prompt.OfStandard(prompt.NoAgent) }

// Absent is the standard greeting of an agent who does not take a call.
func Absent() prompt.Prompt { return prompt.OfStandard(prompt.Absent) }
