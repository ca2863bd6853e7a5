package bench

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"net"
	"slices"
	"sync"
	"time"

	"parley/internal/media"
)

const (
	clickEach = 10    // packets from one click to the next
	loudClick = 12000 // of 32767
	heardWith = 4000  // no sum of those who hum is as loud
	softHum   = 100
)

// clicker is two parties of a conference, the one who clicks and one who hears it.
type clicker struct {
	talker, listener *net.UDPConn
	sequence         uint16
	to               [2]uint16 // ports of the engine

	mu      sync.Mutex // guards what follows
	clicked time.Time  // zero when it has been heard
	took    spread
}

func openClicker() (*clicker, error) {
	c := &clicker{}
	var err error
	if c.talker, err = net.ListenUDP("udp4", &net.UDPAddr{IP: loopback.AsSlice()}); err != nil {
		return nil, fmt.Errorf("open a clicker: %w", err)
	}
	if c.listener, err = net.ListenUDP("udp4", &net.UDPAddr{IP: loopback.AsSlice()}); err != nil {
		_ = c.talker.Close()
		return nil, fmt.Errorf("open a clicker: %w", err)
	}
	return c, nil
}

func (c *clicker) close() {
	_ = c.talker.Close()
	_ = c.listener.Close()
}

func portOf(c *net.UDPConn) uint16 {
	at, _ := c.LocalAddr().(*net.UDPAddr) // of a UDP connection it is nothing else
	return at.AddrPort().Port()
}

// send sends a packet of both parties, of silence or with a click.
func (c *clicker) send() {
	c.sequence++
	packet := quiet(c.sequence)
	_, _ = c.listener.WriteToUDPAddrPort(packet, agreed(c.to[1]).Remote) // a lost packet is counted by nobody
	if c.sequence%clickEach == 0 {
		copy(packet[rtpHeader:], click)
		c.mu.Lock()
		c.clicked = time.Now()
		c.mu.Unlock()
	}
	_, _ = c.talker.WriteToUDPAddrPort(packet, agreed(c.to[0]).Remote)
}

// click is a packet that is loud from its first sample to its last.
var click = func() []byte {
	pcm := make([]int16, samples)
	for n := range pcm {
		pcm[n] = int16(loudClick * math.Cos(2*math.Pi*1000*float64(n)/media.SampleRate))
	}
	return media.Compress(media.PCMU, nil, pcm)
}()

// listen notes when clicks come, until the socket is closed. A click that begins within a packet is heard as much later.
func (c *clicker) listen() {
	packet, pcm := make([]byte, 1500), []int16(nil)
	for {
		n, err := c.listener.Read(packet)
		if err != nil {
			return
		}
		now := time.Now()
		if n <= rtpHeader || binary.BigEndian.Uint16(packet)&0x7f != 0 {
			continue
		}
		pcm = media.Expand(media.PCMU, pcm[:0], packet[rtpHeader:n])
		at := slices.IndexFunc(pcm, func(x int16) bool { return x > heardWith })
		c.mu.Lock()
		if at >= 0 && !c.clicked.IsZero() {
			c.took = append(c.took, now.Sub(c.clicked)+time.Duration(at)*time.Second/media.SampleRate)
			c.clicked = time.Time{}
		}
		c.mu.Unlock()
	}
}

// take is what was measured, and forgets it.
func (c *clicker) take() spread {
	c.mu.Lock()
	defer c.mu.Unlock()
	took := c.took
	c.took = nil
	return took
}

// conferences measures conferences of ten in which two are a clicker, each at another moment of the room's clock.
func (e *engine) conferences(ctx context.Context, r *run) error {
	const rooms = parties / party
	f, err := openFarSide(parties - 2*rooms)
	if err != nil {
		return err
	}
	defer f.close()
	var clickers []*clicker
	defer func() {
		for _, c := range clickers {
			c.close()
		}
	}()
	var remote []uint16
	far := f.ports()
	for n := range rooms {
		c, err := openClicker()
		if err != nil {
			return err
		}
		clickers = append(clickers, c)
		remote = append(remote, portOf(c.talker), portOf(c.listener))
		remote = append(remote, far[n*(party-2):(n+1)*(party-2)]...)
	}
	o, err := e.perform(ctx, task{Work: workConference, Remote: remote})
	if err != nil {
		return err
	}
	var to []uint16
	for n, c := range clickers {
		c.to = [2]uint16{o.Ports[n*party], o.Ports[n*party+1]}
		to = append(to, o.Ports[n*party+2:(n+1)*party]...)
		go c.listen()
	}
	f.speak(workConference, to, hum(300, softHum))
	return e.clicks(ctx, r, f, clickers)
}

// clicks lets the conferences go on, and adds their rows.
func (e *engine) clicks(ctx context.Context, r *run, f *farSide, clickers []*clicker) error {
	if err := clickAll(ctx, clickers, 2*soundWarm); err != nil {
		return err
	}
	for _, c := range clickers {
		c.take()
	}
	busy, took, err := e.used(func() error { return clickAll(ctx, clickers, pick(r.Options, 4*time.Second, 30*time.Second)) })
	if err != nil {
		return err
	}
	var all spread
	for _, c := range clickers {
		all = append(all, c.take()...)
	}
	if err := f.whole(); err != nil {
		return err
	}
	if len(all) < 10*len(clickers) {
		return fmt.Errorf("only %d clicks were heard in %s", len(all), took)
	}
	work := fmt.Sprintf("%d in conferences of %d, engine alone: ", parties, party)
	r.add(bounded(work+"per 100", perHundred(busy, took, parties), "% of a core", 8))
	r.add(bounded(work+"sound to sound, median", milliseconds(all.median()), "ms", 14))
	r.add(bounded(work+"sound to sound, 99 %", milliseconds(all.share(0.99)), "ms", 26))
	return nil
}

// clickAll sends a packet of each clicker every 20 ms, one after the other within that time.
func clickAll(ctx context.Context, clickers []*clicker, length time.Duration) error {
	step := packetTime / time.Duration(len(clickers))
	began := time.Now()
	for n := 0; ; n++ {
		due := time.Duration(n) * step
		if due >= length {
			return nil
		}
		if err := pause(ctx, due-time.Since(began)); err != nil {
			return err
		}
		clickers[n%len(clickers)].send()
	}
}
