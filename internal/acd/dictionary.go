package acd

import "parley/internal/owner"

// Signals, Actions and Events know the words for stories, replay and the cluster.
var (
	Signals = owner.NewDictionary[Signal](
		Configure{}, DeviceUp{}, DeviceDown{}, DeviceAsleep{}, DeviceAwake{}, SetStatus{}, EndWrap{}, ExtendWrap{}, Toggle{},
		SignOut{}, ChooseOutcome{}, Hours{}, WhereIs{}, HandleTime{}, Earlier{}, SetPriority{}, BookCallback{}, CallbackEnded{}, CancelCallback{},
		FindCallback{}, Stand{}, Take{},
		Enqueue{}, Leave{}, OfferEnded{}, Reserve{}, Connected{}, Release{}, Restore{}, Occupy{}, TimeUp{}, Merged{},
	)
	Actions = owner.NewDictionary[Action](
		Offer{}, Revoke{}, Dismiss{}, Explain{}, Granted{}, Refused{}, StopWork{}, Place{}, CallbackBooked{}, CallbackRefused{}, CallbackFound{},
		PlaceCallback{}, CloseCall{}, SetTimer{}, StopTimer{},
	)
	Events = owner.NewDictionary[Event](
		StatusChanged{}, Entered{}, Left{}, OfferOpened{}, OfferClosed{}, Released{}, Toggled{}, Health{},
		OutcomeChosen{}, NextChosen{}, PriorityChanged{}, StepChanged{}, CallbackKept{}, Repaired{},
	)
)
