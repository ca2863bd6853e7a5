//go:build race

package callcontrol_test

// defaultSeeds is less here: the detector makes a world several times as dear.
const defaultSeeds = 150
