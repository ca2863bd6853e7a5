//go:build !race

package callcontrol_test

const defaultSeeds = 500
