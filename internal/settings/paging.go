package settings

// Paging is a paging group: who calls its number speaks to all its users at once, each through a device that answers by itself (BX-28).
type Paging struct {
	Name     string   `json:"name" minLength:"1" maxLength:"50"`
	Number   string   `json:"page_number" pattern:"^[0-9]{2,6}$" patternDescription:"2 to 6 digits" doc:"2 to 6 digits, which nothing else is dialled by"`
	Users    []string `json:"users" required:"false" format:"user" maxItems:"500" doc:"who hear, and are not heard"`
	Speakers []string `json:"speakers" required:"false" format:"user" maxItems:"500" doc:"who may speak to the group; empty: everybody"`
	Tone     bool     `json:"tone_before" required:"false" default:"true" doc:"the users hear a tone first"`
	Seconds  int      `json:"limit_seconds" required:"false" minimum:"10" maximum:"300" default:"60" doc:"until it ends by itself"`
	Active   bool     `json:"active" required:"false" default:"true"`
}

// Kind is KindPaging.
func (Paging) Kind() Kind { return KindPaging }

// Title is its name.
func (g Paging) Title() string { return g.Name }

// Refs lists its users, and who may speak.
func (g Paging) Refs() []Ref {
	var all refs
	all.add("users", KindUser, g.Users...)
	all.add("speakers", KindUser, g.Speakers...)
	return all
}

// Check refuses a group that nobody is in.
func (g Paging) Check() []Problem {
	if len(g.Users) == 0 {
		return []Problem{{"users", "must hold at least one"}}
	}
	return nil
}
