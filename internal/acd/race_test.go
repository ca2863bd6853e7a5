//go:build race

package acd

// chaosSeeds is less here: the detector makes a world several times as dear. The suite chaos of tools/test.sh plays all.
const chaosSeeds = 100
