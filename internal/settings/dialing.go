package settings

// Dialing is what outbound calls may cost in any hour and in any day (BX-15); 0 is no limit. Emergency calls have none.
type Dialing struct {
	UserCallsHour          int    `json:"user_calls_hour" required:"false" minimum:"0" maximum:"100000" default:"120"`
	UserCallsDay           int    `json:"user_calls_day" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	UserMinutesHour        int    `json:"user_minutes_hour" required:"false" minimum:"0" maximum:"100000" default:"0"`
	UserMinutesDay         int    `json:"user_minutes_day" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	UserInternationalHour  int    `json:"user_international_minutes_hour" required:"false" minimum:"0" maximum:"100000" default:"60"`
	UserInternationalDay   int    `json:"user_international_minutes_day" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	TrunkCallsHour         int    `json:"trunk_calls_hour" required:"false" minimum:"0" maximum:"1000000" default:"0" doc:"of each trunk"`
	TrunkCallsDay          int    `json:"trunk_calls_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`
	TrunkMinutesHour       int    `json:"trunk_minutes_hour" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	TrunkMinutesDay        int    `json:"trunk_minutes_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`
	TrunkInternationalHour int    `json:"trunk_international_minutes_hour" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	TrunkInternationalDay  int    `json:"trunk_international_minutes_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`
	CallsHour              int    `json:"calls_hour" required:"false" minimum:"0" maximum:"1000000" default:"0" doc:"of the whole organisation"`
	CallsDay               int    `json:"calls_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`
	MinutesHour            int    `json:"minutes_hour" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	MinutesDay             int    `json:"minutes_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`
	InternationalHour      int    `json:"international_minutes_hour" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	InternationalDay       int    `json:"international_minutes_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`
	Currency               string `json:"currency" required:"false" pattern:"^[A-Z]{3}$" patternDescription:"three capital letters (ISO 4217), such as EUR" default:"EUR" doc:"ISO 4217, of rates and of the caps on spend"`
	UserSpendHour          int    `json:"user_spend_hour" required:"false" minimum:"0" maximum:"1000000" default:"0" doc:"by the rates; numbers without one count for nothing"`
	UserSpendDay           int    `json:"user_spend_day" required:"false" minimum:"0" maximum:"1000000" default:"0"`
	TrunkSpendHour         int    `json:"trunk_spend_hour" required:"false" minimum:"0" maximum:"10000000" default:"0" doc:"of each trunk"`
	TrunkSpendDay          int    `json:"trunk_spend_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`
	SpendHour              int    `json:"spend_hour" required:"false" minimum:"0" maximum:"10000000" default:"0" doc:"of the whole organisation"`
	SpendDay               int    `json:"spend_day" required:"false" minimum:"0" maximum:"10000000" default:"0"`

	BurstCalls   int `json:"burst_calls" required:"false" minimum:"0" maximum:"1000" default:"15" doc:"more costly calls to one prefix lock the user; 0: never"`
	BurstMinutes int `json:"burst_minutes" required:"false" minimum:"1" maximum:"1440" default:"10" doc:"in so many minutes"`

	ExternalForwarding bool `json:"external_forwarding" required:"false" default:"false" doc:"agents may forward to outside numbers"`
	MailboxCallOut     bool `json:"mailbox_call_out" required:"false" default:"false" doc:"mailboxes may call outside numbers"`
	ParkSeconds        int  `json:"park_seconds" required:"false" minimum:"15" maximum:"900" default:"120" doc:"until who has parked a call is rung"`
	HandUnavailable    bool `json:"hand_unavailable" required:"false" default:"false" doc:"agents dial outside numbers by hand only while unavailable"`
}
