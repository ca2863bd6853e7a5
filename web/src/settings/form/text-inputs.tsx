import {
  ColorInput,
  NumberInput as MantineNumber,
  TextInput as MantineText,
  PasswordInput,
  Switch,
  TagsInput,
  Textarea,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { InputProps } from "./context.ts";
import { unitOf } from "./words.ts";

const text = (value: unknown) => (typeof value === "string" ? value : value === undefined ? "" : String(value));

function common({ field, label, help, error, disabled }: InputProps) {
  return {
    label,
    description: help,
    error,
    disabled,
    withAsterisk: field.required,
    ...(field.schema.maxLength !== undefined && { maxLength: field.schema.maxLength }),
  };
}

export function TextInput(props: InputProps) {
  const { value, set, field } = props;
  const type = field.schema.format === "email" ? "email" : "text";
  return (
    <MantineText {...common(props)} type={type} value={text(value)} onChange={(e) => set(e.currentTarget.value)} />
  );
}

export function LinesInput(props: InputProps) {
  const { value, set } = props;
  return (
    <Textarea
      {...common(props)}
      autosize
      minRows={2}
      maxRows={10}
      value={text(value)}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

/** SecretInput takes a secret that is never shown again. */
export function SecretInput(props: InputProps) {
  const { t } = useTranslation("console");
  return (
    <PasswordInput
      {...common(props)}
      description={t("form.secretKept")}
      autoComplete="new-password"
      value={text(props.value)}
      onChange={(event) => props.set(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}

/** NumberInput keeps what was typed, even outside the range: the fault says so. */
export function NumberInput(props: InputProps) {
  const { field, value, set } = props;
  const unit = unitOf(field.name);
  return (
    <MantineNumber
      {...common(props)}
      value={typeof value === "number" || typeof value === "string" ? value : ""}
      onChange={(next) => set(next === "" ? undefined : next)}
      clampBehavior="none"
      allowDecimal={field.schema.type === "number"}
      hideControls={unit !== undefined}
      {...(unit !== undefined && { rightSection: <span className="field-unit">{unit}</span>, rightSectionWidth: 72 })}
    />
  );
}

export function SwitchInput({ label, help, error, disabled, value, set }: InputProps) {
  return (
    <Switch
      label={label}
      description={help}
      error={error}
      disabled={disabled}
      checked={value === true}
      onChange={(event) => set(event.currentTarget.checked)}
    />
  );
}

const known: Readonly<Record<string, readonly string[]>> = { codecs: ["opus", "g722", "pcmu", "pcma"] };

/** StringsInput takes words one by one, in their order. */
export function StringsInput(props: InputProps) {
  const { t } = useTranslation("console");
  const list = Array.isArray(props.value) ? (props.value as string[]) : [];
  return (
    <TagsInput
      {...common(props)}
      value={list}
      onChange={props.set}
      data={known[props.field.name] ?? []}
      acceptValueOnBlur
      clearable
      clearButtonProps={{ "aria-label": t("form.remove", { what: props.label }) }}
    />
  );
}

export function DayInput(props: InputProps) {
  return (
    <MantineText
      {...common(props)}
      description={undefined}
      type="date"
      value={text(props.value)}
      onChange={(event) => props.set(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}

/** ClockInput takes hour and minute; a native field would not take 24:00. */
export function ClockInput(props: InputProps) {
  return (
    <MantineText
      {...common(props)}
      placeholder="00:00"
      inputMode="numeric"
      maxLength={5}
      value={text(props.value)}
      onChange={(event) => props.set(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}

export function ColourInput(props: InputProps) {
  return <ColorInput {...common(props)} format="hex" value={text(props.value)} onChange={props.set} />;
}
