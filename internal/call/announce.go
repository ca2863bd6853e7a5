package call

import (
	"strconv"
	"time"

	"parley/internal/id"
	"parley/internal/prompt"
)

// From people, who have both sides hear a sound of the library in the middle of a call (AS-2); an error says why not.
type (
	// PlayAnnouncement plays one of the sounds that the queue allows; meanwhile the agents are not heard.
	PlayAnnouncement struct {
		Agent id.Agent `json:"agent"`
		Audio string   `json:"audio"`
	}
	// StopAnnouncement ends it early: talk goes on.
	StopAnnouncement struct {
		Agent id.Agent `json:"agent"`
	}
)

// The events of an announcement. Exactly one AnnouncementOver follows an AnnouncementBegan.
type (
	// AnnouncementBegan says what an agent has both sides hear.
	AnnouncementBegan struct {
		Agent id.Agent `json:"agent"`
		Audio string   `json:"audio"`
		Name  string   `json:"name"`
	}
	// AnnouncementOver says that it was heard to its end; Stopped: that it was broken off.
	AnnouncementOver struct {
		Agent   id.Agent      `json:"agent"`
		Name    string        `json:"name"`
		Stopped bool          `json:"stopped,omitempty"`
		Played  time.Duration `json:"played"`
	}
)

func (PlayAnnouncement) callSignal() {}
func (StopAnnouncement) callSignal() {}
func (AnnouncementBegan) callEvent() {}
func (AnnouncementOver) callEvent()  {}

// Sound is a file of the audio library.
type Sound struct {
	Audio string `json:"audio"`
	Name  string `json:"name"`
}

// Announcement is a sound that everybody in the conversation hears now; replaced, never changed.
type Announcement struct {
	Sound
	By    id.Agent  `json:"by"`
	Since time.Time `json:"since"`
}

const (
	announcementTimer = "announcement"
	announcementTime  = 30 * time.Minute // for the longest sound to be heard
)

func (t *turn) playAnnouncement(s PlayAnnouncement) error {
	p, err := t.talking(s.Agent)
	if err != nil {
		return err
	}
	sound, allowed := t.soundOf(s.Audio)
	switch {
	case !allowed:
		return refusal("this sound is not among the announcements of the call's queue")
	case t.Playing != nil:
		return refusal("an announcement is being played already: stop it first")
	case t.Treatment.On() || t.Announcing || t.others(p) == 0:
		return refusal("nobody else is in this call")
	case t.moving() != nil:
		return refusal("complete, merge or cancel first")
	case t.anyHeld():
		return refusal("take the other one off hold first")
	}
	t.Announcements++
	t.Playing = &Announcement{Sound: sound, By: s.Agent, Since: t.now}
	t.after(announcementTime, announcementTimer)
	t.tell(AnnouncementBegan{Agent: s.Agent, Audio: sound.Audio, Name: sound.Name})
	return nil
}

func (t *turn) soundOf(audio string) (Sound, bool) {
	if t.Queue != nil {
		for _, one := range t.Queue.Announcements {
			if one.Audio == audio {
				return one, true
			}
		}
	}
	return Sound{}, false
}

func (t *turn) stopAnnouncement(s StopAnnouncement) error {
	if _, err := t.talking(s.Agent); err != nil {
		return err
	}
	if t.Playing == nil {
		return refusal("no announcement is being played")
	}
	t.announcementOver(true)
	return nil
}

// announcementOver lets talk go on after an announcement, if there is one.
func (t *turn) announcementOver(stopped bool) {
	if a := t.Playing; a != nil {
		t.Playing = nil
		t.do(StopTimer{Timer: announcementTimer})
		t.tell(AnnouncementOver{Agent: a.By, Name: a.Name, Stopped: stopped, Played: t.now.Sub(a.Since)})
	}
}

// announcementTag is that of the latest announcement: of an earlier one the end may be told late.
func (c *Call) announcementTag() string { return "announcement-" + strconv.Itoa(c.Announcements) }

// announcementHearing is what everybody hears meanwhile.
func (c *Call) announcementHearing(h *Hearing) {
	h.Prompts, h.Tag = []prompt.Prompt{{Audio: c.Playing.Audio, Language: c.Language}}, c.announcementTag()
}

// stopSaying breaks off what is played to everybody in the conversation: its notice, or an announcement.
func (t *turn) stopSaying() {
	t.stopAnnouncing()
	t.announcementOver(true)
}
