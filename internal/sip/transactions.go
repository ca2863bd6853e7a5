package sip

import (
	"strings"
	"sync"
	"sync/atomic"

	sipgo "github.com/emiago/sipgo/sip"
)

// transactions finds the transaction that a message belongs to (RFC 3261 §17.1.3, §17.2.3). Their state machines are
// those of sipgo. Its own layer around them starts a goroutine for each message, which costs more than the message and
// lets messages overtake each other; here they stay on the goroutine of their socket.
type transactions struct {
	mu     sync.Mutex
	theirs map[txName]*incomingTx
	ours   map[txName]*sipgo.ClientTx
	closed bool
}

// txName tells transactions apart. Those of our own requests need no sent-by: the branch is ours.
type txName struct {
	Branch, Host, Method string
	Port                 int
}

// incomingTx is a transaction of a request from the far side.
type incomingTx struct {
	*sipgo.ServerTx
	accepted atomic.Bool // a 2xx went out: an ACK is the dialog's, not the transaction's
}

// Respond sends a response.
func (a *incomingTx) Respond(res *sipgo.Response) error {
	if res.IsSuccess() {
		a.accepted.Store(true)
	}
	return a.ServerTx.Respond(res)
}

func newTransactions() *transactions {
	return &transactions{theirs: map[txName]*incomingTx{}, ours: map[txName]*sipgo.ClientTx{}}
}

// nameOf names the transaction of a request; false when it lacks what names one.
func nameOf(req *sipgo.Request) (txName, bool) {
	via, cseq := req.Via(), req.CSeq()
	if via == nil || cseq == nil {
		return txName{}, false
	}
	method := req.Method
	if req.IsAck() {
		method = sipgo.INVITE
	}
	branch, _ := via.Params.Get("branch")
	if strings.HasPrefix(branch, branchCookie) && branch != branchCookie {
		return txName{Branch: branch, Host: via.Host, Port: via.Port, Method: string(method)}, true
	}
	key, err := sipgo.ServerTxKeyMake(req) // a client of RFC 2543
	return txName{Branch: key}, err == nil
}

// nameOfOurs names the transaction of a request of ours by the request or by a response to it.
func nameOfOurs(m sipgo.Message) (txName, bool) {
	via, cseq := m.Via(), m.CSeq()
	if via == nil || cseq == nil {
		return txName{}, false
	}
	branch, ok := via.Params.Get("branch")
	return txName{Branch: branch, Method: string(cseq.MethodName)}, ok
}

func (t *transactions) answering(name txName) (*incomingTx, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tx, ok := t.theirs[name]
	return tx, ok
}

func (t *transactions) asking(name txName) (*sipgo.ClientTx, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	tx, ok := t.ours[name]
	return tx, ok
}

// answer enters a transaction until it ends; false when there is one of that name, or no more are taken.
func (t *transactions) answer(name txName, tx *incomingTx) bool {
	t.mu.Lock()
	if _, taken := t.theirs[name]; taken || t.closed {
		t.mu.Unlock()
		return false
	}
	t.theirs[name] = tx
	t.mu.Unlock()
	return tx.OnTerminate(func(string, error) {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.theirs, name)
	})
}

// ask enters a transaction of ours until it ends; false when no more are taken.
func (t *transactions) ask(name txName, tx *sipgo.ClientTx) bool {
	t.mu.Lock()
	if _, taken := t.ours[name]; taken || t.closed {
		t.mu.Unlock()
		return false
	}
	t.ours[name] = tx
	t.mu.Unlock()
	return tx.OnTerminate(func(string, error) {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.ours, name)
	})
}

// close ends all that are left and takes no more.
func (t *transactions) close() {
	t.mu.Lock()
	t.closed = true
	left := make([]sipgo.Transaction, 0, len(t.theirs)+len(t.ours))
	for _, tx := range t.theirs {
		left = append(left, tx)
	}
	for _, tx := range t.ours {
		left = append(left, tx)
	}
	t.mu.Unlock()
	for _, tx := range left {
		tx.Terminate()
	}
}
