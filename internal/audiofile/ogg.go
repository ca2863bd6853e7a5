package audiofile

import (
	"encoding/binary"
	"errors"
	"io"
)

// Flags of a page (RFC 3533 §6).
const (
	pageContinued = 1
	pageFirst     = 2
	pageLast      = 4
)

const pageHead = 27

// oggSum is the table of the checksum of pages: polynomial 0x04C11DB7, bits in natural order (RFC 3533 §6).
var oggSum = func() (table [256]uint32) {
	for i := range table {
		sum := uint32(i) << 24
		for range 8 {
			carry := sum >> 31
			sum = sum<<1 ^ carry*0x04C11DB7
		}
		table[i] = sum
	}
	return table
}()

func sumOf(sum uint32, b []byte) uint32 {
	for _, x := range b {
		sum = sum<<8 ^ oggSum[byte(sum>>24)^x]
	}
	return sum
}

// pageWriter gathers packets into pages. No packet spans two pages.
type pageWriter struct {
	w        io.Writer
	serial   uint32
	sequence uint32
	lacing   []byte
	body     []byte
	granule  int64
	page     []byte
}

// put adds a packet that ends at a granule position, after the waiting page was written when it has no room.
func (p *pageWriter) put(packet []byte, granule int64) error {
	if len(p.lacing)+len(packet)/255+1 > 255 {
		if err := p.flush(0); err != nil {
			return err
		}
	}
	for range len(packet) / 255 {
		p.lacing = append(p.lacing, 255)
	}
	p.lacing = append(p.lacing, byte(len(packet)%255))
	p.body = append(p.body, packet...)
	p.granule = granule
	return nil
}

// flush writes the waiting page.
func (p *pageWriter) flush(flags byte) error {
	if p.sequence == 0 {
		flags |= pageFirst
	}
	b := append(p.page[:0], "OggS\x00"...)
	b = append(b, flags)
	b = binary.LittleEndian.AppendUint64(b, uint64(p.granule))
	b = binary.LittleEndian.AppendUint32(b, p.serial)
	b = binary.LittleEndian.AppendUint32(b, p.sequence)
	b = append(b, 0, 0, 0, 0, byte(len(p.lacing)))
	b = append(append(b, p.lacing...), p.body...)
	binary.LittleEndian.PutUint32(b[22:], sumOf(0, b))
	p.page, p.lacing, p.body = b, p.lacing[:0], p.body[:0]
	p.sequence++
	_, err := p.w.Write(b)
	return err
}

// page is one page as it was read.
type page struct {
	flags   byte
	granule int64
	serial  uint32
	lacing  []byte
	body    []byte
}

var errPage = errors.New("a page is damaged")

// readPage reads the page that comes next; io.EOF when there is none. Its slices are valid until the next page.
func (p *page) readPage(r io.Reader, buffer *[pageHead + 255 + 255*255]byte) error {
	head := buffer[:pageHead]
	if _, err := io.ReadFull(r, head); err != nil {
		return ending(err)
	}
	if string(head[:5]) != "OggS\x00" {
		return errPage
	}
	count := int(head[26])
	p.lacing = buffer[pageHead : pageHead+count]
	if _, err := io.ReadFull(r, p.lacing); err != nil {
		return ending(err)
	}
	size := 0
	for _, n := range p.lacing {
		size += int(n)
	}
	p.body = buffer[pageHead+count : pageHead+count+size]
	if _, err := io.ReadFull(r, p.body); err != nil {
		return ending(err)
	}
	p.flags, p.granule, p.serial = head[5], int64(binary.LittleEndian.Uint64(head[6:])), binary.LittleEndian.Uint32(head[14:])
	want := binary.LittleEndian.Uint32(head[22:])
	clear(head[22:26])
	if sumOf(0, buffer[:pageHead+count+size]) != want {
		return errPage
	}
	return nil
}

// ending takes a file that is cut off within a page as one that ends before it.
func ending(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return io.EOF
	}
	return err
}

// packets puts the packets of one stream together from its pages.
type packets struct {
	r       io.Reader
	page    page
	buffer  [pageHead + 255 + 255*255]byte
	begun   bool
	segment int // of the page, that comes next
	offset  int // of the body
	partial []byte
}

// maxPacket bounds a packet: 255 streams of 120 ms would be longer, recordings and uploads are not.
const maxPacket = 1 << 17

// next gives the next packet, and its page's granule position when it is the last that ends there, else -1.
func (p *packets) next() (packet []byte, granule int64, last bool, err error) {
	p.partial = p.partial[:0]
	for {
		if p.segment >= len(p.page.lacing) {
			if err := p.turn(); err != nil {
				return nil, 0, false, err
			}
			continue
		}
		n := int(p.page.lacing[p.segment])
		p.partial = append(p.partial, p.page.body[p.offset:p.offset+n]...)
		p.segment, p.offset = p.segment+1, p.offset+n
		if len(p.partial) > maxPacket {
			return nil, 0, false, errPage
		}
		if n < 255 {
			return p.partial, p.position(), p.page.flags&pageLast != 0 && p.closes(), nil
		}
	}
}

// turn reads the next page of the stream; pages of others are passed over.
func (p *packets) turn() error {
	serial := p.page.serial
	for {
		if err := p.page.readPage(p.r, &p.buffer); err != nil {
			return err
		}
		if p.begun && p.page.serial != serial {
			p.page.lacing = nil
			continue
		}
		p.begun, p.segment, p.offset = true, 0, 0
		p.fit()
		return nil
	}
}

// fit drops the half of a packet whose other half is missing.
func (p *packets) fit() {
	if p.page.flags&pageContinued == 0 {
		p.partial = p.partial[:0]
		return
	}
	if len(p.partial) > 0 {
		return
	}
	for p.segment < len(p.page.lacing) {
		n := p.page.lacing[p.segment]
		p.segment, p.offset = p.segment+1, p.offset+int(n)
		if n < 255 {
			return
		}
	}
}

// closes tells whether no packet ends after this one on its page.
func (p *packets) closes() bool {
	for _, n := range p.page.lacing[p.segment:] {
		if n < 255 {
			return false
		}
	}
	return true
}

func (p *packets) position() int64 {
	if p.closes() {
		return p.page.granule
	}
	return -1
}
