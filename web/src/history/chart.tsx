import { useComputedColorScheme } from "@mantine/core";
import { useCallback } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Heard } from "../api/types.ts";
import { short } from "../ui/format.ts";

const height = 132;

/** Chart draws MOS, loss and jitter over the time of a leg. It is loaded only where a call has samples. */
export default function Chart({ chart }: { chart: NonNullable<Heard["chart"]> }) {
  const scheme = useComputedColorScheme("light");
  const attach = useCallback(
    (container: HTMLDivElement | null) => {
      if (!container) return;
      const plot = new uPlot(options(container), [chart.at, chart.mos, chart.loss, chart.jitter], container);
      const watch = new ResizeObserver(() => plot.setSize({ width: container.clientWidth, height }));
      watch.observe(container);
      return () => {
        watch.disconnect();
        plot.destroy();
      };
    },
    [chart],
  );
  return <div ref={attach} key={scheme} />;
}

function options(container: HTMLElement): uPlot.Options {
  const style = getComputedStyle(container);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--text-faint"),
    grid: { stroke: colour("--line"), width: 1 },
    font: "11px sans-serif",
  };
  const series = (name: string, scale: string) => ({
    scale,
    stroke: colour(name),
    width: 2,
    points: { size: 5 },
  });
  return {
    width: container.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false },
      mos: { range: [1, 4.6] },
      loss: { range: (_, __, most) => [0, Math.max(5, most)] },
      jitter: { range: (_, __, most) => [0, Math.max(40, most)] },
    },
    axes: [
      { ...axis, size: 26, values: (_, at) => at.map(short) },
      { ...axis, scale: "mos", size: 34 },
      {
        ...axis,
        scale: "loss",
        side: 1,
        size: 44,
        grid: { show: false },
        values: (_, all) => all.map((v) => `${v} %`),
      },
    ],
    series: [{}, series("--accent", "mos"), series("--red", "loss"), series("--orange", "jitter")],
  };
}
