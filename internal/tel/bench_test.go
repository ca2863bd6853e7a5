package tel

import "testing"

func BenchmarkParseNumber(b *testing.B) {
	for _, typed := range []string{"+32470111222", "0470111222", "0032470111222"} {
		b.Run(typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n, err := ParseNumber(typed, "BE"); err != nil || n != "+32470111222" {
					b.Fatal(n, err)
				}
			}
		})
	}
}

func BenchmarkRefused(b *testing.B) {
	for _, typed := range []string{"0470111222", "alice", "anonymous"} {
		b.Run(typed, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n, err := ParseNumber(typed, "ZZ"); err == nil {
					b.Fatal(n)
				}
			}
		})
	}
}

func BenchmarkIsExtension(b *testing.B) {
	for b.Loop() {
		if !Number("10234").IsExtension() || Number("+32470111222").IsExtension() {
			b.Fatal("misread")
		}
	}
}
