// Package callcontrol gives every call and station its owner, carries their actions to the wires, and their events
// to the journal and to the screens.
package callcontrol

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dialin"
	"parley/internal/id"
	"parley/internal/owner"
	"parley/internal/station"
	"parley/internal/tel"
)

// Wires carries out what calls and stations ask of the network. Nothing waits; what comes of it is heard through Heard.
type Wires interface {
	Ring(leg id.Leg)
	Early(leg id.Leg)
	Answer(leg id.Leg)
	End(leg id.Leg, cause tel.Cause) // a leg that is not there any more is heard of as ended, unless it was before
	DialTrunk(org id.Org, a call.DialTrunk)
	// DialPhone rings a desk phone; auto: it is asked to answer by itself.
	DialPhone(org id.Org, leg id.Leg, phone id.Device, from tel.Number, name string, auto bool)
	Cast(a call.SendMulticast) // which End ends
	Repair(leg id.Leg)         // of a SIP leg; one that is not there any more is passed over
	// Refer tells a phone what came of its REFER: cause 0, that the transfer is made; one that is not there any more is passed over.
	Refer(leg id.Leg, cause tel.Cause, why string)
}

// Sound carries out who hears what. Everything about one call comes from that call's owner, in order.
type Sound interface {
	Arrange(which id.Call, hearings []call.Hearing)
	Record(now time.Time, which id.Call, org id.Org, a call.Record)
	ChangeRecording(which id.Call, a call.ChangeRecording)
	EndRecording(which id.Call, a call.EndRecording)
	Close(which id.Call)
	// TakeUp names recordings that an earlier process began between two times; what is on disk is told when they end.
	TakeUp(which id.Call, org id.Org, recordings []id.Recording, from, to time.Time)
}

// Plans says where calls go, on the organisation's configuration. It may take a moment: it is asked in a goroutine.
type Plans interface {
	Route(ctx context.Context, org id.Org, a call.FindRoute) call.Signal // Routed or Unrouted
	Next(ctx context.Context, org id.Org, a call.FindNext) call.Signal   // Routed or Unrouted
	Dial(ctx context.Context, org id.Org, a call.FindPlan) call.Signal   // Planned or Unplanned
	// CallbackNumber is the full form of a number at which a customer of the queue can be called back; an error: nobody can
	// be there. It answers at once.
	CallbackNumber(org id.Org, queue id.Queue, typed tel.Number) (tel.Number, error)
}

// Journal keeps the latest state of each machine and every event of each call. It returns at once; what is settled is
// stored soon after.
type Journal interface {
	Save(org id.Org, address owner.Address, state []byte)
	Remove(org id.Org, address owner.Address)
	// CallEvents notes what happened, CallSettled stores what was noted and the record that it makes.
	CallEvents(c *call.Call, now time.Time, events []call.Event)
	CallSettled(c *call.Call)
}

// settleAfter is how long a call or a station goes on until what happened is stored, many signals at once: the most that
// a crash can lose besides the running commit.
const settleAfter = 50 * time.Millisecond

// Screens is what the picture that people see is fed with. It returns at once and keeps nothing of the machines it is shown.
type Screens interface {
	CallChanged(now time.Time, c call.Call, events []call.Event)
	StationChanged(now time.Time, s station.Station)
	ShowRing(agent id.Agent, tab id.Tab, which id.Call, offer id.Offer)
	Probe(agent id.Agent, tab id.Tab)
	TakenOver(agent id.Agent, tab id.Tab)
	RenewVoice(agent id.Agent, tab id.Tab, leg id.Leg)
}

// Config is what an Exchange is made of.
type Config struct {
	Wires     Wires
	Sound     Sound
	Plans     Plans
	DialIns   DialIns // nil: there are none
	Mailboxes Mailboxes
	Spending  Spending
	Journal   Journal
	Screens   Screens
	Directory *owner.Directory
	Log       *slog.Logger
	// Emergency tells whether what is typed is an emergency number, so that nothing holds its call up (BX-13); nil: nothing is.
	Emergency func(org id.Org, typed string) bool
	// Typed is what an agent has typed, with the number that a speed dial stands for (BX-32); nil: as it is typed.
	Typed func(org id.Org, agent id.Agent, typed string) string
	// Slots says where an organisation parks calls, and how this agent is told; nil: nowhere.
	Slots func(org id.Org, agent id.Agent) Slots
	// MayPickUp tells whether an agent may answer what rings at another one; own asks whether it rings in the agent's own groups. Nil:
	// nobody may.
	MayPickUp func(org id.Org, agent id.Agent, r Rung, own bool) bool
	// LeaveOutside tells whether an agent's class of service lets outside parties talk on without the agent (TR-6); nil: nobody's does.
	LeaveOutside func(org id.Org, agent id.Agent) bool
	// Transcripts is the folder that the last signals of a broken machine are written to; empty: none are.
	Transcripts string
}

// Exchange holds every live call and every station of this machine.
type Exchange struct {
	Config
	ctx     context.Context
	deliver func(to owner.Address, signal any) error // Directory.Post; tests plant faults here
	plans   chan func()                              // for the planners
	legs    legs
	vault   *vault
	lines   channels
	lot     lot

	mu       sync.Mutex // guards what follows, never a machine
	calls    map[id.Call]*live
	stations map[id.Agent]*desk
	people   map[id.Agent]Seat
	contacts map[id.Device]map[string]bool // of desk phones
	dialIns  map[id.Leg]*owner.Owner[dialin.Signal]
	merged   map[owner.Address]*call.Merging // calls that have ended, by the one that has their parties and lives
	settling int                             // calls that have ended and are not stored yet
	draining bool
	empty    chan struct{} // closed when draining and no call is left

	begun, ended, broken atomic.Int64
	quality              Quality
}

// live is a call that lives here: its owner, and what may be known of it without asking.
type live struct {
	owner    *owner.Owner[call.Signal]
	org      id.Org
	face     face
	urgent   bool // an emergency call
	standing []acd.Signal
	ties     ties
	phones   []id.Agent // who talk in it by desk phone, and can place a second call there
	rung     []Rung
}

// New opens an exchange. Everything it starts stops when ctx does.
func New(ctx context.Context, c Config) *Exchange {
	x := &Exchange{
		Config: c, ctx: ctx, deliver: c.Directory.Post, legs: legs{all: map[id.Leg]place{}}, lines: newChannels(),
		lot: lot{slots: map[id.Org]map[string]id.Call{}}, plans: make(chan func()),
		calls: map[id.Call]*live{}, stations: map[id.Agent]*desk{}, people: map[id.Agent]Seat{},
		contacts: map[id.Device]map[string]bool{}, merged: map[owner.Address]*call.Merging{}, empty: make(chan struct{}),
		vault: newVault(), dialIns: map[id.Leg]*owner.Owner[dialin.Signal]{},
	}
	for range planners {
		go x.planner()
	}
	return x
}

// Counts tells how many calls live, and how many began, ended and broke since the start.
func (x *Exchange) Counts() (live int, begun, ended, broken int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.calls), x.begun.Load(), x.ended.Load(), x.broken.Load()
}

// Drain takes no new calls. The channel is closed when the last live one has ended and was handed over to be stored.
func (x *Exchange) Drain() <-chan struct{} {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.draining {
		x.draining = true
		x.closeWhenEmpty()
	}
	return x.empty
}

// Draining tells whether new calls are refused.
func (x *Exchange) Draining() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.draining
}

// CloseCalls ends every live call, for a stop that cannot wait any longer.
func (x *Exchange) CloseCalls(why string) {
	x.mu.Lock()
	all := make([]*live, 0, len(x.calls))
	for _, l := range x.calls {
		all = append(all, l)
	}
	x.mu.Unlock()
	for _, l := range all {
		_ = l.owner.Post(call.Close{Cause: tel.CauseTemporaryFailure, Why: why})
	}
}

// closeWhenEmpty is called with the lock held.
func (x *Exchange) closeWhenEmpty() {
	if !x.draining || len(x.calls) > 0 || x.settling > 0 {
		return
	}
	select {
	case <-x.empty:
	default:
		close(x.empty)
	}
}

// post sends a signal to any address. False means that nobody was there: its promises are the sender's to keep.
func (x *Exchange) post(to owner.Address, signal any) bool {
	err := x.deliver(to, signal)
	if err != nil && x.followed(to, signal) {
		return true
	}
	if err != nil {
		x.Log.Debug("signal not delivered", "to", to, "signal", owner.Word(signal), "err", err)
	}
	return err == nil
}

// postCall sends a signal to a call. A call that is gone has its promises kept.
func (x *Exchange) postCall(which id.Call, s call.Signal) {
	if !x.post(callAt(which), s) {
		x.late("", which, s)
	}
}

// guard carries on after a panic, where a second one would take the whole system down.
func (x *Exchange) guard(what string, do func()) {
	defer func() {
		if v := recover(); v != nil {
			x.broken.Add(1)
			x.Log.Error("broke while cleaning up", "what", what, "err", v, "stack", string(debug.Stack()))
		}
	}()
	do()
}

func callAt(which id.Call) owner.Address     { return owner.At("call", which) }
func stationAt(which id.Agent) owner.Address { return owner.At("station", which) }
func acdAt(which id.Org) owner.Address       { return owner.At("acd", which) }
func legAt(which id.Leg) owner.Address       { return owner.At("leg", which) }
