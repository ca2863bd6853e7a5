package api

import (
	"context"
	"errors"
	"io/fs"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/internal/access"
	"parley/internal/id"
	"parley/internal/store"
)

type recordingInput struct {
	ID id.Recording `path:"id" maxLength:"100"`
}

// Peaks is the waveform of a recording: for each channel the loudest sample of each stretch, 0 to 1.
type Peaks struct {
	Duration float64     `json:"duration"`
	Channels [][]float64 `json:"channels"`
}

type peaksOutput struct{ Body Peaks }

// peakCount is how many stretches a waveform has.
const peakCount = 800

func (d *doors) recordingRoutes(api huma.API) {
	route(api, http.MethodGet, "/recordings/{id}/peaks", access.ReadCalls, "The waveform of a recording", d.recordingPeaks)
}

func (d *doors) recordingPeaks(ctx context.Context, i *recordingInput) (*peaksOutput, error) {
	if err := d.permitted(ctx, playRecordings); err != nil {
		return nil, err
	}
	row, err := d.findRecording(ctx, i.ID)
	if err != nil {
		return nil, d.refusal(err)
	}
	if row.Waveform != nil {
		return &peaksOutput{storedPeaks(row.Waveform)}, nil
	}
	peaks, err := d.measuredPeaks(ctx, row)
	if errors.Is(err, fs.ErrNotExist) { // it may have been sealed meanwhile
		if row, again := d.findRecording(ctx, i.ID); again == nil && row.Waveform != nil {
			return &peaksOutput{storedPeaks(row.Waveform)}, nil
		}
	}
	if err != nil {
		return nil, d.refusal(err)
	}
	return &peaksOutput{peaks}, nil
}

// storedPeaks undoes the square root in which a waveform is kept.
func storedPeaks(w *store.Waveform) Peaks {
	p := Peaks{Duration: float64(w.Millis) / 1000}
	for _, channel := range w.Channels {
		line := make([]float64, len(channel))
		for i, root := range channel {
			line[i] = float64(root) / 255 * float64(root) / 255
		}
		p.Channels = append(p.Channels, line)
	}
	return p
}

func (d *doors) measuredPeaks(ctx context.Context, row *store.Recording) (Peaks, error) {
	r, err := d.openLive(ctx, row)
	if err != nil {
		return Peaks{}, err
	}
	defer func() { _ = r.Close() }()
	peaks, err := r.Peaks(peakCount)
	if err != nil {
		return Peaks{}, err
	}
	p := Peaks{Duration: r.Duration().Seconds()}
	for _, channel := range peaks {
		line := make([]float64, len(channel))
		for i, x := range channel {
			line[i] = float64(x)
		}
		p.Channels = append(p.Channels, line)
	}
	return p, nil
}

// asStored tells of a call's recordings what happened to their files after the call: its record was sealed before.
func (d *doors) asStored(ctx context.Context, which id.Call, all []Recording) error {
	if len(all) == 0 {
		return nil
	}
	rows, err := d.DB.RecordingsOf(in(ctx), which)
	if err != nil {
		return err
	}
	for i := range all {
		for _, row := range rows {
			if row.ID != all[i].ID {
				continue
			}
			if row.Sealed {
				all[i].Size, all[i].Checksum, all[i].Format = row.Size, row.Checksum, row.Format
			}
			if row.Reason != "" {
				all[i].Failure = row.Reason
			}
			if (row.Status == "failed" || row.Status == "deleted") && all[i].Status == "available" {
				all[i].Status = row.Status
			}
		}
	}
	return nil
}

// admit finds the viewer of a route that is not described, and checks the permission.
func (d *doors) admit(w http.ResponseWriter, r *http.Request, need access.Permission) (viewer, bool) {
	v, err := d.viewer(r.Context(), cookieIn(r.Header.Get("Cookie")))
	if errors.Is(err, store.ErrNotFound) {
		problem(w, http.StatusUnauthorized, signedOutWords)
		return viewer{}, false
	}
	if err != nil {
		d.refuse(w, err)
		return viewer{}, false
	}
	if !access.May(v.role, need) {
		d.refuse(w, errRoleForbids)
		return viewer{}, false
	}
	return v, true
}
