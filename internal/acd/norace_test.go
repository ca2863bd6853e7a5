//go:build !race

package acd

const chaosSeeds = 500
