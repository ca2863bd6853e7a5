package api

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // pictures that people upload
)

const (
	imageSide    = 160     // pixels of a picture as it is kept, both ways
	imageQuality = 85      // of JPEG
	maxImage     = 4 << 20 // bytes of a file
	maxImageSide = 4096    // pixels, so that a small file cannot unfold to much
)

var errImage = errors.New("must be a PNG or JPEG picture of 1 to 4096 pixels each way")

// squareImage makes of what somebody uploaded a JPEG of our own: its middle, as a square of a fixed size. Nothing of the file
// itself is kept, neither what else is hidden in it nor where it was taken.
func squareImage(file []byte) ([]byte, error) {
	size, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || size.Width < 1 || size.Height < 1 || size.Width > maxImageSide || size.Height > maxImageSide {
		return nil, errImage
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, errImage
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, shrink(picture), &jpeg.Options{Quality: imageQuality}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// shrink scales the middle square of a picture: each pixel is the mean of those that it stands for.
func shrink(from image.Image) *image.RGBA {
	b := from.Bounds()
	side := min(b.Dx(), b.Dy())
	left, top := b.Min.X+(b.Dx()-side)/2, b.Min.Y+(b.Dy()-side)/2
	to := image.NewRGBA(image.Rect(0, 0, imageSide, imageSide))
	span := func(i int) (from, past int) {
		from = i * side / imageSide
		return from, max((i+1)*side/imageSide, from+1)
	}
	for y := range imageSide {
		y0, y1 := span(y)
		for x := range imageSide {
			x0, x1 := span(x)
			to.SetRGBA(x, y, mean(from, image.Rect(left+x0, top+y0, left+x1, top+y1)))
		}
	}
	return to
}

// mean is the colour of an area, on white where it lets light through.
func mean(from image.Image, area image.Rectangle) color.RGBA {
	var red, green, blue, n uint64
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			r, g, b, a := from.At(x, y).RGBA() // premultiplied, of 65,535
			white := uint64(0xffff - a)
			red, green, blue, n = red+uint64(r)+white, green+uint64(g)+white, blue+uint64(b)+white, n+1
		}
	}
	eight := func(sum uint64) uint8 { return uint8(sum / n >> 8) }
	return color.RGBA{R: eight(red), G: eight(green), B: eight(blue), A: 0xff}
}
