package acd

import (
	"errors"
	"fmt"
	"time"

	"parley/internal/id"
)

// The reasons for refusing a signal; an error means that nothing changed.
var (
	ErrUnknown = errors.New("not known here")
	ErrNotNow  = errors.New("not possible now")
	ErrInvalid = errors.New("not valid")
	// ErrOutcome is an ErrNotNow: the wrap-up must be given its outcome first (CF-2).
	ErrOutcome = fmt.Errorf("its outcome must be chosen first: %w", ErrNotNow)
)

// Distributor decides for all queues and agents of one organisation. It encodes to JSON and goes on from there.
//
// Who comes first: calls by priority, then entry time (BX-2); agents by how long they have been available without a
// break. That idle time counts from the end of the last call work, wrap-up included, or from becoming available when
// that was later. A missed direct call, an offer without an answer and a sleeping device leave it as it was.
type Distributor struct {
	queues  map[id.Queue]*queue
	agents  map[id.Agent]*agent
	calls   map[id.Call]*waiting
	serial  int64 // numbers offers and entries
	started bool
	seed    uint64 // of the numbers that strategy random goes by

	timezone string // of the organisation, and what it stands for
	zone     *time.Location

	statuses map[string]CustomStatus
	attempts map[id.Call]*waiting  // callbacks by the calls of their attempts, this one and the one before
	legless  map[id.Call]time.Time // calls without legs, since when
}

// New gives a distributor without queues and agents; Configure brings them.
func New() *Distributor {
	return &Distributor{
		queues: map[id.Queue]*queue{}, agents: map[id.Agent]*agent{}, calls: map[id.Call]*waiting{},
		statuses: map[string]CustomStatus{}, attempts: map[id.Call]*waiting{}, zone: time.UTC,
	}
}

// Ended is never true: the ACD lives as long as the organisation.
func (d *Distributor) Ended() bool { return false }

// Handle moves the distributor on by one signal. Signals that come late or twice change nothing and are no error.
func (d *Distributor) Handle(now time.Time, s Signal) (Outcome, error) {
	// Without its monotonic part a time is the same after a round trip through JSON, so orders never differ.
	t := &turn{Distributor: d, now: now.UTC().Round(0)}
	if !d.started {
		// Offers are numbered from the clock, so that a rebuilt ACD never names a call's offer as an earlier one.
		d.started, d.serial = true, max(0, t.now.UnixMilli())
		d.seed = uint64(t.now.UnixNano())
	}
	if err := t.handle(s); err != nil {
		return Outcome{}, err
	}
	t.match()
	return t.out, nil
}

// turn is the handling of one signal.
type turn struct {
	*Distributor
	now   time.Time
	out   Outcome
	loose []*waiting // calls that began to wait
	freed []freed    // agents who became free, or free for more
}

func (t *turn) do(a Action)  { t.out.Actions = append(t.out.Actions, a) }
func (t *turn) tell(e Event) { t.out.Events = append(t.out.Events, e) }

func (t *turn) handle(s Signal) error {
	switch s := s.(type) {
	case Configure:
		return t.configure(s)
	case Enqueue:
		return t.enqueue(s)
	case Leave:
		return t.leave(s)
	case OfferEnded:
		return t.offerEnded(s)
	case Reserve:
		return t.reserve(s)
	case TimeUp:
		return t.timeUp(s)
	case Hours:
		return t.hours(s)
	case Stand:
		t.audit(s)
	case AgentSignal:
		a, known := t.agents[s.about()]
		if !known {
			return fmt.Errorf("agent %s: %w", s.about(), ErrUnknown)
		}
		return t.handleOf(a, s)
	default:
		return t.handlePlace(s)
	}
	return nil
}

// handlePlace handles what is asked about places in queues, with and without calls.
func (t *turn) handlePlace(s Signal) error {
	switch s := s.(type) {
	case WhereIs:
		t.whereIs(s)
	case HandleTime:
		t.handleTimeTold(s)
	case Earlier:
		t.earlier(s)
	case SetPriority:
		return t.setPriority(s)
	case BookCallback:
		return t.bookCallback(s)
	case CallbackEnded:
		return t.callbackEnded(s)
	case CancelCallback:
		return t.cancelCallback(s)
	case FindCallback:
		t.findCallback(s)
	default:
		return fmt.Errorf("signal %T: %w", s, ErrInvalid)
	}
	return nil
}

// handleOf handles the signals about one agent.
func (t *turn) handleOf(a *agent, s AgentSignal) error {
	switch s := s.(type) {
	case DeviceUp:
		t.deviceUp(a)
	case DeviceDown:
		t.deviceDown(a, s.Trigger, "")
	case DeviceAsleep:
		t.deviceAsleep(a)
	case DeviceAwake:
		t.deviceAwake(a)
	case SignOut:
		t.signOut(a, s)
	case SetStatus:
		return t.setStatus(a, s)
	case EndWrap:
		return t.endWrap(a, s)
	case ExtendWrap:
		return t.extendWrap(a, s)
	case ChooseOutcome:
		return t.chooseOutcome(a, s)
	case Toggle:
		return t.toggle(a, s)
	case Connected:
		t.connected(a, s.Call)
	case Release:
		t.release(a, s)
	case Restore:
		return t.restore(a, s)
	case Occupy:
		return t.occupy(a, s)
	case Take:
		return t.take(a, s)
	case Merged:
		t.merged(a, s)
	}
	return nil
}
