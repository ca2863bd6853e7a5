package guard

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"parley/internal/dialing"
	"parley/internal/id"
	"parley/internal/store"
)

// keeper stores what guards tell, one after another, so that no guard waits for a disk.
type keeper struct {
	db   *store.DB
	log  *slog.Logger
	done chan struct{} // closed when the last job is done

	mu     sync.RWMutex // guards what follows
	jobs   chan job
	closed bool
}

type job struct {
	org  id.Org
	what string // for the log
	do   func(ctx context.Context) error
}

// waitingJobs is how many jobs may wait before who tells has to; there is about one for each refused call.
const waitingJobs = 10_000

// tries is how often a job is tried, a second after the last time.
const tries = 5

func newKeeper(c Config) *keeper {
	k := &keeper{db: c.DB, log: c.Log, jobs: make(chan job, waitingJobs), done: make(chan struct{})}
	go k.run()
	return k
}

func (k *keeper) run() {
	defer close(k.done)
	for j := range k.jobs {
		k.work(j)
	}
}

func (k *keeper) work(j job) {
	var err error
	for try := range tries {
		if try > 0 {
			<-time.After(time.Second)
		}
		ctx, cancel := context.WithTimeout(store.WithOrg(context.Background(), j.org), 5*time.Second)
		err = j.do(ctx)
		cancel()
		if err == nil {
			return
		}
	}
	k.log.Error("not stored", "org", j.org, "what", j.what, "err", err)
}

func (k *keeper) put(j job) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.closed {
		k.log.Error("not stored, as the system is being stopped", "org", j.org, "what", j.what)
		return
	}
	k.jobs <- j
}

// close takes no more jobs and waits for those there are.
func (k *keeper) close(ctx context.Context) error {
	k.mu.Lock()
	if !k.closed {
		k.closed = true
		close(k.jobs)
	}
	k.mu.Unlock()
	select {
	case <-k.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (k *keeper) logged(org id.Org, e dialing.Logged) {
	k.put(job{org, "audit of classes", func(ctx context.Context) error {
		return k.db.ClassAudit(ctx, &store.ClassEntry{
			Action: string(e.Action), Agent: e.Agent, Supervisor: e.Supervisor, Destination: e.Number,
			ClassID: e.Class.ID, ClassName: e.Class.Name, Rule: string(e.Rule),
		})
	}})
}

func (k *keeper) locked(org id.Org, l dialing.Lock) {
	k.put(job{org, "lock of " + string(l.Agent), func(ctx context.Context) error {
		if err := k.db.SetDialingLock(ctx, store.DialingLock{Agent: l.Agent, At: l.At, Reason: l.Why}); err != nil {
			return err
		}
		return k.audit(ctx, "outbound calls locked", "", l.Agent, l)
	}})
}

func (k *keeper) unlocked(org id.Org, u dialing.Unlocked) {
	k.put(job{org, "unlocking of " + string(u.Agent), func(ctx context.Context) error {
		if err := k.db.DeleteDialingLock(ctx, u.Agent); err != nil {
			return err
		}
		return k.audit(ctx, "outbound calls unlocked", u.By, u.Agent, nil)
	}})
}

func (k *keeper) emergency(org id.Org, c store.EmergencyCall) {
	k.put(job{org, "emergency call", func(ctx context.Context) error {
		if c.Shown != "" {
			if err := k.db.SetEmergencyCall(ctx, c); err != nil {
				return err
			}
		}
		return k.audit(ctx, "emergency number dialled", "", c.Agent, c)
	}})
}

// locks reads the locks that are stored.
func (k *keeper) locks(org id.Org, tell func([]dialing.Lock)) {
	k.put(job{org, "locks read", func(ctx context.Context) error {
		rows, err := k.db.DialingLocks(ctx)
		if err != nil {
			return err
		}
		all := make([]dialing.Lock, 0, len(rows))
		for _, l := range rows {
			all = append(all, dialing.Lock{Agent: l.Agent, Why: l.Reason, At: l.At})
		}
		tell(all)
		return nil
	}})
}

func (k *keeper) audit(ctx context.Context, action string, by id.User, agent id.Agent, after any) error {
	text, err := json.Marshal(after)
	if err != nil {
		return err
	}
	return k.db.Audit(ctx, &store.AuditEntry{Actor: by, Action: action, SubjectKind: "agent", SubjectID: string(agent), After: text})
}
