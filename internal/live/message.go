package live

import (
	"encoding/json"
	"fmt"
	"strconv"
	"sync"
)

// Message is one thing that the socket sends. Seq counts from the snapshot on; 0 stands outside the count.
type Message struct {
	Seq  int64  `json:"seq,omitempty"`
	Kind string `json:"kind"`
	Data any    `json:"data,omitempty"`

	text *text // shared by the viewers who are told the same; nil for what one viewer alone is told
}

// text is the JSON of what several viewers are told, made by the first who sends it.
type text struct {
	once    sync.Once
	content []byte
	err     error
}

// Encode gives the message as JSON. What several viewers are told is written once for all of them.
func (m Message) Encode() ([]byte, error) {
	if m.text == nil {
		return json.Marshal(m)
	}
	m.text.once.Do(func() {
		m.text.content, m.text.err = json.Marshal(Message{Kind: m.Kind, Data: m.Data})
	})
	if m.text.err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.Kind, m.text.err)
	}
	all := make([]byte, 0, len(m.text.content)+24)
	all = append(all, `{"seq":`...)
	all = strconv.AppendInt(all, m.Seq, 10)
	all = append(all, ',')
	return append(all, m.text.content[1:]...), nil
}
