package call

import "parley/internal/owner"

// Signals, Actions and Events know the words for stories, replay, the journal and the cluster.
var (
	Signals = owner.NewDictionary[Signal](
		Arrived{}, Placed{}, LegRinging{}, LegEarly{}, LegAnswered{}, LegHeld{}, LegDigit{}, LegSilent{}, LegEnded{},
		PlayEnded{}, RecordingStopped{}, Routed{}, Unrouted{}, Planned{}, Unplanned{}, Offered{}, Revoked{}, Dismissed{}, Explained{},
		Granted{}, Denied{}, RingSeen{}, RingEnded{}, Taken{}, NotTaken{}, Moved{}, AgentLost{}, Hold{}, Resume{}, Mute{},
		HangUp{}, StartRecording{}, PauseRecording{}, ResumeRecording{}, StopRecording{}, Close{}, TimeUp{},
		LegTalks{}, LegSampled{}, LegOneWay{}, LegDetected{}, LegRepairFailed{}, PlaceIs{}, CallbackBooked{}, CallbackRefused{},
		CallBack{}, CallbackFound{},
		Transfer{}, Consult{}, Swap{}, Merge{}, Complete{}, CancelMove{}, HoldParty{}, MuteParty{}, RemoveParty{}, EndForAll{},
		KeyPressed{}, FieldDone{}, MailboxTold{}, DropVoicemail{}, PlayAnnouncement{}, StopAnnouncement{}, Convert{},
		LegRefers{}, LegDials{}, LegReplaced{}, Watch{}, SetWatch{}, StopWatch{}, AskHelp{}, EndHelp{}, Park{}, Retrieve{}, PickUp{},
		StepAside{}, StepIn{}, Knock{}, MergeInto{}, Adopt{}, Adopted{}, NotAdopted{}, Handed{}, GiveBack{},
	)
	Actions = owner.NewDictionary[Action](
		FindRoute{}, FindPlan{}, RingLeg{}, EarlyLeg{}, AnswerLeg{}, EndLeg{}, DialTrunk{}, SendMulticast{}, Reserve{}, Connected{},
		Release{}, Enqueue{}, LeaveQueue{}, EndOffer{}, Ring{}, Take{}, Leave{}, Arrange{},
		Record{}, ChangeRecording{}, EndRecording{}, SetTimer{}, StopTimer{}, RepairLeg{}, FindNext{}, AskPlace{}, BookCallback{},
		CollectKeys{}, ConsultMailbox{}, FreeSlot{},
		FindCallback{}, CancelCallback{}, EndCallback{}, ReferDone{}, SteppedAside{}, UseLines{}, Speaks{},
		Adopt{}, Adopted{}, NotAdopted{}, Handed{}, GiveBack{},
	)
	Events = owner.NewDictionary[Event](
		Began{}, Directed{}, Entered{}, QueueEntered{}, QueueLeft{}, PassedOver{}, RingBegan{}, RingConfirmed{}, RingOver{}, AnsweredLate{},
		LegOpened{}, LegClosed{}, PartyJoined{}, PartyLeft{}, HoldBegan{}, HoldOver{}, PeerHeld{}, MuteSet{},
		VoiceLost{}, VoiceBack{}, DigitHeard{}, RecordingBegan{}, RecordingSet{}, RecordingOver{}, ConsentSet{}, Finished{},
		SoundSampled{}, SoundPath{}, SoundJudged{}, OneWayHeard{}, AnswererDetected{}, RepairBegan{}, RepairOver{}, Rerouted{},
		CalledBack{}, Forwarded{},
		MenuAsked{}, MenuKeyed{}, WaitTold{}, MessageLeft{}, MessageDropped{}, Scored{}, Tagged{}, DropBegan{}, DropOver{},
		MoveBegan{}, MoveOver{}, AnnouncementBegan{}, AnnouncementOver{}, WatchAsked{}, WatchBegan{}, WatchChanged{}, WatchOver{},
		HelpAsked{}, HelpOver{}, ParkBegan{}, ParkRang{}, ParkOver{}, RetrieveFailed{},
		FollowBegan{}, FollowOver{},
		MergeBegan{}, MergeOver{}, TookOver{}, GaveBack{}, Converted{},
	)
)
