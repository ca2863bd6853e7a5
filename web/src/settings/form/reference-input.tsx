import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { use, useState } from "react";
import { useTranslation } from "react-i18next";
import { areaOf } from "../console/areas.ts";
import { recordQuery, rowsQuery } from "../records.ts";
import { type InputProps, MakeContext } from "./context.ts";
import type { Kind } from "./schema.ts";

/** ReferenceInput picks the record that a field names. */
export function ReferenceInput(props: InputProps) {
  const { field, value, set } = props;
  if (!field.kind) return null;
  return <Picker {...props} kind={field.kind} chosen={typeof value === "string" ? value : ""} choose={set} />;
}

interface PickerProps {
  readonly kind: Kind;
  readonly chosen: string;
  readonly label: string;
  readonly help?: string;
  readonly error?: string;
  readonly disabled: boolean;
  readonly placeholder?: string;
  /** What is chosen elsewhere and not offered again. */
  readonly except?: readonly string[];
  readonly field?: InputProps["field"];
  choose(id: string): void;
}

const make = "+new";
const offered = 50; // records at a time; typing finds the others

/** Picker searches the records of a kind, and can make a new one. */
export function Picker(props: PickerProps) {
  const { kind, chosen, label, help, error, disabled, placeholder, except, field, choose } = props;
  const { t } = useTranslation("console");
  const area = areaOf(kind);
  const open = use(MakeContext);
  const [typed, type] = useState("");
  const [wanted] = useDebouncedValue(typed, 200);
  const title = useTitle(kind, chosen);
  const { data } = useQuery(rowsQuery(area, { q: wanted === title ? "" : wanted, limit: offered, sort: "title" }));
  const rows = (data?.rows ?? []).filter((row) => !except?.includes(row.id));
  const options = rows.map((row) => ({ value: row.id, label: row.title }));
  if (chosen !== "" && !options.some((one) => one.value === chosen)) {
    options.unshift({ value: chosen, label: title ?? "…" });
  }
  if (open && !area.uploaded) {
    options.push({ value: make, label: t("form.make", { kind: t(`kind.${kind}.one`) }) });
  }
  return (
    <Select
      label={label}
      description={help}
      error={error}
      disabled={disabled}
      withAsterisk={field?.required ?? false}
      data={options}
      filter={({ options: all }) => all}
      value={chosen === "" ? null : chosen}
      onChange={(id) => (id === make ? open?.(kind, choose) : choose(id ?? ""))}
      searchable
      searchValue={typed}
      onSearchChange={type}
      clearable={!field?.required}
      clearButtonProps={{ "aria-label": t("form.remove", { what: label }) }}
      allowDeselect={false}
      placeholder={placeholder ?? t("form.search")}
      nothingFoundMessage={t("form.nothing")}
    />
  );
}

/** useTitle is what a record is called, once it is known. */
export function useTitle(kind: Kind, id: string): string | undefined {
  const { t } = useTranslation("console");
  const area = areaOf(kind);
  const { data: listed } = useQuery(rowsQuery(area, { q: "", limit: offered, sort: "title" }));
  const found = listed?.rows.find((row) => row.id === id)?.title;
  const { data, isError } = useQuery({
    ...recordQuery(area, id),
    enabled: id !== "" && listed !== undefined && found === undefined,
  });
  return found ?? data?.title ?? (isError ? t("form.gone") : undefined);
}
