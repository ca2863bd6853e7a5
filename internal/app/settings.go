// Package app is the whole: it reads the settings, opens everything in order and closes it in reverse.
package app

import (
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Settings is everything that can be set from outside. Each has a flag and an environment variable.
type Settings struct {
	Data     string `help:"Folder for the database, recordings and keys." default:"parley-data" env:"PARLEY_DATA" placeholder:"DIR"`
	HTTP     string `name:"http" help:"Address of the web app and the API." default:"127.0.0.1:8080" env:"PARLEY_HTTP" placeholder:"ADDR"`
	HTTPS    string `name:"https" help:"Address of HTTPS and of TURN over TLS, or off." default:"${https}" env:"PARLEY_HTTPS" placeholder:"ADDR"`
	SIP      string `name:"sip" help:"Address for SIP, UDP and TCP." default:"127.0.0.1:5060" env:"PARLEY_SIP" placeholder:"ADDR"`
	SIPS     string `name:"sips" help:"Address for SIP over TLS; off for none." default:"off" env:"PARLEY_SIPS" placeholder:"ADDR"`
	RTC      string `name:"rtc" help:"UDP address for the sound of browsers." default:"127.0.0.1:7878" env:"PARLEY_RTC" placeholder:"ADDR"`
	Codec    string `name:"browser-codec" help:"Codec of browsers: g711, opus, or auto: opus after loss." default:"auto" env:"PARLEY_BROWSER_CODEC"`
	TURN     string `name:"turn" help:"Address of TURN, UDP and TCP; off for none." default:"${turn}" env:"PARLEY_TURN" placeholder:"ADDR"`
	RTP      string `name:"rtp" help:"UDP ports for sound of SIP." default:"16384-24575" env:"PARLEY_RTP" placeholder:"FIRST-LAST"`
	Database string `help:"PostgreSQL to use instead of the SQLite file in the data folder." env:"PARLEY_DATABASE" placeholder:"URL"`
	Master   string `name:"master-key" help:"Master key file, else installation.key in --data." env:"PARLEY_MASTER_KEY_FILE" placeholder:"FILE"`
	Public   string `help:"Address that peers see (SIP, SDP, ICE); else the route to each decides." env:"PARLEY_PUBLIC" placeholder:"ADDR"`

	TLSCert       string `name:"tls-cert" help:"Certificate, read again when it changes; else self-signed." env:"PARLEY_TLS_CERT" placeholder:"FILE"`
	TLSKey        string `name:"tls-key" help:"Key of --tls-cert." env:"PARLEY_TLS_KEY" placeholder:"FILE"`
	ACMEDomain    string `name:"acme-domain" help:"Names to get a certificate for by ACME." env:"PARLEY_ACME_DOMAIN" placeholder:"NAME[,NAME]"`
	ACMEEmail     string `name:"acme-email" help:"Address that the certificate authority may write to." env:"PARLEY_ACME_EMAIL" placeholder:"ADDRESS"`
	ACMEDirectory string `name:"acme-directory" help:"Another authority than Let's Encrypt." env:"PARLEY_ACME_DIRECTORY" placeholder:"URL"`
	ACMECA        string `name:"acme-ca" help:"Certificates to trust for --acme-directory." env:"PARLEY_ACME_CA" placeholder:"FILE"`

	DiskFull int           `name:"disk-full" help:"Percent of the disk in use at which recordings stop." default:"95" env:"PARLEY_DISK_FULL"`
	Drain    time.Duration `help:"How long a stop waits for live calls to end." default:"30s" env:"PARLEY_DRAIN"`
	LogLevel string        `help:"Least level that is logged." enum:"debug,info,warn,error" default:"info" env:"PARLEY_LOG_LEVEL"`
	LogJSON  bool          `name:"log-json" help:"Log lines as JSON." env:"PARLEY_LOG_JSON"`

	ClockSettings
}

// off tells whether an address that may be left out is.
func off(addr string) bool { return addr == "" || addr == "off" }

// ports reads --rtp.
func (s Settings) ports() (first, last uint16, err error) {
	a, b, ok := strings.Cut(s.RTP, "-")
	one, err1 := strconv.ParseUint(strings.TrimSpace(a), 10, 16)
	two, err2 := strconv.ParseUint(strings.TrimSpace(b), 10, 16)
	if !ok || err1 != nil || err2 != nil || one == 0 || two < one+3 {
		return 0, 0, fmt.Errorf("--rtp %s is not a range of UDP ports such as 16384-24575", s.RTP)
	}
	return uint16(one), uint16(two), nil
}

// checkDisk refuses a --disk-full that is no percentage.
func (s Settings) checkDisk() error {
	if s.DiskFull < 1 || s.DiskFull > 100 {
		return fmt.Errorf("--disk-full %d is not a percentage from 1 to 100", s.DiskFull)
	}
	return nil
}

// public reads --public; the zero address when it is not set.
func (s Settings) public() (netip.Addr, error) {
	if s.Public == "" {
		return netip.Addr{}, nil
	}
	addr, err := netip.ParseAddr(s.Public)
	if err != nil {
		return netip.Addr{}, fmt.Errorf("--public %s is not an IP address", s.Public)
	}
	return addr, nil
}

// host is the address that --sip listens on.
func (s Settings) host() (netip.Addr, error) {
	host, _, err := net.SplitHostPort(s.SIP)
	if err != nil {
		return netip.Addr{}, fmt.Errorf("--sip %s is not an address such as 127.0.0.1:5060", s.SIP)
	}
	if host == "" {
		return netip.IPv4Unspecified(), nil
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}, fmt.Errorf("--sip %s: give the address as numbers, such as 0.0.0.0:5060", s.SIP)
	}
	return addr, nil
}

var passwordInURL = regexp.MustCompile(`(://[^/@:]*:)[^/]*@|([?&]password=)[^&]*`)

// secretless is the database URL without its password, for logs and `parley config`.
func secretless(url string) string {
	return passwordInURL.ReplaceAllStringFunc(url, func(found string) string {
		if user, ok := strings.CutSuffix(found, "@"); ok {
			scheme, rest, _ := strings.Cut(user, "://")
			name, _, _ := strings.Cut(rest, ":")
			return scheme + "://" + name + ":***@"
		}
		return found[:len("?password=")] + "***"
	})
}

// Shown is a setting's value as it may be printed: without secrets.
func Shown(name, value string) string {
	if name == "database" {
		return secretless(value)
	}
	return value
}
