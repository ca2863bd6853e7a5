package api

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"parley/internal/store"
)

// drawn is a PNG of this size: red on the left, nothing on the right, blue beyond the middle square.
func drawn(t *testing.T, width, height int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	from := (width - height) / 2
	for x := range width {
		c := color.NRGBA{B: 255, A: 255}
		switch {
		case x >= from && x < width/2:
			c = color.NRGBA{R: 255, A: 255}
		case x >= width/2 && x < from+height:
			c = color.NRGBA{}
		}
		for y := range height {
			m.SetNRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	check(t, png.Encode(&out, m))
	return out.Bytes()
}

// TestAgentImage: the picture that an agent uploads is made anew in one size and format, and colleagues are told where it is
// (AG-7). What is no picture, too large or somebody else's is refused in words.
func TestAgentImage(t *testing.T) {
	w := newWorld(t)
	ann, path := w.as("ann"), "/api/agents/"+string(w.agents["ann"])+"/image"
	put := func(c *client, file []byte) answer {
		return c.do(http.MethodPut, path, string(file), "Content-Type", "application/octet-stream")
	}
	if a := ann.get(path); a.status != http.StatusNotFound {
		t.Errorf("before there is one: %d", a.status)
	}
	file := append(drawn(t, 600, 300), []byte("<script>taken at home</script>")...)
	if a := put(ann, file); a.status >= 300 {
		t.Fatalf("uploaded: %d %s", a.status, a.body)
	}
	a := w.as("bob").get(path)
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "image/jpeg" || a.header.Get("ETag") == "" || strings.Contains(a.body, "script") {
		t.Fatalf("served: %d %v", a.status, a.header)
	}
	m, err := jpeg.Decode(strings.NewReader(a.body))
	check(t, err)
	if m.Bounds() != image.Rect(0, 0, 160, 160) || !like(m.At(10, 80), 255, 0, 0) || !like(m.At(150, 80), 255, 255, 255) {
		t.Errorf("the picture: %v, %v on the left, %v on the right", m.Bounds(), m.At(10, 80), m.At(150, 80))
	}
	colleague := func() string {
		one, _ := w.doors.Sites.Of(w.org)
		return one.Images[w.agents["ann"]]
	}
	first := colleague()
	if !strings.HasPrefix(first, path+"?v=") {
		t.Errorf("colleagues are told %q", first)
	}
	huge := drawn(t, 2, 2)
	copy(huge[16:24], []byte{0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0}) // its header says 100,000 pixels each way
	for what, bad := range map[string][]byte{"nonsense": []byte("GIF89a"), "nothing": {}, "half of one": file[:200], "huge": huge, "too long": make([]byte, maxImage+1)} {
		if a := put(ann, bad); a.status != http.StatusUnprocessableEntity && a.status != http.StatusRequestEntityTooLarge && a.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
	if a := put(w.as("bob"), file); a.status != http.StatusForbidden {
		t.Errorf("of somebody else: %d", a.status)
	}
	if a := put(w.as("admin"), drawn(t, 3, 3)); a.status >= 300 || colleague() == first {
		t.Errorf("another by an administrator: %d, told as %q", a.status, colleague())
	}
	if a := ann.do(http.MethodDelete, path, ""); a.status >= 300 || colleague() != "" {
		t.Errorf("taken away: %d, told as %q", a.status, colleague())
	}
	entries, err := w.doors.DB.AuditEntries(w.ctx, store.Range{})
	check(t, err)
	if entries.Rows[0].Action != "agent image removed" || entries.Rows[0].Actor != w.users["ann"] {
		t.Errorf("the audit log ends with %+v", entries.Rows[0])
	}
}

func like(c color.Color, r, g, b int) bool {
	x, y, z, _ := c.RGBA()
	near := func(a uint32, b int) bool { return max(int(a>>8), b)-min(int(a>>8), b) < 12 }
	return near(x, r) && near(y, g) && near(z, b)
}
