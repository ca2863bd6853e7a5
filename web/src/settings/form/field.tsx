import { useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { areaOf } from "../console/areas.ts";
import { rowsQuery } from "../records.ts";
import { arranged, isRare } from "./arranged.ts";
import { type InputProps, useForm } from "./context.ts";
import { DestinationInput } from "./destination-input.tsx";
import { layouts, type TrunkSwitch } from "./layout.ts";
import { ListInput } from "./list-input.tsx";
import { ChoiceInput, CountryInput, LanguageInput, TimezoneInput, WeekdayInput } from "./pick-inputs.tsx";
import { PromptInput } from "./prompt-input.tsx";
import { ReferenceInput } from "./reference-input.tsx";
import { ReferencesInput } from "./references-input.tsx";
import type { Field, Widget } from "./schema.ts";
import {
  ClockInput,
  ColourInput,
  DayInput,
  LinesInput,
  NumberInput,
  SecretInput,
  StringsInput,
  SwitchInput,
  TextInput,
} from "./text-inputs.tsx";
import { join, read } from "./values.ts";
import { helpOf, labelOf } from "./words.ts";

const inputs: Readonly<Record<Exclude<Widget, "object">, ComponentType<InputProps>>> = {
  text: TextInput,
  lines: LinesInput,
  secret: SecretInput,
  number: NumberInput,
  switch: SwitchInput,
  choice: ChoiceInput,
  reference: ReferenceInput,
  references: ReferencesInput,
  strings: StringsInput,
  prompt: PromptInput,
  destination: DestinationInput,
  list: ListInput,
  weekday: WeekdayInput,
  day: DayInput,
  clock: ClockInput,
  colour: ColourInput,
  timezone: TimezoneInput,
  country: CountryInput,
  language: LanguageInput,
};

/** Widgets that need the whole width. */
const wide: readonly Widget[] = ["prompt", "list", "references", "destination", "lines", "strings"];

/** FieldRow shows a field, or all fields of an object; not what makes no sense beside the other values. */
export function FieldRow({ field, path }: { field: Field; path: string }) {
  const { t } = useTranslation("console");
  const { kind, values } = useForm();
  const { shows, waits, needs } = layouts[kind];
  if (shows?.[path]?.(values) === false) return null;
  const need = needs?.[path];
  if (need) return <NeedingRow field={field} path={path} need={need} />;
  const wait = waits?.[path.replaceAll(/\[\d+\]/g, "[]")];
  return <Row field={field} path={path} {...(wait && { not: t(`waits.${wait}`) })} />;
}

/** NeedingRow is a field that is of use only with a trunk of a kind. What it holds already can be taken out all the same. */
function NeedingRow({ field, path, need }: { field: Field; path: string; need: TrunkSwitch }) {
  const { t } = useTranslation("console");
  const { values } = useForm();
  const { data: trunks } = useQuery(rowsQuery(areaOf("trunk"), { limit: most }));
  const held = read(values, path);
  const has = trunks?.rows.some(({ fields }) => fields.active === true && fields[need] === true) ?? true;
  const empty = !Array.isArray(held) || held.length === 0;
  return <Row field={field} path={path} {...(!has && empty && { not: t(`needs.${need}`) })} />;
}

const most = 100; // trunks looked at

/** Row is a field with its label, or all fields of an object; not says why it cannot be filled in. */
function Row({ field, path, not }: { field: Field; path: string; not?: string }) {
  const { kind, values, faults, set } = useForm();
  if (field.widget === "object") {
    return <Fields field={field} path={path} />;
  }
  const help = not ?? helpOf(kind, field);
  const error = faults.get(path);
  const Input = inputs[field.widget];
  return (
    <div className="field" data-wide={wide.includes(field.widget) || undefined} data-path={path}>
      <Input
        field={field}
        path={path}
        label={labelOf(kind, field.name)}
        disabled={not !== undefined || field.schema.readOnly === true}
        value={read(values, path)}
        set={(value) => set(path, value)}
        {...(help !== "" && { help })}
        {...(error !== undefined && { error })}
      />
    </div>
  );
}

/** Fields shows the fields of an object; what few need is folded away, unless something in it is wrong. */
function Fields({ field, path }: { field: Field; path: string }) {
  const { t } = useTranslation("console");
  const { faults } = useForm();
  const rows = (some: readonly Field[]) =>
    some.map((one) => <FieldRow key={one.name} field={one} path={join(path, one.name)} />);
  const all = arranged(field);
  const few = all.filter((one) => isRare(field, one));
  const wrong = [...faults.keys()].some((at) => few.some((one) => at.startsWith(join(path, one.name))));
  return (
    <>
      {rows(all.filter((one) => !isRare(field, one)))}
      {few.length > 0 && (
        <details className="entry-more" open={wrong}>
          <summary>{t("section.ahead")}</summary>
          <div className="entry-fields">{rows(few)}</div>
        </details>
      )}
    </>
  );
}
