package settings

// TransferNumber is a number of the managed pool, which agents choose by its name when they transfer or call somebody in (TR-7). Their class of
// service holds for it as for a number that they type.
type TransferNumber struct {
	Name   string `json:"name" minLength:"1" maxLength:"50"`
	Number string `json:"number" minLength:"1" maxLength:"16" doc:"with country code, such as +32470111222"`
	Order  int    `json:"order" required:"false" minimum:"0" maximum:"1000" default:"0"`
	Active bool   `json:"active" required:"false" default:"true"`
}

// Kind is KindTransferNumber.
func (TransferNumber) Kind() Kind { return KindTransferNumber }

// Title is its name.
func (n TransferNumber) Title() string { return n.Name }

// Refs is empty.
func (TransferNumber) Refs() []Ref { return nil }

// Check looks at the number.
func (n TransferNumber) Check() []Problem {
	if !isE164(n.Number) {
		return []Problem{{"number", "must be a telephone number with country code, such as +32470111222"}}
	}
	return nil
}
