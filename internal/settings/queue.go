package settings

import (
	"fmt"

	"parley/internal/dest"
	"parley/internal/prompt"
)

// Queue is a waiting line (QU-1).
type Queue struct {
	Name     string  `json:"name" minLength:"1" maxLength:"50"`
	Members  Members `json:"members" required:"false" doc:"nobody else is offered its calls"`
	Strategy string  `json:"strategy" required:"false" enum:"longest_idle,round_robin,simultaneous,weighted,fewest_calls,random,ordered,sticky,smart" default:"longest_idle"`
	Weight   int     `json:"weight" required:"false" minimum:"1" maximum:"10" default:"5"`
	Priority int     `json:"priority" required:"false" minimum:"1" maximum:"10" default:"5" doc:"1 is served first"`
	// MemberWeights are what the strategies weighted and simultaneous go by; who is not named has 5.
	MemberWeights []MemberWeight `json:"member_weights" required:"false" maxItems:"50" doc:"weighted: the share of calls; simultaneous: the heaviest ring first, then those of the next weight; who is not named has 5"`

	RingSeconds int  `json:"ring_seconds" required:"false" minimum:"5" maximum:"120" default:"20"`
	AutoPause   bool `json:"auto_pause" required:"false" default:"true" doc:"a missed offer makes the agent unavailable"`

	EntryGreeting           prompt.Prompt   `json:"entry_greeting" required:"false"`
	HoldAudio               string          `json:"hold_audio" required:"false" format:"audio" doc:"empty: the organisation's"`
	AnnouncePosition        bool            `json:"announce_queue_position" required:"false" default:"false"`
	AnnounceWait            bool            `json:"announce_wait" required:"false" default:"false"`
	WaitStyle               string          `json:"wait_style" required:"false" enum:"approximate,less_than,padded,precise" default:"approximate" doc:"how the expected wait is said"`
	AnnounceIntervalSeconds int             `json:"announce_interval_seconds" required:"false" minimum:"15" maximum:"600" default:"60"`
	WaitingMessages         []prompt.Prompt `json:"waiting_messages" required:"false" maxItems:"10" doc:"one after the other, each time after the position"`
	OptOutKey               string          `json:"opt_out_key" required:"false" maxLength:"1" pattern:"^[0-9*#]?$" patternDescription:"one key, 0 to 9, * or #, or empty" default:"*" doc:"ends the wait in the mailbox; empty: none"`

	MaxHoldSeconds   int               `json:"max_hold_seconds" required:"false" minimum:"0" maximum:"86400" default:"600" doc:"0: no limit"`
	MaxWaiting       int               `json:"max_waiting" required:"false" minimum:"0" maximum:"10000" default:"0" doc:"0: no limit"`
	Overflow         *dest.Destination `json:"overflow,omitempty" required:"false" doc:"where a caller goes who finds the queue full"`
	JoinWhen         string            `json:"join_when" required:"false" enum:"always,staffed,available" default:"always"`
	LeaveUnstaffed   *int              `json:"leave_when_unstaffed_seconds,omitempty" required:"false" nullable:"true" minimum:"0" maximum:"3600" default:"60" doc:"empty: never"`
	NoAgentMessage   prompt.Prompt     `json:"no_agent_message" required:"false" doc:"empty: the standard text"`
	Voicemail        bool              `json:"voicemail" required:"false" default:"false"`
	Mailbox          string            `json:"mailbox" required:"false" format:"mailbox"`
	OnNoAgent        *dest.Destination `json:"on_no_agent,omitempty" required:"false"`
	Schedule         string            `json:"schedule" required:"false" format:"time_range" doc:"empty: always"`
	AgentWhisper     prompt.Prompt     `json:"agent_whisper" required:"false" doc:"only the agent hears it, before the caller is there"`
	Announcements    []string          `json:"announcements" required:"false" maxItems:"50" format:"audio" doc:"what agents may have both sides hear in a call"`
	TagsOnEntry      []string          `json:"tags_on_entry" required:"false" maxItems:"10"`
	Steps            []SkillStep       `json:"skill_steps" required:"false" maxItems:"20" doc:"who may take a call, step by step; after the last any member"`
	WrapUpSeconds    int               `json:"wrap_up_seconds" required:"false" minimum:"0" maximum:"3600" default:"30"`
	ExtendSeconds    *int              `json:"extended_wrap_seconds,omitempty" required:"false" minimum:"0" maximum:"3600" doc:"empty: as wrap_up_seconds"`
	MaxExtensions    int               `json:"max_extensions" required:"false" minimum:"0" maximum:"10" default:"2"`
	Outcomes         []string          `json:"outcomes" required:"false" maxItems:"50" format:"outcome"`
	OutcomeRequired  bool              `json:"outcome_required" required:"false" default:"false"`
	AutoOutcome      string            `json:"auto_outcome" required:"false" format:"outcome"`
	RecordCall       bool              `json:"record_call" required:"false" default:"false"`
	RecordingNotice  prompt.Prompt     `json:"recording_notice" required:"false"`
	RetentionDays    *int              `json:"retention_days,omitempty" required:"false" minimum:"1" maximum:"3650" doc:"empty: the organisation's"`
	WaitWarning      int               `json:"wait_warning_seconds" required:"false" minimum:"1" maximum:"3600" default:"60"`
	WaitCritical     int               `json:"wait_critical_seconds" required:"false" minimum:"1" maximum:"3600" default:"180"`
	SLPercent        int               `json:"sl_percent" required:"false" minimum:"1" maximum:"100" default:"80"`
	SLSeconds        int               `json:"sl_seconds" required:"false" minimum:"1" maximum:"3600" default:"20"`
	ShortAbandon     int               `json:"short_abandon_seconds" required:"false" minimum:"0" maximum:"3600" default:"5"`
	ServiceAlert     ServiceAlert      `json:"service_alert" required:"false"`
	Callback         Callback          `json:"callback" required:"false"`
	Survey           []SurveyQuestion  `json:"survey" required:"false" maxItems:"5" doc:"asked after the call"`
	AIPriority       string            `json:"ai_priority" required:"false" enum:"neutral,first,backup" default:"neutral"`
	AITimeout        int               `json:"ai_timeout_seconds" required:"false" minimum:"0" maximum:"600" default:"20"`
	CoachAgent       string            `json:"automatic_coach_agent" required:"false" format:"ai_agent"`
	AISummary        bool              `json:"ai_summary_enabled" required:"false" default:"false"`
	AIInstructions   string            `json:"ai_summary_instructions" required:"false" maxLength:"4000"`
	TicketEnabled    bool              `json:"ticket_enabled" required:"false" default:"false"`
	TicketDepartment string            `json:"ticket_department" required:"false" maxLength:"100"`
}

// Members are agents, in their order, and groups of users (QU-2).
type Members struct {
	Agents []string `json:"agents" required:"false" format:"agent"`
	Groups []string `json:"groups" required:"false" format:"group"`
}

// MemberWeight is the weight of some members beside the others (QU-5). What is said of an agent goes before what is said of a
// group, and the first before those behind it.
type MemberWeight struct {
	Agents []string `json:"agents,omitempty" format:"agent" maxItems:"1000"`
	Groups []string `json:"groups,omitempty" format:"group" maxItems:"100"`
	Weight int      `json:"member_weight" minimum:"1" maximum:"10" default:"5"`
}

// SkillStep is one step of BX-1: an expression over skills, or a list of agents.
type SkillStep struct {
	Expression string   `json:"expression,omitempty" maxLength:"500" doc:"such as: billing >= 3 AND (french OR dutch)"`
	Agents     []string `json:"agents,omitempty" format:"agent" maxItems:"100"`
	Expires    int      `json:"expires_seconds,omitempty" minimum:"0" maximum:"3600" doc:"0: never"`
}

// ServiceAlert says who is told, besides the bell of supervisors and administrators, when the service level of the last 30 minutes
// falls below sl_percent (BX-5).
type ServiceAlert struct {
	Enabled bool   `json:"enabled" required:"false" default:"false" doc:"also by e-mail and webhook; the bell rings in any case"`
	Email   string `json:"email" required:"false" maxLength:"250" doc:"one address, or several parted by commas"`
	Webhook string `json:"webhook" required:"false" maxLength:"500" doc:"an address that begins with https://"`
}

// Emails are the addresses that are written to.
func (a ServiceAlert) Emails() []string { return Emails(a.Email) }

func (a ServiceAlert) check() []Problem {
	return append(checkEmails("service_alert.email", a.Email), checkWebhook("service_alert.webhook", a.Webhook)...)
}

// Callback is the offer to be called back (QU-11, BX-3).
type Callback struct {
	Enabled       bool          `json:"callback_enabled" required:"false" default:"false"`
	HoursOnly     bool          `json:"callback_hours_only" required:"false" default:"true"`
	CustomerFirst bool          `json:"customer_first" required:"false" default:"false" doc:"the agent is offered only after the customer answers"`
	OfferAfter    int           `json:"callback_offer_after_seconds" required:"false" minimum:"0" maximum:"3600" default:"60"`
	OfferInterval int           `json:"callback_offer_interval_seconds" required:"false" minimum:"30" maximum:"3600" default:"120"`
	MaxOffers     int           `json:"callback_max_offers" required:"false" minimum:"1" maximum:"10" default:"3"`
	MaxPending    int           `json:"callback_max_pending" required:"false" minimum:"1" maximum:"500" default:"20"`
	MaxAttempts   int           `json:"callback_max_attempts" required:"false" minimum:"1" maximum:"10" default:"3"`
	RetryDelay    int           `json:"callback_retry_delay_seconds" required:"false" minimum:"30" maximum:"86400" default:"300"`
	Announce      prompt.Prompt `json:"callback_announce" required:"false" doc:"empty: the standard text"`
	Confirm       prompt.Prompt `json:"callback_confirm" required:"false" doc:"empty: the standard text"`
}

// SurveyQuestion is answered by a key from 1 to 5 (QU-20).
type SurveyQuestion struct {
	Name   string        `json:"name" minLength:"1" maxLength:"50"`
	Prompt prompt.Prompt `json:"prompt"`
}

// Kind is KindQueue.
func (Queue) Kind() Kind { return KindQueue }

// Title is its name.
func (q Queue) Title() string { return q.Name }

// Refs lists members, audio, outcomes, mailbox, schedule and where callers are sent.
func (q Queue) Refs() []Ref {
	var all refs
	all.add("members.agents", KindAgent, q.Members.Agents...)
	all.add("members.groups", KindGroup, q.Members.Groups...)
	for i, w := range q.MemberWeights {
		all.add(fmt.Sprintf("member_weights[%d].agents", i), KindAgent, w.Agents...)
		all.add(fmt.Sprintf("member_weights[%d].groups", i), KindGroup, w.Groups...)
	}
	all.add("hold_audio", KindAudio, q.HoldAudio)
	all.add("mailbox", KindMailbox, q.Mailbox)
	all.add("schedule", KindTimeRange, q.Schedule)
	all.add("outcomes", KindOutcome, q.Outcomes...)
	all.add("auto_outcome", KindOutcome, q.AutoOutcome)
	all.steps("skill_steps", q.Steps)
	for _, p := range q.prompts() {
		all.prompt(p.field, p.Prompt)
	}
	if q.Overflow != nil {
		all.dest("overflow", *q.Overflow)
	}
	if q.OnNoAgent != nil {
		all.dest("on_no_agent", *q.OnNoAgent)
	}
	return all
}

// fieldPrompt is a prompt and the field that holds it.
type fieldPrompt struct {
	field string
	prompt.Prompt
}

func (q Queue) prompts() []fieldPrompt {
	all := []fieldPrompt{
		{"entry_greeting", q.EntryGreeting}, {"no_agent_message", q.NoAgentMessage}, {"agent_whisper", q.AgentWhisper},
		{"recording_notice", q.RecordingNotice}, {"callback.callback_announce", q.Callback.Announce},
		{"callback.callback_confirm", q.Callback.Confirm},
	}
	for i, m := range q.WaitingMessages {
		all = append(all, fieldPrompt{fmt.Sprintf("waiting_messages[%d]", i), m})
	}
	for i, s := range q.Survey {
		all = append(all, fieldPrompt{fmt.Sprintf("survey[%d].prompt", i), s.Prompt})
	}
	return all
}

// Check refuses voicemail without a mailbox, an outcome that is required where there is none, warnings out of order, and alerts to nowhere.
func (q Queue) Check() []Problem {
	all := append(checkOptionalDest("overflow", q.Overflow), checkOptionalDest("on_no_agent", q.OnNoAgent)...)
	if q.Voicemail && q.Mailbox == "" {
		all = append(all, Problem{"mailbox", "must say which mailbox takes the messages"})
	}
	if q.OutcomeRequired && len(q.Outcomes) == 0 {
		all = append(all, Problem{"outcomes", "must hold at least one, as an outcome is required"})
	}
	if q.WaitCritical < q.WaitWarning {
		all = append(all, Problem{"wait_critical_seconds", "must not be below wait_warning_seconds"})
	}
	for i, w := range q.MemberWeights {
		if len(w.Agents)+len(w.Groups) == 0 {
			all = append(all, Problem{fmt.Sprintf("member_weights[%d]", i), "must hold agents or groups"})
		}
	}
	all = append(all, checkSteps("skill_steps", q.Steps)...)
	for i, tag := range q.TagsOnEntry {
		if n := len([]rune(tag)); n == 0 || n > 50 {
			all = append(all, Problem{fmt.Sprintf("tags_on_entry[%d]", i), "must have 1 to 50 characters"})
		}
	}
	for _, p := range q.prompts() {
		all = append(all, checkPrompt(p.field, p.Prompt)...)
	}
	for i, s := range q.Survey {
		if s.Prompt.Empty() {
			all = append(all, Problem{fmt.Sprintf("survey[%d].prompt", i), "must hold a text or a file of the library"})
		}
	}
	return append(all, q.ServiceAlert.check()...)
}
