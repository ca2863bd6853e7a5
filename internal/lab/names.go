package lab

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"testing"
)

// serveNames answers DNS over TCP (RFC 7766) until the test ends: every name has the one IPv4 address, and nothing else.
// It gives its own address.
func serveNames(t testing.TB, address string) string {
	t.Helper()
	at := net.ParseIP(address).To4()
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", net.JoinHostPort(address, "0"))
	if err != nil || at == nil {
		t.Fatalf("names at %s: %v", address, err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go answerNames(conn, at)
		}
	}()
	return listener.Addr().String()
}

// answerNames answers what one connection asks.
func answerNames(conn net.Conn, at net.IP) {
	defer func() { _ = conn.Close() }()
	for {
		var length [2]byte
		if _, err := io.ReadFull(conn, length[:]); err != nil {
			return
		}
		query := make([]byte, binary.BigEndian.Uint16(length[:]))
		if _, err := io.ReadFull(conn, query); err != nil {
			return
		}
		answer := nameAnswer(query, at)
		if answer == nil {
			return
		}
		if _, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil {
			return
		}
	}
}

// nameAnswer answers a question (RFC 1035 §4.1); nil when it is none.
func nameAnswer(query []byte, at net.IP) []byte {
	const header = 12
	end := header
	for end < len(query) && query[end] != 0 {
		end += 1 + int(query[end])
	}
	end += 5 // the root label, type and class
	if len(query) < end {
		return nil
	}
	kind := query[end-3]
	answer := append([]byte{}, query[:end]...)
	copy(answer[2:header], []byte{0x84, 0, 0, 1, 0, 0, 0, 0, 0, 0}) // an answer, by who must know; one question
	if kind != 1 || query[end-4] != 0 {                             // not A
		return answer
	}
	answer[7] = 1                                                        // one answer:
	answer = append(answer, 0xc0, header, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4) // the name asked for, A, IN, 60 s, four bytes
	return append(answer, at...)
}
