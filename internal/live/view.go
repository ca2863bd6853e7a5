// Package live is the picture that screens see: a snapshot and numbered events, fed by calls, stations and the ACD.
package live

import (
	"time"

	"parley/internal/acd"
	"parley/internal/call"
	"parley/internal/dest"
	"parley/internal/id"
	"parley/internal/presence"
	"parley/internal/station"
)

// Line is one of the softphone's call places as the page shows it (SP-15).
type Line struct {
	Call          id.Call             `json:"call"`
	Line          int                 `json:"line"`
	State         string              `json:"state" enum:"incoming,dialling,active,held,ended"`
	Direction     call.Direction      `json:"direction" enum:"inbound,outbound,internal"`
	Number        string              `json:"number"`
	Name          string              `json:"name,omitempty"`
	Customer      id.Customer         `json:"customer,omitempty"`
	Queue         id.Queue            `json:"queue,omitempty"`
	QueueName     string              `json:"queue_name,omitempty"`
	MenuData      string              `json:"menu_data,omitempty" doc:"a parameter that the number passes (IV-7)"`
	MenuText      string              `json:"menu_text,omitempty" doc:"a text that the number passes (IV-7)"`
	Offer         id.Offer            `json:"offer,omitempty"`
	Callback      *LineCallback       `json:"callback,omitempty" doc:"the customer is called back"`
	RingStartedAt time.Time           `json:"ring_started_at,omitzero"`
	StartedAt     time.Time           `json:"started_at"`
	Since         time.Time           `json:"since"`
	Muted         bool                `json:"muted"`
	Recording     call.RecordingState `json:"recording" enum:"off,on,paused"`
	CanRecord     bool                `json:"can_record"`
	Reason        string              `json:"reason,omitempty"`
	Code          int                 `json:"sip_code,omitempty" doc:"SIP status of a call that failed"`
	Notice        string              `json:"notice,omitempty" doc:"what is otherwise than asked, such as the caller ID"`
	Emergency     bool                `json:"emergency,omitempty"`
	Device        string              `json:"device,omitempty"`
	Tab           id.Tab              `json:"tab,omitempty"`
	Quality       *Quality            `json:"quality,omitempty" doc:"while the sound is poor (SP-12)"`
	OneWay        *OneWay             `json:"one_way,omitempty" doc:"while somebody cannot hear somebody (BX-57)"`
	Repair        call.RepairState    `json:"repair,omitempty" enum:"trying,back" doc:"of one-way sound: under way, or just done"`
	Parties       []LineParty         `json:"parties,omitempty" doc:"everybody in the call, while the agent is in it"`
	Transfer      *LineTransfer       `json:"transfer,omitempty" doc:"somebody whom the agent brings in, or who did not come"`
	BroughtBy     string              `json:"transferred_by,omitempty" doc:"who brings this call to the agent, or has brought it"`
	Notes         string              `json:"notes,omitempty" doc:"what that one has written for the agent (TR-9)"`
	Announcements []call.Sound        `json:"announcements,omitempty" doc:"what the agent may have both sides hear (AS-2)"`
	Announcement  string              `json:"announcement,omitempty" doc:"the name of what both sides hear now"`
	Watches       *LineWatch          `json:"watches,omitempty" doc:"the line is a supervisor's own: whom it is for, and in which mode (MN-4)"`
	WatchedBy     *LineWatch          `json:"watched_by,omitempty" doc:"the supervisor who is there, unless the organisation hides it"`
	Slot          string              `json:"parked_in,omitempty" doc:"the slot of a call that is parked, or rings again"`
	CanAskHelp    bool                `json:"can_ask_help,omitempty" doc:"the organisation has agent assist (AS-1)"`
	Help          *LineHelp           `json:"help,omitempty" doc:"the agent has asked for help, and nobody has come yet"`
	Helped        bool                `json:"helped,omitempty" doc:"the supervisor who is there was asked for by the agent"`
	TwoCalls      bool                `json:"two_calls,omitempty" doc:"the agent has another call on the other line (SP-25)"`
	Aside         bool                `json:"aside,omitempty" doc:"and speaks there now"`
	Page          *LinePage           `json:"page,omitempty" doc:"the call is to a paging group (BX-28)"`
	Intercom      bool                `json:"intercom,omitempty" doc:"the device of who was called has answered by itself (BX-28)"`
	Lead          *LineLead           `json:"lead,omitempty" doc:"for whom the call counts (OB-14)"`
	Merge         *LineMerge          `json:"merge,omitempty" doc:"the agent has asked to make one conversation of both calls"`

	consults bool // line 2 of a call whose line 1 is another Line
}

// LineLead is the lead for whom a call counts.
type LineLead struct {
	ID           id.Lead `json:"id"`
	Name         string  `json:"name"`
	CampaignName string  `json:"campaign_name"`
}

// LinePage is a page on an agent's line.
type LinePage struct {
	Group   string `json:"group"`
	Hears   int    `json:"hears" doc:"how many members are there"`
	Listens bool   `json:"listens,omitempty" doc:"the agent is one of them, and is not heard"`
	// Multicast is for telephones that listen by themselves.
	Multicast bool `json:"multicast,omitempty" doc:"it is sent to telephones that listen by themselves; nobody knows how many"`
}

// LineParty is one of those in a call (TR-5).
type LineParty struct {
	ID     id.Party  `json:"id"`
	Kind   call.Kind `json:"kind" enum:"customer,agent,external"`
	Name   string    `json:"name,omitempty"`
	Number string    `json:"number,omitempty"`
	You    bool      `json:"you,omitempty"`
	State  string    `json:"state" enum:"dialling,joined"`
	Held   bool      `json:"held,omitempty"`
	Muted  bool      `json:"muted,omitempty"`
	Talks  bool      `json:"talking,omitempty" doc:"now; told while more than two are in the call"`
	Line   int       `json:"line" doc:"2: on the second line of an agent who calls somebody else"`
}

// LineTransfer is how far a transfer or consultation is (TR-2, TR-3).
type LineTransfer struct {
	Warm  bool             `json:"warm,omitempty"`
	To    dest.Destination `json:"to"`
	Name  string           `json:"name"`
	State call.MoveState   `json:"state" enum:"asking,ringing,talking,failed"`
	Why   string           `json:"why,omitempty" doc:"it failed: the other one is back"`
	Since time.Time        `json:"since"`
	In    string           `json:"in,omitempty" enum:"queue,menu" doc:"what line 2 goes through now, before somebody is rung or answers"`
}

// LineMerge is how far the merging of two calls is (SP-25).
type LineMerge struct {
	State call.MergeState `json:"state" enum:"merging,failed"`
	Why   string          `json:"why,omitempty" doc:"it failed: both calls go on as before"`
}

// LineCallback is what an agent is told of a customer who is called back.
type LineCallback struct {
	Attempt int       `json:"attempt"` // 1 and up
	Since   time.Time `json:"since"`   // when the customer began to wait
}

// Quality says why the sound of a line is poor, and on whose side (SP-12).
type Quality struct {
	Bad    bool     `json:"bad"`
	Causes []string `json:"causes" enum:"loss,jitter,round trip,MOS"`
	Side   string   `json:"side" enum:"you,them" doc:"whose connection it is"`
	Heard  string   `json:"heard" enum:"you,them" doc:"who hears it"`
	Party  string   `json:"party" doc:"the other one's name or number"`
}

// OneWay says who cannot hear whom on a line (BX-57).
type OneWay struct {
	Text  string `json:"text"`
	Deaf  string `json:"deaf" enum:"you,them,both" doc:"who cannot hear"`
	Party string `json:"party" doc:"the other one's name or number"`
}

// Wrap is the wrap-up countdown (SP-18).
type Wrap struct {
	Until          time.Time `json:"until"`
	StartedAt      time.Time `json:"started_at"`
	ExtensionsLeft int       `json:"extensions_left"`
	Call           id.Call   `json:"call"`
	Queue          id.Queue  `json:"queue,omitempty"`
	Held           bool      `json:"held,omitempty" doc:"its time is over; only the outcome is missing (CF-2)"`
	Required       bool      `json:"required,omitempty" doc:"an outcome must be chosen"`
	QueueName      string    `json:"queue_name,omitempty"`
}

// Next is the status that an agent has chosen for the end of the call or wrap-up (SP-36).
type Next struct {
	Status acd.Status `json:"status" enum:"available,unavailable"`
	Reason string     `json:"reason,omitempty"`
	Custom *Custom    `json:"custom,omitempty"`
}

// Custom is a status that an administrator has made (MN-12).
type Custom struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Colour string     `json:"colour"`
	Icon   string     `json:"icon,omitempty"`
	Effect acd.Effect `json:"effect" enum:"available,busy,unavailable"`
}

// Chosen is the outcome that the agent has chosen of the call in hand.
type Chosen struct {
	Call    id.Call `json:"call"`
	Outcome string  `json:"outcome"`
}

// Lights is what the server knows of the softphone's four lights (SP-3); the page knows the others.
type Lights struct {
	CallRouting string `json:"call_routing" enum:"green,amber,red"`
	Detail      string `json:"detail,omitempty"`
}

// Desk is the agent's desk phone.
type Desk struct {
	Registered bool `json:"registered"`
	Working    bool `json:"working"`
}

// Voice is how the agent's voice comes in this session (VC); there is none before one has begun.
type Voice struct {
	Mode       string            `json:"mode" enum:"web,call_me,call_in"`
	Persistent bool              `json:"persistent" doc:"calls come by a beep, without Answer"`
	Number     string            `json:"number,omitempty" doc:"that call_me rings"`
	Path       station.PathState `json:"path,omitempty" enum:"awaited,connecting,up,lost" doc:"of a persistent path by telephone"`
}

// Me is the viewer's own agent.
type Me struct {
	Agent      id.Agent   `json:"agent,omitempty"`
	Status     acd.Status `json:"status" enum:"available,unavailable,on_call,wrap_up,offline"`
	Reason     string     `json:"reason,omitempty"`
	Custom     *Custom    `json:"custom,omitempty"`
	Since      time.Time  `json:"since"`
	Wrap       *Wrap      `json:"wrap,omitempty"`
	Next       *Next      `json:"next,omitempty"`
	Outcome    *Chosen    `json:"outcome,omitempty"`
	Queues     []id.Queue `json:"queues" doc:"that the agent is a member of"`
	Off        []id.Queue `json:"off,omitempty" doc:"those of them that do not deliver now (QU-13)"`
	Lights     Lights     `json:"lights"`
	Started    bool       `json:"started"`
	StationTab id.Tab     `json:"station_tab,omitempty"`
	Desk       Desk       `json:"desk"`
	Voice      *Voice     `json:"voice,omitempty"`
	Lines      []Line     `json:"lines"`
}

// Queue is one queue of the dashboard (MN-1). Counters are those of today in the organisation's timezone.
type Queue struct {
	ID                      id.Queue  `json:"id"`
	Name                    string    `json:"name"`
	Waiting                 int       `json:"waiting"`
	LongestWaitSince        time.Time `json:"longest_wait_since,omitzero"`
	Available               int       `json:"available"`
	OnCall                  int       `json:"on_call"`
	WrapUp                  int       `json:"wrap_up"`
	Unavailable             int       `json:"unavailable"`
	Offline                 int       `json:"offline"`
	Offered                 int       `json:"offered"`
	Answered                int       `json:"answered"`
	Missed                  int       `json:"missed"`
	Abandoned               int       `json:"abandoned"`
	AverageWaitSeconds      int       `json:"average_wait_seconds"`
	AverageTalkSeconds      int       `json:"average_talk_seconds"`
	LongestWaitTodaySeconds int       `json:"longest_wait_today_seconds"`
	ServiceLevelPercent     *int      `json:"service_level_percent,omitempty"`
	CallbacksPending        int       `json:"callbacks_pending"`
	CallbacksChangedAt      time.Time `json:"callbacks_changed_at,omitzero" doc:"when one came, went or was tried last"`
	WaitWarningSeconds      int       `json:"wait_warning_seconds"`
	WaitCriticalSeconds     int       `json:"wait_critical_seconds"`
}

// AgentCall is what an agent is doing now, as others see it.
type AgentCall struct {
	ID        id.Call   `json:"id"`
	Number    string    `json:"number"`
	Name      string    `json:"name,omitempty"`
	QueueName string    `json:"queue_name,omitempty"`
	Since     time.Time `json:"since"`

	WatchedBy *LineWatch `json:"watched_by,omitempty" doc:"the supervisor who is there (MN-4)"`
	Help      *LineHelp  `json:"help,omitempty" doc:"the agent asks for help (AS-1)"`
}

// Agent is one agent of the dashboard (MN-3).
type Agent struct {
	ID        id.Agent   `json:"id"`
	Name      string     `json:"name"`
	Extension string     `json:"extension"`
	Status    acd.Status `json:"status" enum:"available,unavailable,on_call,wrap_up,offline"`
	Reason    string     `json:"reason,omitempty"`
	Custom    *Custom    `json:"custom,omitempty"`
	Queues    []id.Queue `json:"queues"`
	Off       []id.Queue `json:"off,omitempty" doc:"those that do not deliver to the agent now"`
	Since     time.Time  `json:"since"`
	Call      *AgentCall `json:"call,omitempty"`
	Rings     bool       `json:"rings,omitempty" doc:"a call waits for this agent's answer"`
	Health    string     `json:"health" enum:"ok,asleep,offline"`
	Device    string     `json:"device,omitempty"`
	Image     string     `json:"image,omitempty" doc:"address of the picture"`

	Presence *presence.Look `json:"presence,omitempty"`
}

// Waiting is one waiting caller (MN-2).
type Waiting struct {
	Call      id.Call   `json:"call"`
	Number    string    `json:"number"`
	Name      string    `json:"name,omitempty"`
	Queue     id.Queue  `json:"queue"`
	QueueName string    `json:"queue_name"`
	Priority  int       `json:"priority"`
	Since     time.Time `json:"since"`
	Consult   bool      `json:"consult,omitempty" doc:"an agent waits there for the caller, to speak to who answers first (TR-3)"`
}

// Snapshot is the whole picture for one viewer.
type Snapshot struct {
	Now     time.Time `json:"now"`
	Me      Me        `json:"me"`
	Queues  []Queue   `json:"queues"`
	Agents  []Agent   `json:"agents"`
	Waiting []Waiting `json:"waiting"`
	// Overrides and Locks are those of the viewer and, for supervisors, of agents in their scope.
	Overrides []Override `json:"overrides"`
	Locks     []Lock     `json:"locks"`

	Mailboxes []MailboxCount `json:"mailboxes"`
	Bell      Bell           `json:"bell"`
	Parked    []Parked       `json:"parked" doc:"calls that wait in a slot, for those who may take them"`

	Helps []Help `json:"helps" doc:"agents who ask the viewer for help (AS-1)"`

	Presence presence.Look `json:"presence" doc:"the viewer's own, as picked"`
	People   []Person      `json:"people,omitempty" doc:"everybody, for who asked for them over the socket"`
	Lamps    []Lamp        `json:"-"`
	Places   []Place       `json:"places,omitzero" doc:"where inbound calls are, for who asked for them over the socket"`
}

// Ring tells a page to ring and to acknowledge at once (BX-54).
type Ring struct {
	Offer id.Offer `json:"offer"`
	Call  id.Call  `json:"call"`
}

// Gone names a waiting caller who waits no more.
type Gone struct {
	Call id.Call `json:"call"`
}

// Updated names a call whose record has changed.
type Updated struct {
	ID id.Call `json:"id"`
}

// RenewVoice asks a page to start ICE anew on its leg, since the sound of a call does not get through (BX-57).
type RenewVoice struct {
	Leg id.Leg `json:"leg"`
}

// TakenOver names the tab that is the phone no more (SP-22).
type TakenOver struct {
	Tab id.Tab `json:"tab"`
}
