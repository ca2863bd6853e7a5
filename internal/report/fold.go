package report

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"parley/internal/call"
	"parley/internal/owner"
)

// Apply folds one event into the record. Events come in the order in which they happened.
func (r *Record) Apply(at time.Time, event call.Event) {
	entry := Entry{At: at, Kind: owner.Word(event)}
	if r.aside(at, event, &entry) {
		return
	}
	switch e := event.(type) {
	case call.Began:
		r.begin(at, e)
		entry.Agent = e.Agent
	case call.CalledBack:
		r.Callback = &CallbackAttempt{ID: e.Callback, Queue: e.Queue, Name: e.Name, Attempt: e.Attempt, Since: e.Since}
		entry.Queue, entry.Text = e.Name, strconv.Itoa(e.Attempt)
	case call.Forwarded, call.Directed, call.Rerouted:
		r.aim(event, &entry)
	case call.Entered:
		r.Status = e.Stage
		entry.Text = string(e.Stage)
	case call.QueueEntered, call.QueueLeft:
		r.wait(at, event, &entry)
	case call.PassedOver: // stands with the stay, not in the timeline
		r.passedOver(e)
		return
	case call.RingBegan, call.RingConfirmed, call.RingOver, call.AnsweredLate:
		r.ring(at, event, &entry)
	case call.LegOpened, call.LegClosed, call.PartyJoined, call.PartyLeft:
		r.connection(at, event, &entry)
	case call.HoldBegan, call.HoldOver:
		r.hold(at, event, &entry)
	case call.RecordingBegan, call.RecordingSet, call.RecordingOver, call.ConsentSet:
		r.recording(at, event, &entry)
	case call.MuteSet, call.PeerHeld, call.VoiceLost, call.VoiceBack:
		switched(event, &entry)
	case call.SoundSampled, call.SoundPath:
		r.measured(at, event)
		return
	case call.SoundJudged, call.OneWayHeard, call.AnswererDetected, call.RepairBegan, call.RepairOver:
		judged(event, &entry)
	case call.MenuAsked, call.MenuKeyed, call.WaitTold, call.MessageLeft, call.MessageDropped, call.Scored, call.Tagged:
		r.treated(event, &entry)
	case call.DropBegan, call.DropOver, call.MoveBegan, call.MoveOver, call.AnnouncementBegan, call.AnnouncementOver,
		call.ParkBegan, call.ParkRang, call.ParkOver, call.RetrieveFailed, call.FollowBegan, call.FollowOver,
		call.MergeBegan, call.MergeOver, call.TookOver, call.GaveBack, call.Converted:
		r.handedOn(at, event, &entry)
	case call.Finished:
		r.finish(at, e)
		entry.Result, entry.Text = string(e.Disposition), e.Reason
	}
	r.note(entry)
}

// handedOn tells of a prepared voicemail that is left without the agent, of announcements, of transfers, and of who was parked.
func (r *Record) handedOn(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.Converted:
		r.converted(at, e, entry)
	case call.MoveBegan, call.MoveOver:
		r.moved(at, event, entry)
	case call.ParkBegan, call.ParkRang, call.ParkOver, call.RetrieveFailed:
		r.parked(at, event, entry)
	case call.FollowBegan:
		entry.Agent, entry.Text = e.Agent, cmp.Or(e.Name, e.To.Target)
	case call.FollowOver:
		entry.Agent, entry.Text, entry.Result = e.Agent, cmp.Or(e.Name, e.To.Target), string(e.Result)
		if e.Why != "" {
			entry.Text += ": " + e.Why
		}
	case call.MergeBegan, call.MergeOver, call.TookOver, call.GaveBack:
		r.merged(at, event, entry)
	case call.DropBegan:
		entry.Agent, entry.Text = e.Agent, e.Greeting
	case call.DropOver:
		entry.Agent, entry.Text, entry.Result = e.Agent, e.Greeting, e.Failure
	case call.AnnouncementBegan:
		entry.Agent, entry.Text = e.Agent, e.Name
	case call.AnnouncementOver:
		entry.Agent, entry.Text = e.Agent, e.Name
		if e.Stopped {
			entry.Result = "stopped"
		}
	}
}

// switched tells of what is on or off at a party.
func switched(event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.MuteSet:
		entry.Agent, entry.Result = e.Agent, onOff(e.On)
	case call.PeerHeld:
		entry.Result = onOff(e.Held)
	case call.VoiceLost:
		entry.Agent = e.Agent
	case call.VoiceBack:
		entry.Agent = e.Agent
	}
}

// maxTimeline bounds the timeline: what makes it grow beyond all measure is a peer that flaps.
const maxTimeline = 2000

// usualTimeline is how many lines room is made for at once: the timeline of an answered call has 20 to 30.
const usualTimeline = 32

func (r *Record) note(entry Entry) {
	if r.Timeline == nil {
		r.Timeline = make([]Entry, 0, usualTimeline)
	}
	if len(r.Timeline) < maxTimeline || r.Status == call.Ended {
		r.Timeline = append(r.Timeline, entry)
	}
}

func (r *Record) begin(at time.Time, e call.Began) {
	r.CreatedAt, r.Status = at, call.Fresh
	r.Direction, r.Type, r.From, r.Name, r.To, r.Trunk = e.Direction, e.Type, e.From, e.Name, e.To, e.Trunk
	if e.Agent != "" {
		r.Agents = append(r.Agents, AgentPart{Agent: e.Agent, Placed: true})
	}
}

// aim notes by which numbers the call came, where it goes, and by which trunk.
func (r *Record) aim(event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.Forwarded:
		r.Forwarded = append(r.Forwarded, e)
		entry.Text, entry.Result = cmp.Or(string(e.From), "a number that is not shown"), e.Why.Words()
	case call.Directed:
		r.direct(e)
		entry.Text, entry.Result = way(e), string(e.Destination.Kind)
	case call.Rerouted:
		r.Trunk, r.Notice, entry.Text = e.Trunk, e.Notice, refusedBy(e)
		if e.From != "" {
			r.From = e.From
		}
	}
}

func (r *Record) direct(e call.Directed) {
	if e.Hop > 0 { // the record names where the number leads, the timeline what came of it
		if e.Type != "" {
			r.Type = e.Type
		}
		return
	}
	r.Direction, r.Type = e.Direction, e.Type
	r.Number, r.Label, r.Destination, r.Target, r.Customer = e.Number, e.Label, e.Destination, e.Target, e.Caller
	if e.From != "" {
		r.From = e.From
	}
	if e.To != "" {
		r.To = e.To
	}
	if e.Trunk != "" {
		r.Trunk = e.Trunk
	}
	r.Emergency, r.Notice, r.Screen = e.Emergency, e.Notice, e.Screen
}

// refusedBy says which trunk did not carry the call and why, with the SIP status if there was one.
func refusedBy(e call.Rerouted) string {
	text := e.Reason
	if e.Name != "" {
		text = e.Name + ": " + text
	}
	if e.Code != 0 {
		text += fmt.Sprintf(" (SIP %d)", e.Code)
	}
	return text
}

func (r *Record) wait(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.QueueEntered:
		if !e.Since.IsZero() {
			at = e.Since
		}
		r.Queues = append(r.Queues, QueueVisit{Queue: e.Queue, Name: e.Name, EnteredAt: at})
		entry.Queue = e.Name
	case call.QueueLeft:
		entry.Queue, entry.Result = r.leaveQueue(at, e), e.Result
	}
}

// leaveQueue ends the latest stay in that queue and gives the queue's name.
func (r *Record) leaveQueue(at time.Time, e call.QueueLeft) string {
	for i := len(r.Queues) - 1; i >= 0; i-- {
		q := &r.Queues[i]
		if q.Queue != e.Queue || q.Result != "" {
			continue
		}
		q.Result, q.LeftAt, q.WaitSeconds = e.Result, at, seconds(e.Waited)
		if e.Result == "answered" {
			q.AnsweredAt = at
		}
		r.QueueWaitSeconds += q.WaitSeconds
		return q.Name
	}
	return ""
}

// passedOver notes with the latest stay in that queue why nobody was offered the call.
func (r *Record) passedOver(e call.PassedOver) {
	for i := len(r.Queues) - 1; i >= 0; i-- {
		if q := &r.Queues[i]; q.Queue == e.Queue && q.Result != "" {
			q.Skipped, q.SkippedMore = e.Skipped, e.SkippedMore
			return
		}
	}
}

func (r *Record) ring(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.RingBegan:
		r.Offers = append(r.Offers, Offer{
			Offer: e.Offer, Agent: e.Agent, Direct: e.Direct, Queue: e.Queue, SentAt: at, Skipped: e.Skipped, SkippedMore: e.SkippedMore,
		})
		entry.Agent = e.Agent
	case call.RingConfirmed:
		if o := r.offer(string(e.Offer)); o != nil {
			if o.AcknowledgedAt.IsZero() {
				o.AcknowledgedAt = at
			}
			o.Device, entry.Agent, entry.Text = e.Device, o.Agent, e.Device
		}
	case call.RingOver:
		entry.Agent, entry.Result, entry.Text = e.Agent, string(e.Result), e.Why
		if o := r.offer(string(e.Offer)); o != nil {
			o.EndedAt, o.Result, o.Reason = at, e.Result, e.Why
		}
	case call.AnsweredLate:
		entry.Agent, entry.Text = e.Agent, e.Why
	}
}

func (r *Record) offer(which string) *Offer {
	for i := range r.Offers {
		if string(r.Offers[i].Offer) == which {
			return &r.Offers[i]
		}
	}
	return nil
}

func (r *Record) hold(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.HoldBegan:
		r.Holds = append(r.Holds, Hold{Agent: e.Agent, Party: e.Party, Start: at})
		entry.Agent = e.Agent
		r.talk.hold(at, e.Party, true)
	case call.HoldOver:
		entry.Agent = e.Agent
		r.talk.hold(at, e.Party, false)
		for i := range r.Holds {
			if h := &r.Holds[i]; h.End.IsZero() && h.Party == e.Party {
				h.End, h.Seconds = at, seconds(at.Sub(h.Start))
			}
		}
	}
	r.TalkTimeSeconds = r.talk.seconds()
}

func (r *Record) recording(at time.Time, event call.Event, entry *Entry) {
	switch e := event.(type) {
	case call.RecordingBegan:
		r.Recordings = append(r.Recordings, Recording{ID: e.Recording, Status: "recording", By: e.By, Mailbox: e.Mailbox, StartedAt: at})
		entry.Agent = e.By
	case call.ConsentSet:
		r.Consent, entry.Result = e.Outcome, string(e.Outcome)
	case call.RecordingSet:
		entry.Agent, entry.Result = e.By, string(e.State)
	case call.RecordingOver:
		entry.Text = e.Failure
		for i := range r.Recordings {
			if k := &r.Recordings[i]; k.ID == e.Recording {
				k.end(e)
			}
		}
	}
}

// end keeps what there is: a recording that failed half-way still holds its first part.
func (k *Recording) end(e call.RecordingOver) {
	k.Status, k.Failure = "available", e.Failure
	if e.Bytes == 0 {
		k.Status = "failed"
	}
	k.DurationSeconds, k.Bytes, k.Checksum, k.Gaps = max(e.Duration, 0).Seconds(), e.Bytes, e.Checksum, e.Gaps
}

func (r *Record) finish(at time.Time, e call.Finished) {
	r.Status, r.EndedAt = call.Ended, at
	r.Disposition, r.Reason, r.Code = e.Disposition, e.Reason, e.Code
	r.TotalDurationSeconds = seconds(at.Sub(r.CreatedAt))
	for i := range r.Holds {
		if h := &r.Holds[i]; h.End.IsZero() {
			h.End, h.Seconds = at, seconds(at.Sub(h.Start))
		}
	}
	r.endListen(at)
	r.talk.end(at)
	r.TalkTimeSeconds = r.talk.seconds()
}

// seconds rounds down; a clock that was set back makes no negative time.
func seconds(d time.Duration) int { return int(max(d, 0) / time.Second) }

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
