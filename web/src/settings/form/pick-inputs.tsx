import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "./context.ts";
import { countries } from "./countries.ts";
import { choiceOf } from "./words.ts";

interface Option {
  readonly value: string;
  readonly label: string;
}

function Pick({ label, help, error, disabled, field, value, set, data, empty }: InputProps & PickProps) {
  const { t } = useTranslation("console");
  const clearable = !field.required && empty !== false;
  return (
    <Select
      label={label}
      description={help}
      error={error}
      disabled={disabled}
      withAsterisk={field.required}
      data={data}
      value={typeof value === "string" && value !== "" ? value : null}
      onChange={(next) => set(next ?? "")}
      searchable={data.length > 12}
      clearable={clearable}
      clearButtonProps={{ "aria-label": t("form.remove", { what: label }) }}
      allowDeselect={false}
      placeholder={clearable ? t(empty ? "choice.empty" : "form.none") : t("form.choose")}
      nothingFoundMessage={t("form.nothing")}
    />
  );
}

interface PickProps {
  readonly data: Option[];
  readonly empty?: boolean;
}

/** ChoiceInput picks one of the words that the description allows. */
export function ChoiceInput(props: InputProps) {
  const { name, schema } = props.field;
  const words = (schema.enum ?? []).map(String);
  const data = words.filter((word) => word !== "").map((word) => ({ value: word, label: choiceOf(name, word) }));
  return <Pick {...props} data={data} empty={words.includes("")} />;
}

const languages = ["en", "de", "fr", "es"];

export function LanguageInput(props: InputProps) {
  return <Pick {...props} data={languages.map((word) => ({ value: word, label: choiceOf("language", word) }))} />;
}

export function TimezoneInput(props: InputProps) {
  const data = useMemo(
    () => ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => ({ value: zone, label: zone })),
    [],
  );
  return <Pick {...props} data={data} />;
}

export function CountryInput(props: InputProps) {
  const { i18n } = useTranslation();
  const data = useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: "region" });
    return countries
      .map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` }))
      .sort((a, b) => a.label.localeCompare(b.label));
  }, [i18n.language]);
  return <Pick {...props} data={data} />;
}

const days = [1, 2, 3, 4, 5, 6, 7] as const;

/** WeekdayInput picks a day of the week, 1 Monday to 7; nothing is any. */
export function WeekdayInput(props: InputProps) {
  const { t } = useTranslation("console");
  const data = days.map((day) => ({ value: String(day), label: t(`rows.${day}`) }));
  return (
    <Select
      label={props.label}
      error={props.error}
      data={data}
      value={typeof props.value === "number" && props.value > 0 ? String(props.value) : null}
      onChange={(next) => props.set(next === null ? undefined : Number(next))}
      placeholder={t("rows.any")}
      clearable
      clearButtonProps={{ "aria-label": t("form.remove", { what: props.label }) }}
    />
  );
}
