package sounds

// HoldMusic is our own music, longer than a minute; its end runs into its beginning without a seam.
const HoldMusic = "hold_music"

// What a caller hears from the house.
const (
	GreetingSales   = "greeting_sales"
	GreetingSupport = "greeting_support"
	RecordingNotice = "recording_notice"
	StillWaiting    = "still_waiting"
	NoAgent         = "no_agent"
	Closed          = "closed"
	WrongKey        = "wrong_key"
	NumberUnknown   = "number_unknown"
	CallFailed      = "call_failed"
	Goodbye         = "goodbye"
)

// What the customers of the demo say on the telephone, with pauses in which an agent can speak.
const (
	CallerOrder    = "caller_order"
	CallerDelivery = "caller_delivery"
	CallerInvoice  = "caller_invoice"
	CallerReturn   = "caller_return"
	CallerQuote    = "caller_quote"
	CallerPassword = "caller_password"
)

// What the carrier in the box says: to an agent who dialled out, to a person who asked to be rung, and for a number
// that nobody has.
const (
	CarrierAnswer  = "carrier_answer"
	CarrierRing    = "carrier_ring"
	CarrierUnknown = "carrier_unknown"
)

// Callers names the six speeches of the demo's customers, each in a voice of its own.
func Callers() []string {
	return []string{CallerOrder, CallerDelivery, CallerInvoice, CallerReturn, CallerQuote, CallerPassword}
}

// Names lists every sound in the box, hold music first.
func Names() []string {
	names := []string{
		HoldMusic, GreetingSales, GreetingSupport, RecordingNotice, StillWaiting, NoAgent, Closed, WrongKey,
		NumberUnknown, CallFailed, Goodbye, CarrierAnswer, CarrierRing, CarrierUnknown,
	}
	return append(names, Callers()...)
}
