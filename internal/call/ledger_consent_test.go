package call

// consents checks that no conversation is recorded that the customer has not allowed (BX-18).
func (l *ledger) consents(asked *Consent, e Event) {
	switch e := e.(type) {
	case ConsentSet:
		l.must(asked != nil && asked.Rule == e.Rule, "consent told of another rule: %+v", e)
		l.must(l.consented != ConsentOptedOut, "consent after it was refused: %+v", e)
		l.consented = e.Outcome
	case RecordingBegan:
		switch {
		case asked == nil || e.Mailbox != "":
		case asked.Rule == RuleOptIn:
			l.must(l.consented == ConsentOptedIn, "recorded without consent: %q", l.consented)
		default:
			l.must(l.consented == ConsentNoticed, "recorded without notice: %q", l.consented)
		}
	}
}
