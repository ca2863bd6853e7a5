import { IconCheck, IconMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { short } from "../../ui/format.ts";
import { arranged } from "./arranged.ts";
import { type Destination, targetKind } from "./destination.ts";
import type { Recorded } from "./layout.ts";
import { useTitle } from "./reference-input.tsx";
import type { Field, Kind } from "./schema.ts";
import { read } from "./values.ts";
import { choiceOf, labelOf, shortUnitOf, unitOf } from "./words.ts";

interface ShownProps {
  readonly kind: Recorded;
  readonly field: Field;
  readonly value: unknown;
  /** Everything, not only what fits a row. */
  readonly whole?: boolean;
}

/** Shown writes a value as people read it. */
export function Shown({ kind, field, value, whole = false }: ShownProps) {
  if (field.widget === "switch") return <Mark on={value === true} />;
  if (value === undefined || value === null || value === "") return <Nothing />;
  switch (field.widget) {
    case "reference":
      return field.kind ? <Title kind={field.kind} id={String(value)} /> : null;
    case "references":
      return <References kind={field.kind ?? "agent"} ids={value as string[]} whole={whole} />;
    case "destination":
      return <Leads destination={value as Destination} />;
    case "prompt":
      return <Prompt value={value as { audio?: string; text?: string }} />;
    case "choice":
      return choiceOf(field.name, String(value));
    case "weekday":
      return <Weekday day={Number(value)} />;
    case "secret":
      return "••••••";
    case "strings":
      return (value as string[]).length === 0 ? <Nothing /> : (value as string[]).join(", ");
    case "list":
      return <Entries kind={kind} name={field.name} item={field.item} values={value as unknown[]} whole={whole} />;
    case "number":
      if (field.name === "duration") return short(Number(value));
      return [value, whole ? unitOf(field.name) : shortUnitOf(field.name)].filter(Boolean).join(" ");
    default:
      return String(value);
  }
}

function Nothing() {
  return <span className="nothing">–</span>;
}

function Mark({ on }: { on: boolean }) {
  const { t } = useTranslation("console");
  const Icon = on ? IconCheck : IconMinus;
  return (
    <span className="mark" data-on={on || undefined}>
      <Icon size={16} aria-hidden="true" />
      <span className="sr">{t(on ? "list.yes" : "list.no")}</span>
    </span>
  );
}

function Title({ kind, id }: { kind: Kind; id: string }) {
  return useTitle(kind, id) ?? "…";
}

function References({ kind, ids, whole }: { kind: Kind; ids: readonly string[]; whole: boolean }) {
  const { t } = useTranslation("console");
  const [first, ...rest] = ids;
  if (first === undefined) return <Nothing />;
  if (whole) return ids.map((id, i) => [i > 0 && ", ", <Title key={id} kind={kind} id={id} />]);
  if (rest.length === 0) return <Title kind={kind} id={first} />;
  return (
    <>
      <Title kind={kind} id={first} /> {t("list.and", { count: rest.length })}
    </>
  );
}

function Leads({ destination: { kind, target } }: { destination: Destination }) {
  const { t } = useTranslation("console");
  if (!kind) return <Nothing />;
  const of = targetKind[kind];
  return (
    <>
      {t(`destination.${kind}`)}
      {target && <> · {of ? <Title kind={of} id={target} /> : target}</>}
    </>
  );
}

function Prompt({ value: { audio, text } }: { value: { audio?: string; text?: string } }) {
  if (audio) return <Title kind="audio" id={audio} />;
  return text ? `“${text}”` : <Nothing />;
}

function Weekday({ day }: { day: number }) {
  const { t } = useTranslation("console");
  return day >= 1 && day <= 7 ? t(`rows.${day as 1 | 2 | 3 | 4 | 5 | 6 | 7}`) : <Nothing />;
}

interface EntriesProps {
  readonly kind: Recorded;
  readonly name: string;
  readonly item: Field | undefined;
  readonly values: readonly unknown[];
  readonly whole: boolean;
}

function Entries({ kind, name, item, values, whole }: EntriesProps) {
  if (!item || values.length === 0) return <Nothing />;
  if (!whole) return values.length;
  return (
    <ol className="shown-entries">
      {values.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place
        <li key={i}>
          {item.widget === "object" ? (
            <Parts kind={kind} fields={arranged({ ...item, name })} value={value} />
          ) : (
            <Shown kind={kind} field={item} value={value} whole />
          )}
        </li>
      ))}
    </ol>
  );
}

function Parts({ kind, fields, value }: { kind: Recorded; fields: readonly Field[]; value: unknown }) {
  const set = fields.filter((field) => ![undefined, "", null, 0].includes(read(value, field.name) as string));
  return set.map((field, i) => (
    <span key={field.name}>
      {i > 0 && ", "}
      <span className="shown-label">{labelOf(kind, field.name)}</span>{" "}
      <Shown kind={kind} field={field} value={read(value, field.name)} whole />
    </span>
  ));
}
