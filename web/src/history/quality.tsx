import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { CallLeg, Heard } from "../api/types.ts";
import { readable } from "../phone/number.ts";
import { short } from "../ui/format.ts";
import { Section } from "../ui/parts.tsx";

const Chart = lazy(() => import("./chart.tsx"));

/** Quality draws how each leg sounded in both directions, and the way that the sound took (SP-12). */
export function Quality({ legs }: { legs: readonly CallLeg[] }) {
  const { t } = useTranslation();
  const measured = legs.filter((leg) => leg.from || leg.to || leg.path);
  if (measured.length === 0) return null;
  return (
    <Section title={t("quality.title")}>
      {measured.map((leg) => {
        const party = leg.name ?? readable(leg.number ?? leg.kind);
        return (
          <div className="quality" key={leg.id}>
            {leg.from && <Way title={t("quality.from", { party })} heard={leg.from} />}
            {leg.to && <Way title={t("quality.to", { party })} heard={leg.to} />}
            {leg.path && (
              <p className="quality-path">
                <span>{t("quality.path", { party })}</span> <code>{leg.path}</code>
              </p>
            )}
          </div>
        );
      })}
    </Section>
  );
}

function Way({ title, heard }: { title: string; heard: Heard }) {
  const { t } = useTranslation();
  const ms = (count: number) => t("quality.ms", { count });
  const percent = (count: number) => t("quality.percent", { count });
  const values: [name: string, mark: string, mean: string, worst: string][] = [
    [t("quality.mos"), "mos", String(heard.mean_mos), String(heard.worst_mos)],
    [t("quality.loss"), "loss", percent(heard.mean_loss), percent(heard.worst_loss)],
    [t("quality.jitter"), "jitter", ms(heard.mean_jitter), ms(heard.worst_jitter)],
  ];
  if (heard.worst_round_trip)
    values.push([t("quality.roundTrip"), "trip", ms(heard.mean_round_trip ?? 0), ms(heard.worst_round_trip)]);
  const codecs = (heard.codecs ?? []).map(({ at, codec }, i) =>
    i === 0 ? codec : t("quality.codecFrom", { codec, time: short(at) }),
  );
  const label = t("quality.chart", {
    title,
    mos: heard.worst_mos,
    loss: percent(heard.worst_loss),
    jitter: ms(heard.worst_jitter),
  });
  return (
    <figure className="quality-way">
      <figcaption>
        {title}
        {codecs.length > 0 && <span className="num"> · {codecs.join(", ")}</span>}
      </figcaption>
      {heard.chart ? (
        <div className="quality-chart" role="img" aria-label={label}>
          <Suspense>
            <Chart chart={heard.chart} />
          </Suspense>
        </div>
      ) : (
        <p className="quality-path">{t("quality.gone")}</p>
      )}
      <dl className="num">
        {values.map(([name, mark, mean, worst]) => (
          <div key={mark} data-mark={mark}>
            <dt>{name}</dt>
            <dd>{t("quality.value", { mean, worst })}</dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
