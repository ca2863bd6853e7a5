package bench

import (
	"context"
	"fmt"
	"time"
)

// measureSoak places calls for a long time and says which failed and what became of the memory.
func measureSoak(ctx context.Context, o Options, add func(Row)) error {
	c, err := openCentre(ctx, o, nil)
	if err != nil {
		return err
	}
	defer c.close()
	const warm = 1000
	if _, err := c.place(ctx, slowRate, warm).whole(); err != nil {
		return err
	}
	before, err := c.resident()
	if err != nil {
		return err
	}
	t := c.place(ctx, slowRate, int(o.Soak.Seconds()*slowRate))
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := pause(ctx, 2*time.Second); err != nil {
		return err
	}
	after, err := c.resident()
	if err != nil {
		return err
	}
	work := fmt.Sprintf("calls for %s: ", o.Soak)
	add(figure(work+"placed", float64(t.placed), "calls"))
	add(bounded(work+"failed", float64(t.failed), "calls", 0))
	add(figure(work+fmt.Sprintf("memory after the first %d", warm), float64(before)/(1<<20), "MB"))
	add(figure(work+"memory at the end", float64(after)/(1<<20), "MB"))
	return nil
}
