package site

import (
	"context"
	"fmt"

	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/sip"
	"parley/internal/store"
	"parley/internal/tel"
)

// securities are the words of the store in those of SIP.
var securities = map[store.SRTP]sip.Security{
	store.SRTPAutomatic: sip.SecurityAccepted, store.SRTPOff: sip.SecurityNone,
	store.SRTPOptional: sip.SecurityOptional, store.SRTPRequired: sip.SecurityRequired,
}

// ways are those of keys.
var ways = map[store.DTMF]sip.DTMF{
	store.DTMFAutomatic: sip.DTMFAutomatic, store.DTMFEvents: sip.DTMFEvents, store.DTMFInfo: sip.DTMFInfo, store.DTMFInBand: sip.DTMFInBand,
}

func (s *Site) trunk(t store.Trunk, set settings.Trunk, password string) sip.Trunk {
	return sip.Trunk{
		ID: t.ID, Org: s.Org.ID, Name: t.Name, Proxy: t.Proxy, Transport: t.Transport, CA: t.CA,
		Register: t.Kind == store.TrunkByRegister, Registrar: t.Registrar, Username: t.Username,
		AuthUser: t.AuthUser, Password: password, Realm: set.Realm, FromUser: t.FromUser, FromDomain: t.FromDomain,
		Asserts: set.Identity == settings.IdentityPAI, Privacy: set.Privacy, Diverts: set.Diversion,
		Format: tel.Format(set.NumberFormat), Country: s.Org.Country,
		Codecs: sip.CodecsNamed(t.Codecs), SRTP: securities[t.SRTP], DTMF: ways[t.DTMF],
	}
}

func (s *Site) phone(a *store.Agent) sip.Device {
	return sip.Device{
		ID: phoneOf(a.ID), Org: s.Org.ID, Agent: a.ID, Username: a.SIPUsername, Realm: Realm,
		HA1MD5: a.SIPHA1MD5, HA1SHA256: a.SIPHA1SHA256, Extension: a.Extension,
		Codecs: sip.CodecsNamed(a.Phone.Codecs), SRTP: securities[a.Phone.SRTP], DTMF: ways[a.Phone.DTMF],
	}
}

// TrunkAsSet is a trunk as it is set now, in use or not, to be tried. It gives store.ErrNotFound for one that is not there.
func (s *Sites) TrunkAsSet(ctx context.Context, org id.Org, which id.Trunk) (sip.Trunk, error) {
	row, err := s.DB.Trunk(store.WithOrg(ctx, org), which)
	if err != nil {
		return sip.Trunk{}, err
	}
	password, err := s.DB.Unseal(row.PasswordSealed)
	if err != nil {
		return sip.Trunk{}, fmt.Errorf("trunk %s: %w", row.Name, err)
	}
	set, err := row.Settings()
	if err != nil {
		return sip.Trunk{}, fmt.Errorf("trunk %s: %w", row.Name, err)
	}
	one := &Site{}
	one.Org.ID = org
	return one.trunk(*row, set, password), nil
}
