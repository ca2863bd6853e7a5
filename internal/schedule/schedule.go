// Package schedule is time ranges in a timezone: does this moment match, and when does that change (TM-1 to TM-8).
package schedule

// Range is a time range (TM-1). It matches when any of its rows does (TM-2); without rows it never does.
type Range struct {
	Timezone string `json:"timezone" required:"false" maxLength:"100" doc:"IANA name; empty: the organisation's"`
	Rows     []Row  `json:"rows" required:"false" maxItems:"100" doc:"the range matches when any row does"`
}

// Row matches when all its set fields do. Ends are exclusive but for dates, which name whole days; a time that ends before it
// begins goes past midnight, and days wrap around the week (TM-8).
type Row struct {
	StartDate string `json:"start_date,omitempty" format:"day" pattern:"^(\\d{4}-\\d{2}-\\d{2})?$" patternDescription:"a day such as 2026-12-25" doc:"first day, 2006-01-02"`
	EndDate   string `json:"end_date,omitempty" format:"day" pattern:"^(\\d{4}-\\d{2}-\\d{2})?$" patternDescription:"a day such as 2026-12-25" doc:"last day, 2006-01-02"`
	StartDay  int    `json:"start_day_of_week,omitempty" minimum:"0" maximum:"7" doc:"1 Monday to 7 Sunday; 0: not set"`
	EndDay    int    `json:"end_day_of_week,omitempty" minimum:"0" maximum:"7" doc:"1 Monday to 7 Sunday; 0: not set"`
	StartTime string `json:"start_time,omitempty" format:"clock" pattern:"^([01]\\d:[0-5]\\d|2[0-3]:[0-5]\\d)?$" patternDescription:"a time such as 08:50" doc:"15:04"`
	EndTime   string `json:"end_time,omitempty" format:"clock" pattern:"^([01]\\d:[0-5]\\d|2[0-3]:[0-5]\\d|24:00)?$" patternDescription:"a time such as 18:00, 24:00 for midnight" doc:"exclusive; 24:00: midnight"`
}
