// Package web holds the built web app for the binary to serve.
package web

import "embed"

// Dist is the output of the web build under "dist"; in a tree that was never built it holds only a placeholder.
//
//go:embed all:dist
var Dist embed.FS
