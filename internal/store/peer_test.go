package store

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"testing"
)

// TestPeering keeps how trunks and phones are spoken with, each with the defaults where nothing was said.
func TestPeering(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		usual := Peering{SRTP: SRTPAutomatic, Codecs: []string{}, DTMF: DTMFAutomatic}
		trunk := Trunk{Name: "bare", Kind: TrunkByAddress}
		check(t, db.CreateTrunk(w.ctx, &trunk))
		got, err := db.Trunk(w.ctx, trunk.ID)
		check(t, err)
		same(t, "what was not said", got.Peering, usual)
		same(t, "given back", trunk.Peering, usual)

		got.Peering = Peering{SRTP: SRTPRequired, Codecs: []string{"opus", "pcma"}, DTMF: DTMFInBand}
		got.Transport, got.CA, got.FromUser = "tls", certificate(t)+"\n"+certificate(t), "acme"
		check(t, db.UpdateTrunk(w.ctx, got))
		check(t, db.SetTrunkPassword(w.ctx, trunk.ID, "secret"))
		trunks, err := db.AllTrunks(w.ctx)
		check(t, err)
		for _, one := range trunks {
			if one.ID == trunk.ID {
				same(t, "trunk", one.Peering, got.Peering)
				same(t, "texts", []string{one.Transport, one.CA, one.FromUser}, []string{"tls", got.CA, "acme"})
			}
		}

		agent := w.agents[0]
		same(t, "phone", agent.Phone, usual)
		agent.Phone = Peering{SRTP: SRTPOff, Codecs: []string{"g722", "pcmu"}, DTMF: DTMFInfo}
		check(t, db.UpdateAgent(w.ctx, &agent))
		check(t, db.SetSIPDevice(w.ctx, agent.ID, SIPDevice{Username: "ann-1"}))
		kept, err := db.Agent(w.ctx, agent.ID)
		check(t, err)
		same(t, "phone", kept.Phone, agent.Phone)
		other, err := db.Agent(w.ctx, w.agents[1].ID)
		check(t, err)
		same(t, "another's phone", other.Phone, usual)
	})
}

// TestPeeringOfAnOlderDatabase: what was there before the settings has the defaults.
func TestPeeringOfAnOlderDatabase(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		for _, table := range []string{"trunks", "agents"} {
			prefix := map[string]string{"agents": "sip_"}[table]
			for _, column := range []string{"srtp", "codecs", "dtmf"} {
				_, err := db.bun.ExecContext(w.ctx, "ALTER TABLE "+table+" DROP COLUMN "+prefix+column)
				check(t, err)
			}
		}
		for _, text := range []string{
			"ALTER TABLE trunks DROP COLUMN ca", "ALTER TABLE trunks DROP COLUMN from_user",
			"DELETE FROM migrations WHERE name = 'migrations/0009_peering.sql'",
		} {
			_, err := db.bun.ExecContext(w.ctx, text)
			check(t, err)
		}
		check(t, db.Migrate(w.ctx))
		trunk, err := db.Trunk(w.ctx, w.trunk.ID)
		check(t, err)
		same(t, "trunk", *trunk, w.trunk)
		agent, err := db.Agent(w.ctx, w.agents[0].ID)
		check(t, err)
		same(t, "phone", agent.Phone, NewAgent("", "").Phone)
	})
}

func TestPeeringRefusesNonsense(t *testing.T) {
	onBoth(t, func(t *testing.T, db *DB) {
		w := newWorld(t, db, 1)
		broken := certificate(t)[:100]
		for _, test := range []struct {
			field  string
			change func(*Trunk)
		}{
			{"srtp", func(t *Trunk) { t.SRTP = "dtls" }},
			{"dtmf", func(t *Trunk) { t.DTMF = "rfc2833" }},
			{"codecs", func(t *Trunk) { t.Codecs = []string{"pcmu", "g729"} }},
			{"codecs", func(t *Trunk) { t.Codecs = []string{"pcmu", "pcmu"} }},
			{"transport", func(t *Trunk) { t.Transport = "sctp" }},
			{"ca", func(t *Trunk) { t.CA = "/etc/ssl/ca.pem" }},
			{"ca", func(t *Trunk) { t.CA = broken }},
			{"ca", func(t *Trunk) {
				t.CA = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte("no")}))
			}},
			{"ca", func(t *Trunk) {
				t.CA = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("no")}))
			}},
		} {
			trunk := w.trunk
			test.change(&trunk)
			fresh := trunk
			fresh.Name = "another"
			for what, err := range map[string]error{"update": db.UpdateTrunk(w.ctx, &trunk), "create": db.CreateTrunk(w.ctx, &fresh)} {
				refused(t, what+" "+test.field, err, ErrInvalid)
				var invalid *InvalidError
				if !errors.As(err, &invalid) || invalid.Field != test.field || !strings.Contains(err.Error(), "not valid") {
					t.Errorf("%s: %v", what, err)
				}
			}
		}
		agent := w.agents[0]
		agent.Phone.SRTP = "always"
		refused(t, "phone", db.UpdateAgent(w.ctx, &agent), ErrInvalid)
		agent.ID = ""
		refused(t, "new phone", db.CreateAgent(w.ctx, &agent), ErrInvalid)
		refused(t, "first phone", db.CreateFirst(w.ctx, &First{Agent: agent}), ErrInvalid)
	})
}

// certificate is a fresh one in PEM.
func certificate(t *testing.T) string {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	form := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"sip.example"}}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	check(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}
