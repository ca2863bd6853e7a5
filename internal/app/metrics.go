package app

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parley/internal/callcontrol"
)

// metrics serves what an operator watches (BX-44).
func (a *App) metrics() http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	count := func(which int) func() float64 {
		return func() float64 {
			live, begun, ended, broken := a.exchange.Counts()
			return [...]float64{float64(live), float64(begun), float64(ended), float64(broken)}[which]
		}
	}
	r.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parley_calls_live", Help: "Calls that live now."}, count(0)),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "parley_calls_begun_total", Help: "Calls since the start."}, count(1)),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "parley_calls_ended_total", Help: "Calls that ended."}, count(2)),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "parley_machines_broken_total", Help: "Machines that panicked; each left a transcript.",
		}, count(3)),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "parley_acd_repairs_total", Help: "Agents and calls that were stuck in the distribution and put right.",
		}, func() float64 { repairs, _ := a.dispatch.Counts(); return float64(repairs) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "parley_acd_violations_total", Help: "Promises of the distribution that were found broken; must stay 0.",
		}, func() float64 { _, violations := a.dispatch.Counts(); return float64(violations) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parley_draining", Help: "1 while new calls are refused because of a stop."},
			func() float64 {
				if a.exchange.Draining() {
					return 1
				}
				return 0
			}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "parley_build_info", Help: "Always 1; the version is the label.", ConstLabels: prometheus.Labels{"version": a.version},
		}, func() float64 { return 1 }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "parley_store_waiting_rows", Help: "Rows that wait to be stored."},
			func() float64 { return float64(a.commit.Stats().Waiting) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "parley_store_failed_total", Help: "Transactions that failed and were tried again."},
			func() float64 { return float64(a.commit.Stats().Failed) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "parley_browser_strange_datagrams_total", Help: "Datagrams on the browsers' port that were nobody's.",
		}, func() float64 { return float64(a.rtc.Strange()) }),
	)
	r.MustRegister(histogram{
		prometheus.NewDesc("parley_sound_mos", "MOS (ITU-T G.107) of legs, a sample per direction and 5 s.", nil, nil),
		&a.exchange.Quality().MOS, callcontrol.MOSBounds,
	}, histogram{
		prometheus.NewDesc("parley_sound_loss_percent", "Sound packets of legs that were lost or late, a sample per direction and 5 s.", nil, nil),
		&a.exchange.Quality().Loss, callcontrol.LossBounds,
	})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

// histogram shows figures that the exchange keeps.
type histogram struct {
	what   *prometheus.Desc
	of     *callcontrol.Histogram
	bounds []float64
}

func (h histogram) Describe(to chan<- *prometheus.Desc) { to <- h.what }

func (h histogram) Collect(to chan<- prometheus.Metric) {
	count, sum, upTo := h.of.Read(h.bounds)
	to <- prometheus.MustNewConstHistogram(h.what, count, sum, upTo)
}
