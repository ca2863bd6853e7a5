// Package media carries the sound of calls: RTP and SRTP between any two codecs, mixes, digits, tones, players and
// recordings, on workers that neither lock nor allocate for a packet.
package media
