import { found } from "../../i18n/console.ts";
import i18n from "../../i18n/i18n.ts";
import type { Fault } from "./check.ts";
import type { Recorded } from "./layout.ts";
import type { Field } from "./schema.ts";
import { steps } from "./values.ts";

/** What the console calls fields, values and faults. */
const t = i18n.getFixedT("en", "console");

/** labelOf is what a field is called; what the console does not know keeps its own name. */
export function labelOf(kind: Recorded, name: string): string {
  return found(`of.${kind}.${name}`, `label.${name}`) ?? name;
}

/** pathLabel calls a field within a record by its last name. */
export function pathLabel(kind: Recorded, path: string): string {
  const name = steps(path).findLast((step) => typeof step === "string");
  return labelOf(kind, String(name ?? path));
}

/** helpOf says more about a field, with its range and its default. */
export function helpOf(kind: Recorded, field: Field): string {
  return [found(`helpOf.${kind}.${field.name}`, `help.${field.name}`), rangeOf(field)].filter(Boolean).join(" ");
}

type Unit = "seconds" | "days" | "percent";

/** Of these, the name does not say the unit. */
const units: Readonly<Record<string, Unit>> = {
  timeout: "seconds",
  sl_percent: "percent",
  recordings: "days",
  transcripts: "days",
  voicemail: "days",
  conversations: "days",
  call_records: "days",
  audit: "days",
  quality_samples: "days",
};

function countedBy(name: string): Unit | undefined {
  if (name.endsWith("_seconds")) return "seconds";
  return name.endsWith("_days") ? "days" : units[name];
}

/** unitOf is what a number counts. */
export function unitOf(name: string): string | undefined {
  const unit = countedBy(name);
  return unit && t(`unit.${unit}`);
}

/** shortUnitOf is what a number counts, where there is little room. */
export function shortUnitOf(name: string): string | undefined {
  const unit = countedBy(name);
  return unit && t(`shortUnit.${unit}`);
}

function rangeOf({ name, widget, schema }: Field): string | undefined {
  const { minimum: min, maximum: max, default: usual } = schema;
  if (widget !== "number" || min === undefined || max === undefined) return undefined;
  const unit = unitOf(name);
  const range = unit ? t("form.rangeUnit", { min, max, unit }) : t("form.range", { min, max });
  return usual === undefined ? `${range}.` : `${range}, ${t("form.usual", { value: usual })}.`;
}

/** choiceOf is what one of the values of a field is called. */
export function choiceOf(name: string, value: string): string {
  return found(`choiceOf.${name}.${value}`, `choice.${value || "empty"}`) ?? value;
}

/** faultWords says what is wrong. */
export function faultWords({ kind, min, max }: Fault): string {
  return t(`fault.${kind}`, { min, max });
}
