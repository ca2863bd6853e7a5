package main

import (
	"fmt"
	"strconv"
	"strings"
)

// part is either text to speak or a pause in seconds.
type part struct {
	text  string
	pause float64
}

const longestPause = 10.0

// splitPauses cuts "Hello. [1.5] It is me." into text, pause, text.
func splitPauses(text string) ([]part, error) {
	var parts []part
	for text != "" {
		words, rest, found := strings.Cut(text, "[")
		if words = strings.TrimSpace(words); words != "" {
			parts = append(parts, part{text: words})
		}
		if !found {
			break
		}
		length, after, closed := strings.Cut(rest, "]")
		seconds, err := strconv.ParseFloat(length, 64)
		if !closed || err != nil || seconds <= 0 || seconds > longestPause {
			return nil, fmt.Errorf("not a pause of up to %v seconds: [%s", longestPause, rest)
		}
		parts = append(parts, part{pause: seconds})
		text = after
	}
	return parts, nil
}
