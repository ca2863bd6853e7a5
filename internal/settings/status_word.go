package settings

import "strings"

// statusWords are what other systems call statuses (CF-1, QU-15), in small letters and parted by spaces.
var statusWords = map[string]string{
	"logged out": "offline", "logged off": "offline", "ready": "available", "away": "unavailable", "paused": "unavailable",
	"not ready": "unavailable", "wrap": "wrap_up", "busy": "on_call",
}

// StatusWord is the status that another system's word means (available, unavailable, on_call, wrap_up or offline), and the reason
// that an unavailable agent then has; false for a word that is none of them. Our own words stay themselves.
func StatusWord(word string) (status, reason string, known bool) {
	plain := strings.NewReplacer("_", " ", "-", " ").Replace(strings.ToLower(strings.TrimSpace(word)))
	switch status = strings.ReplaceAll(plain, " ", "_"); status {
	case "available", "unavailable", "on_call", "wrap_up", "offline":
		return status, "", true
	}
	status, known = statusWords[plain]
	if status == "unavailable" {
		reason = strings.ToUpper(plain[:1]) + plain[1:]
	}
	return status, reason, known
}

// EffectOf is how calls are routed to somebody in a status: available, busy or unavailable (glossary, routing effect).
func EffectOf(status string) string {
	switch status {
	case "on_call", "wrap_up":
		return "busy"
	case "available":
		return status
	}
	return "unavailable"
}
