package call

// personal tells whether a signal is somebody's wish, for which a call that is being merged has no time.
func personal(signal Signal) bool {
	switch signal.(type) {
	case DropVoicemail, Hold, Resume, Mute, HangUp, StartRecording, PauseRecording, ResumeRecording, StopRecording, Retrieve, PickUp,
		Transfer, Consult, Swap, Merge, Complete, CancelMove, HoldParty, MuteParty, RemoveParty, EndForAll, Park, Convert,
		PlayAnnouncement, StopAnnouncement, Watch, SetWatch, StopWatch, AskHelp, EndHelp:
		return true
	}
	return false
}

// heardCall is what another call of one of the agents says.
func (t *turn) heardCall(signal Signal) {
	switch s := signal.(type) {
	case Adopt:
		t.adopt(s)
	case Adopted:
		t.adopted(s)
	case NotAdopted:
		t.notAdopted(s)
	case Handed:
		t.handed(s)
	case GiveBack:
		t.giveBack(s.Call, func(l Loan) bool { return l.Number == s.Number })
	}
}
