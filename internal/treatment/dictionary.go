package treatment

import "parley/internal/owner"

// Signals and Actions know the words for stories.
var (
	Signals = owner.NewDictionary[Signal](
		Begin{}, PlayEnded{}, Digit{}, Wake{}, Unknown{}, Placed{}, CallbackTaken{}, CallbackPends{}, Quiet{}, Stopped{}, Stop{},
		KeyPressed{}, FieldDone{}, Told{}, Taped{},
	)
	Actions = owner.NewDictionary[Action](
		Over{}, WantExtension{}, WantPlace{}, WantCallback{}, StartRecord{}, EndRecord{}, Asked{}, Keyed{}, NoticeHeard{}, Said{}, Scored{},
		WantPlaceBack{}, DropCallback{}, Collect{}, Consult{}, StartGreeting{}, EndGreeting{},
	)
)
