import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "../../ui/parts.tsx";
import type { Recorded } from "../form/layout.ts";
import type { Field } from "../form/schema.ts";
import { Shown } from "../form/shown.tsx";
import { changes, type Values, whole, write } from "../form/values.ts";
import { pathLabel } from "../form/words.ts";
import type { Stored } from "../records.ts";

interface Props {
  kind: Recorded;
  fields: readonly Field[];
  mine: Values;
  theirs: Pick<Stored, "version" | "fields"> & { readonly draft?: Values };
  choose(values: unknown): void;
}

type Side = "mine" | "theirs";

/** StaleNote shows both versions of an edit that came too late, and lets each field be chosen. */
export function StaleNote({ kind, fields, mine, theirs, choose }: Props) {
  const { t } = useTranslation("console");
  const [sides, pick] = useState<Readonly<Record<string, Side>>>({});
  const stored = theirs.draft ?? theirs.fields;
  const differ = changes(fields, stored, mine);
  const chosen = () =>
    differ.reduce<Values>((all, { path, before }) => (sides[path] === "theirs" ? write(all, path, before) : all), mine);
  return (
    <section className="stale" aria-label={t("stale.title")}>
      <Note tone="orange" title={t("stale.title")}>
        {differ.length === 0 ? t("stale.same") : t("stale.text")}
      </Note>
      {differ.length > 0 && (
        <table className="compare" aria-label={t("stale.title")}>
          <thead>
            <tr>
              <th scope="col">{t("stale.field")}</th>
              <th scope="col">{t("stale.mine")}</th>
              <th scope="col">{t("stale.theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {differ.map(({ path, field, before, after }) => (
              <tr key={path}>
                <th scope="row">{pathLabel(kind, path)}</th>
                {(["mine", "theirs"] as const).map((side) => (
                  <td key={side}>
                    <Radio
                      name={`stale-${path}`}
                      aria-label={`${pathLabel(kind, path)}: ${t(`stale.${side}`)}`}
                      checked={(sides[path] ?? "mine") === side}
                      onChange={() => pick({ ...sides, [path]: side })}
                    />
                    <Shown kind={kind} field={field} value={side === "mine" ? after : before} whole />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Button onClick={() => choose(whole(fields, chosen()))}>{t("stale.save")}</Button>
    </section>
  );
}
