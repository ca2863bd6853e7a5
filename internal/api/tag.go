package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/settings"
	"parley/internal/store"
)

// mostTags is how many tags a call and its recordings hold together.
const mostTags = 100

// Tag is what somebody put on a call or on one of its recordings, one value for each key (RC-7).
type Tag struct {
	Key       string           `json:"key"`
	Type      settings.TagType `json:"type" enum:"text,yes_no,pick_list,number,link"`
	Value     string           `json:"value" doc:"true or false of a yes or no"`
	Recording id.Recording     `json:"recording,omitempty" doc:"empty: of the call itself"`
	User      id.User          `json:"user,omitempty" doc:"who put it on; empty: a queue that the call entered"`
	UserName  string           `json:"user_name,omitempty"`
	At        time.Time        `json:"at"`
}

// TagKeys are the keys of tags that people are offered.
type TagKeys struct {
	ListedOnly bool              `json:"listed_only" doc:"no others are taken"`
	Keys       []settings.TagKey `json:"keys"`
}

type (
	// TagValue is the value of a tag that is put on.
	TagValue struct {
		Value string `json:"value,omitempty" maxLength:"500" doc:"empty: yes"`
		Type  string `json:"type,omitempty" enum:",text,yes_no,number,link" doc:"of a key beside the list; empty: yes_no or text"`
	}
	// SaidTag is a tag in an address, or in a body beside it.
	SaidTag struct {
		Key   string    `path:"key" maxLength:"150"`
		Value string    `query:"value" maxLength:"500" doc:"instead of a body"`
		Type  string    `query:"type" enum:",text,yes_no,number,link" doc:"instead of a body"`
		Body  *TagValue `required:"false"`
	}
	setCallTagInput struct {
		ID id.Call `path:"id" maxLength:"100"`
		SaidTag
	}
	setRecordingTagInput struct {
		ID id.Recording `path:"id" maxLength:"100"`
		SaidTag
	}
	callTagInput struct {
		ID  id.Call `path:"id" maxLength:"100"`
		Key string  `path:"key" maxLength:"150"`
	}
	recordingTagInput struct {
		ID  id.Recording `path:"id" maxLength:"100"`
		Key string       `path:"key" maxLength:"150"`
	}
	tagOutput     struct{ Body Tag }
	tagsOutput    struct{ Body []Tag }
	tagKeysOutput struct{ Body TagKeys }
)

func (d *doors) tagRoutes(api huma.API) {
	route(api, http.MethodGet, "/tag-keys", access.ReadCalls, "The keys of tags that people are offered", d.tagKeys)
	route(api, http.MethodGet, "/calls/{id}/tags", access.ReadCalls, "The tags of a call and of its recordings", d.callTags)
	route(api, http.MethodPut, "/calls/{id}/tags/{key}", access.ReadCalls, "Put a tag on a call, also while it goes on", d.setCallTag)
	route(api, http.MethodDelete, "/calls/{id}/tags/{key}", access.ReadCalls, "Take a tag off a call", d.removeCallTag)
	route(api, http.MethodPut, "/recordings/{id}/tags/{key}", access.ReadCalls, "Put a tag on a recording", d.setRecordingTag)
	route(api, http.MethodDelete, "/recordings/{id}/tags/{key}", access.ReadCalls, "Take a tag off a recording", d.removeRecordingTag)
}

func (d *doors) tagKeys(ctx context.Context, _ *struct{}) (*tagKeysOutput, error) {
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return nil, d.refusal(store.ErrNotFound)
	}
	return &tagKeysOutput{TagKeys{ListedOnly: s.Records.Org.ListedTags, Keys: s.TagKeys()}}, nil
}

func (d *doors) callTags(ctx context.Context, i *callInput) (*tagsOutput, error) {
	if _, err := d.DB.Call(in(ctx), i.ID, d.scope(ctx)); err != nil {
		return nil, d.refusal(err)
	}
	tags, err := d.tagsOf(ctx, i.ID)
	return &tagsOutput{tags}, d.refusal(err)
}

func (d *doors) tagsOf(ctx context.Context, which id.Call) ([]Tag, error) {
	rows, err := d.DB.Tags(in(ctx), which)
	tags := make([]Tag, len(rows))
	for i := range rows {
		tags[i] = d.tag(ctx, &rows[i])
	}
	return tags, err
}

func (d *doors) tag(ctx context.Context, row *store.Tag) Tag {
	return Tag{
		Key: row.Key, Type: row.Type, Value: row.Value, Recording: row.Recording, User: row.Actor, UserName: d.userName(ctx, row.Actor), At: row.At,
	}
}

func (d *doors) setCallTag(ctx context.Context, i *setCallTagInput) (*tagOutput, error) {
	if _, err := d.DB.Call(in(ctx), i.ID, d.scope(ctx)); err != nil {
		return nil, d.refusal(err)
	}
	return d.setTag(ctx, i.ID, "", &i.SaidTag)
}

func (d *doors) setRecordingTag(ctx context.Context, i *setRecordingTagInput) (*tagOutput, error) {
	row, err := d.findRecording(ctx, i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	return d.setTag(ctx, row.Call, row.ID, &i.SaidTag)
}

func (d *doors) removeCallTag(ctx context.Context, i *callTagInput) (*struct{}, error) {
	if _, err := d.DB.Call(in(ctx), i.ID, d.scope(ctx)); err != nil {
		return nil, d.refusal(err)
	}
	return nil, d.refusal(d.DB.RemoveTag(in(ctx), i.ID, "", i.Key, who(ctx).user))
}

func (d *doors) removeRecordingTag(ctx context.Context, i *recordingTagInput) (*struct{}, error) {
	row, err := d.findRecording(ctx, i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	return nil, d.refusal(d.DB.RemoveTag(in(ctx), row.Call, row.ID, i.Key, who(ctx).user))
}

// setTag puts a tag on a call or on a recording of it that the viewer may see.
func (d *doors) setTag(ctx context.Context, which id.Call, recording id.Recording, said *SaidTag) (*tagOutput, error) {
	given := TagValue{said.Value, said.Type}
	if said.Body != nil {
		given = *said.Body
	}
	key, err := d.tagKey(ctx, said.Key, given)
	if err != nil {
		return nil, err
	}
	value, why := key.Value(given.Value)
	if why != "" {
		return nil, huma.Error422UnprocessableEntity("The value " + why + ".")
	}
	before, err := d.DB.Tags(in(ctx), which)
	if err != nil {
		return nil, d.refusal(err)
	}
	again := slices.ContainsFunc(before, func(t store.Tag) bool {
		return t.Recording == recording && t.Folded == store.FoldTag(key.Name)
	})
	if len(before) >= mostTags && !again {
		return nil, huma.Error409Conflict("This call has as many tags as it can hold. Take one off first.")
	}
	row := store.Tag{Call: which, Recording: recording, Key: key.Name, Type: key.Type, Value: value, Actor: who(ctx).user}
	if err := d.DB.SetTag(in(ctx), &row); err != nil {
		return nil, d.refusal(err)
	}
	return &tagOutput{d.tag(ctx, &row)}, nil
}

// tagKey is the key of a tag that somebody puts on: of the list, or where others are taken one of its own.
func (d *doors) tagKey(ctx context.Context, name string, given TagValue) (settings.TagKey, error) {
	if why := settings.CheckTagKey(name); why != "" {
		return settings.TagKey{}, huma.Error422UnprocessableEntity("The key " + why + ".")
	}
	s, ok := d.Sites.Of(who(ctx).org)
	if !ok {
		return settings.TagKey{}, d.refusal(store.ErrNotFound)
	}
	key, listed := s.TagKey(name)
	switch {
	case listed && key.Active:
		return key, nil
	case listed:
		return key, huma.Error422UnprocessableEntity("The tag " + key.Name + " is not in use any more.")
	case s.Records.Org.ListedTags:
		return key, huma.Error422UnprocessableEntity("Your organisation takes only the tags of its list, and this one is not among them.")
	}
	key = settings.TagKey{Name: name, Type: settings.TagType(given.Type)}
	if key.Type == "" && given.Value == "" {
		key.Type = settings.TagYesNo
	} else if key.Type == "" {
		key.Type = settings.TagText
	}
	return key, nil
}
