package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"parley/internal/id"
	"parley/internal/settings"
)

// AudioVersion is the sound of a file of the library as it was uploaded once.
type AudioVersion struct {
	bun.BaseModel `bun:"table:audio_versions"`
	Org           id.Org    `bun:"organisation" json:"-"`
	Audio         string    `bun:"audio_id" json:"-"`
	Version       int       `bun:"version" json:"version"`
	MIMEType      string    `bun:"mime_type" json:"mime_type"` // of the upload
	Milliseconds  int64     `bun:"milliseconds" json:"milliseconds"`
	Bytes         int64     `bun:"bytes" json:"bytes"`   // of the upload
	SHA256        string    `bun:"sha256" json:"sha256"` // of the upload, hexadecimal
	CreatedAt     time.Time `bun:"created_at" json:"created_at"`
	Actor         id.User   `bun:"actor" json:"actor"`
}

// AudioKey names the blob of a version of a file.
func AudioKey(audio string, version int) string {
	return fmt.Sprintf("audio/%s-%d.wav", audio, version)
}

// SaveAudio stores what is known of a sound whose blob is there already, as a new file when there is none of this id, else as
// the file's next version, by which all that uses it plays the new sound (AU-1).
func (db *DB) SaveAudio(ctx context.Context, by Actor, which string, fields settings.Audio, sound AudioVersion) (Saved[settings.Audio], error) {
	shelf := db.Shelves().Audio
	before, err := shelf.Get(ctx, which)
	fields.MIMEType, fields.Seconds, fields.Number = sound.MIMEType, float64(sound.Milliseconds)/1000, sound.Version
	var made Saved[settings.Audio]
	if err == nil {
		made, err = shelf.Update(ctx, by, which, before.Version, fields)
	} else {
		made, err = shelf.CreateAs(ctx, by, which, fields)
	}
	if err != nil {
		return made, err
	}
	org, err := OrgOf(ctx)
	if err != nil {
		return made, err
	}
	sound.Org, sound.Audio, sound.CreatedAt, sound.Actor = org, which, now(), by.User
	return made, db.write(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewInsert().Model(&sound).Exec(ctx)
		return err
	})
}

// AudioVersions lists how often a file's sound was uploaded, newest first.
func (db *DB) AudioVersions(ctx context.Context, which string) ([]AudioVersion, error) {
	org, err := OrgOf(ctx)
	if err != nil {
		return nil, err
	}
	all := []AudioVersion{}
	err = db.bun.NewSelect().Model(&all).Where("organisation = ?", org).Where("audio_id = ?", which).OrderExpr("version DESC").Scan(ctx)
	return all, translate(err)
}
