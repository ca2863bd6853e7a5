package treatment

import "parley/internal/owner"

// Signals and Actions know the words for stories, replay and the cluster. A treatment tells no events.
var (
	Signals = owner.NewDictionary[Signal](Begin{}, PlayEnded{}, Stop{})
	Actions = owner.NewDictionary[Action](Play{}, Loop{}, Silence{})
)
