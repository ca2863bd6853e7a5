package station

import "parley/internal/owner"

// Signals, Actions and Events know the words for stories, replay, the journal and the cluster.
var (
	Signals = owner.NewDictionary[Signal](
		Configure{}, Start{}, Stop{}, DeskWork{}, TabSeen{}, TabLost{}, RingSeen{}, Answer{}, Reject{}, LegUp{},
		LegRinging{}, LegDown{}, LegEnded{}, PhoneRegistered{}, Ring{}, Take{}, Leave{}, TimeUp{}, Renew{},
		ConnectVoice{}, DisconnectVoice{}, SignOut{}, EndWork{}, DialledIn{}, KeyPressed{}, CueEnded{}, LegReplaced{}, Switch{}, UseLines{},
		Merged{}, Speaks{},
	)
	Actions = owner.NewDictionary[Action](
		TellRingSeen{}, TellRingEnded{}, TellTaken{}, TellNotTaken{}, TellMoved{}, TellHungUp{}, TellLost{},
		DeviceUp{}, DeviceDown{}, DeviceAsleep{}, DeviceAwake{}, ShowRing{}, DialPhone{}, EndLeg{}, Probe{},
		TakenOver{}, SetTimer{}, StopTimer{}, RenewVoice{},
		DialNumber{}, Play{}, AutoPause{}, TellAside{}, TellHere{}, TellKnock{},
	)
	Events = owner.NewDictionary[Event](
		Started{}, Stopped{}, FellAsleep{}, WokeUp{}, VoicePath{},
	)
)
