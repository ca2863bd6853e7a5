import { ActionIcon, Input } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "./context.ts";
import { moved, without } from "./order.ts";
import { Picker, useTitle } from "./reference-input.tsx";
import type { Kind } from "./schema.ts";

/** ReferencesInput lists the records that a field names, in their order. */
export function ReferencesInput({ field, label, help, error, disabled, value, set }: InputProps) {
  const { t } = useTranslation("console");
  const id = useId();
  if (!field.kind) return null;
  const kind = field.kind;
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  return (
    <fieldset className="field-list" aria-labelledby={id} disabled={disabled}>
      <Input.Label component="div" id={id}>
        {label}
      </Input.Label>
      {help && <Input.Description>{help}</Input.Description>}
      {chosen.length > 0 && (
        <ol className="chosen">
          {chosen.map((one, i) => (
            <Chosen
              key={one}
              kind={kind}
              id={one}
              up={i > 0 ? () => set(moved(chosen, i, -1)) : undefined}
              down={i < chosen.length - 1 ? () => set(moved(chosen, i, 1)) : undefined}
              drop={() => set(without(chosen, i))}
            />
          ))}
        </ol>
      )}
      <Picker
        key={chosen.length}
        kind={kind}
        chosen=""
        label={t("form.addWhat", { label })}
        disabled={disabled}
        except={chosen}
        choose={(next) => next !== "" && set([...chosen, next])}
        {...(error !== undefined && { error })}
      />
    </fieldset>
  );
}

interface ChosenProps {
  readonly kind: Kind;
  readonly id: string;
  readonly up: (() => void) | undefined;
  readonly down: (() => void) | undefined;
  drop(): void;
}

function Chosen({ kind, id, up, down, drop }: ChosenProps) {
  const title = useTitle(kind, id) ?? "…";
  return (
    <li>
      <span>{title}</span>
      <Order what={title} up={up} down={down} drop={drop} />
    </li>
  );
}

/** Order moves an entry of a list, or takes it out. */
export function Order({ what, up, down, drop }: Omit<ChosenProps, "kind" | "id"> & { what: string }) {
  const { t } = useTranslation("console");
  const common = { variant: "subtle", color: "gray", size: 28 } as const;
  return (
    <div className="order">
      <ActionIcon {...common} disabled={!up} onClick={up} aria-label={t("form.up", { what })}>
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon {...common} disabled={!down} onClick={down} aria-label={t("form.down", { what })}>
        <IconArrowDown size={15} />
      </ActionIcon>
      <ActionIcon {...common} onClick={drop} aria-label={t("form.remove", { what })}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  );
}
