// Package media carries the sound of calls: RTP, G.711, digits, tones, players and recordings, on workers that neither
// lock nor allocate for a packet.
package media
