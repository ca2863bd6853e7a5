import { Input, Select, TextInput } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type InputProps, useForm } from "./context.ts";
import { type Destination, leads, targetKind } from "./destination.ts";
import { Picker } from "./reference-input.tsx";

/** DestinationInput says where a call goes: a kind, and which (PN-2). */
export function DestinationInput({ field, path, label, help, error, set, value }: InputProps) {
  const { t } = useTranslation("console");
  const id = useId();
  const { faults } = useForm();
  const destination = (value ?? {}) as Destination;
  const kind = destination.kind ?? "";
  const wrong = error ?? faults.get(`${path}.target`) ?? faults.get(`${path}.kind`);
  return (
    <fieldset className="field-list" aria-labelledby={id}>
      <Input.Label component="div" id={id} required={field.required}>
        {label}
      </Input.Label>
      {help && <Input.Description>{help}</Input.Description>}
      <div className="destination">
        <Select
          aria-label={`${label}: ${t("destination.kind")}`}
          data={leads.map((one) => ({
            value: one,
            label: t(`destination.${one}`),
            disabled: one === "ai_agent",
          }))}
          value={kind === "" ? null : kind}
          placeholder={t("destination.nowhere")}
          onChange={(next) => set(next === null ? undefined : { kind: next })}
          clearable={!field.required}
          clearButtonProps={{ "aria-label": t("form.remove", { what: label }) }}
          allowDeselect={false}
        />
        <Target destination={destination} label={label} set={set} />
      </div>
      {wrong && <Input.Error>{wrong}</Input.Error>}
    </fieldset>
  );
}

interface TargetProps {
  readonly destination: Destination;
  readonly label: string;
  set(next: Destination): void;
}

function Target({ destination, label, set }: TargetProps) {
  const { t } = useTranslation("console");
  const of = destination.kind && targetKind[destination.kind];
  if (of) {
    return (
      <Picker
        kind={of}
        label={t("destination.target", { label })}
        chosen={destination.target ?? ""}
        disabled={false}
        choose={(target) => set({ ...destination, target })}
      />
    );
  }
  if (destination.kind !== "external") return null;
  return (
    <TextInput
      aria-label={t("destination.number", { label })}
      description={t("destination.numberHelp")}
      type="tel"
      placeholder="+3225550100"
      value={destination.target ?? ""}
      onChange={(event) => set({ ...destination, target: event.currentTarget.value })}
    />
  );
}
