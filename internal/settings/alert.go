package settings

import (
	"fmt"
	"net/url"
	"strings"
)

// Emails are the addresses of a list in one line.
func Emails(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
}

func checkEmails(field, list string) []Problem {
	for _, one := range Emails(list) {
		if !isEmail(one) {
			return []Problem{{field, "must hold e-mail addresses, parted by commas"}}
		}
	}
	return nil
}

// checkWebhook looks at an address: what others see and change on the way is told to nobody, so plain http is for this machine alone.
func checkWebhook(field, address string) []Problem {
	if address == "" {
		return nil
	}
	at, err := url.Parse(address)
	switch {
	case err != nil || at.Host == "" || at.User != nil:
		return []Problem{{field, "must be an address, such as https://example.org/alerts"}}
	case at.Scheme != "https" && (at.Scheme != "http" || !loopback(at.Hostname())):
		return []Problem{{field, "must begin with https://"}}
	}
	return nil
}

// checkTexts wants numbers that text messages can go to from everywhere.
func checkTexts(field string, numbers []string) []Problem {
	for i, n := range numbers {
		if !isE164(n) {
			return []Problem{{fmt.Sprintf("%s[%d]", field, i), "must be a telephone number with country code, such as +32470123456"}}
		}
	}
	return nil
}
