package settings

import (
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parley/internal/prompt"
	"parley/internal/tel"
)

// checkTimezone wants an IANA name (TM-6). "Local", which Go knows too, is none: it means whatever machine runs this.
func checkTimezone(field, zone string) []Problem {
	if _, err := time.LoadLocation(zone); err != nil || zone == "Local" {
		return []Problem{{field, "must be the name of a timezone, such as Europe/Brussels"}}
	}
	return nil
}

// checkCountry wants a country or territory that has telephone numbers, as the number plan goes by it.
func checkCountry(field, country string) []Problem {
	if country != "" && !tel.IsCountry(country) {
		return []Problem{{field, "must be the two letters of a country (ISO 3166), such as BE"}}
	}
	return nil
}

// checkEmail wants one address and nothing else: no name before it, no brackets.
func checkEmail(field, text string) []Problem {
	if text != "" && !isEmail(text) {
		return []Problem{{field, "must be an e-mail address, such as ann@example.org"}}
	}
	return nil
}

func isEmail(text string) bool {
	one, err := mail.ParseAddress(text)
	return err == nil && one.Address == text
}

var (
	hostName = regexp.MustCompile(`^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$`)
	userPart = regexp.MustCompile(`^[^\s<>"@\\]*$`)
	oneLine  = regexp.MustCompile(`^[^\x00-\x1f\x7f"\\]*$`) // stands between quotes in SIP
	dialable = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{1,48}$`)
	digits   = regexp.MustCompile(`^[0-9]{2,15}$`)
)

// checkHost wants a name or an address, and perhaps a port; empty is left to others.
func checkHost(field, text string) []Problem {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		host, port = strings.Trim(text, "[]"), "5060"
	}
	n, err := strconv.Atoi(port)
	if _, noAddr := netip.ParseAddr(host); text == "" || (hostName.MatchString(host) || noAddr == nil) && err == nil && n > 0 && n <= 65535 {
		return nil
	}
	return []Problem{{field, "must be a host or host:port, such as sip.example.org:5060"}}
}

func checkWord(field, text string, may *regexp.Regexp) []Problem {
	if may.MatchString(text) {
		return nil
	}
	return []Problem{{field, "holds characters that cannot be sent in SIP"}}
}

// checkReach wants a telephone number or an extension.
func checkReach(field, text string) []Problem {
	if text == "" || dialable.MatchString(text) {
		return nil
	}
	return []Problem{{field, "must be a telephone number, such as +32470111222, or an extension"}}
}

// checkPrompt refuses a text of blanks alone, which would be silence, and what only the program says by itself.
func checkPrompt(field string, p prompt.Prompt) []Problem {
	switch {
	case p.Kind != "" || p.Value != "":
		return []Problem{{field, "must be a text or a file of the library"}}
	case p.Language != "" && !p.Language.Known():
		return []Problem{{field + ".language", fmt.Sprintf("must be one of %v", prompt.Languages())}}
	case p.Text != "" && strings.TrimSpace(p.Text) == "" && p.Audio == "":
		return []Problem{{field + ".text", "says nothing"}}
	}
	return nil
}
