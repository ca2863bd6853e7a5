package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/schema"
)

// openPostgres makes a pool of connections to the server at url. Values stand inside the SQL text, so there is nothing
// to prepare: the simple protocol saves a round trip and a cache that would only fill up.
func openPostgres(url string) (*bun.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	config.RuntimeParams["application_name"] = "parley"
	config.RuntimeParams["standard_conforming_strings"] = "on"
	pool := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(timesInUTC))
	pool.SetMaxOpenConns(16)
	pool.SetMaxIdleConns(4)
	return bun.NewDB(pool, cleanText{pgdialect.New()}), nil
}

func timesInUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// cleanText drops NUL characters, which PostgreSQL refuses inside text: a stranger may send them in a SIP header, and one
// such row must not spoil the transaction of all others.
type cleanText struct{ schema.Dialect }

func (d cleanText) AppendString(b []byte, s string) []byte {
	return d.Dialect.AppendString(b, strings.ReplaceAll(s, "\x00", ""))
}
