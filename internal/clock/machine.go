//go:build !test

package clock

import "time"

func now() time.Time { return time.Now() }
