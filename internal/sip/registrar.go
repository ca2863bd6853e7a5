package sip

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	sipgo "github.com/emiago/sipgo/sip"

	"parley/internal/id"
)

// Bounds of a registration (RFC 3261 §10.2.1.1, §10.3), in seconds where not said otherwise.
const (
	leastExpires   = 60
	mostExpires    = 3600
	defaultExpires = 600
	maxContacts    = 10 // of one device
)

// binding is one contact of a device.
type binding struct {
	Registration
	uri    sipgo.Uri
	hop    hop // where its REGISTER came from: the way back through address translators
	callID string
	cseq   uint32
	fresh  bool // it was not there before, or has been silent
}

// registrar keeps the contacts of devices (RFC 3261 §10.3). Time is an argument.
type registrar struct {
	mu      sync.RWMutex
	devices map[id.Device][]binding
	sources map[netip.AddrPort]id.Device
}

func newRegistrar() *registrar {
	return &registrar{devices: map[id.Device][]binding{}, sources: map[netip.AddrPort]id.Device{}}
}

// wish is one contact of a REGISTER; Expires 0 removes it.
type wish struct {
	binding
	expires int
}

// put carries out all wishes of one REGISTER or none: false when one of them was overtaken by a later request
// (RFC 3261 §10.3 step 7). It gives what came or was refreshed, and what went.
func (r *registrar) put(device id.Device, wishes []wish, now time.Time) (came, went []binding, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := slices.Clone(r.devices[device])
	for _, w := range wishes {
		i := slices.IndexFunc(list, func(b binding) bool { return b.Contact == w.Contact })
		if i >= 0 && list[i].callID == w.callID && list[i].cseq >= w.cseq {
			return nil, nil, false
		}
		w.fresh = i < 0
		switch {
		case w.expires == 0 && i >= 0:
			went = append(went, list[i])
			list = slices.Delete(list, i, i+1)
		case w.expires > 0:
			w.Expires = now.Add(time.Duration(w.expires) * time.Second)
			if i >= 0 {
				list = slices.Delete(list, i, i+1)
			}
			list = append([]binding{w.binding}, list...)
			came = append(came, w.binding)
		}
	}
	for len(list) > maxContacts { // a phone that forgot its old contacts must not fill the list
		went = append(went, list[len(list)-1])
		list = list[:len(list)-1]
	}
	r.set(device, list)
	return came, went, true
}

// clear removes every contact of a device (Contact: *, RFC 3261 §10.2.2).
func (r *registrar) clear(device id.Device) []binding {
	r.mu.Lock()
	defer r.mu.Unlock()
	went := r.devices[device]
	r.set(device, nil)
	return went
}

// set replaces the contacts of a device. The lock is held.
func (r *registrar) set(device id.Device, list []binding) {
	for _, b := range r.devices[device] {
		if r.sources[b.Source] == device {
			delete(r.sources, b.Source)
		}
	}
	for _, b := range list {
		r.sources[b.Source] = device
	}
	if len(list) == 0 {
		delete(r.devices, device)
		return
	}
	r.devices[device] = list
}

// expire removes what has run out.
func (r *registrar) expire(now time.Time) []binding {
	r.mu.Lock()
	defer r.mu.Unlock()
	var went []binding
	for device, list := range r.devices {
		kept := slices.DeleteFunc(slices.Clone(list), func(b binding) bool { return !now.Before(b.Expires) })
		if len(kept) == len(list) {
			continue
		}
		for _, b := range list {
			if !now.Before(b.Expires) {
				went = append(went, b)
			}
		}
		r.set(device, kept)
	}
	return went
}

// contacts lists the living contacts of a device, youngest first.
func (r *registrar) contacts(device id.Device, now time.Time) []binding {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var list []binding
	for _, b := range r.devices[device] {
		if now.Before(b.Expires) {
			list = append(list, b)
		}
	}
	return list
}

// at tells whether a device has registered from that source.
func (r *registrar) at(source netip.AddrPort) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, ok := r.sources[source]
	return ok
}
