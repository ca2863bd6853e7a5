import { Button, Input, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InputProps } from "./context.ts";
import { FieldRow } from "./field.tsx";
import { type Days, days, type Hours, hours, rowOf } from "./hours.ts";
import { moved, without } from "./order.ts";
import { Order } from "./references-input.tsx";
import { freshItem, join } from "./values.ts";

/** ListInput lists things that have fields of their own, such as the keys of a menu. */
export function ListInput({ field, path, label, help, error, value, set }: InputProps) {
  const { t } = useTranslation("console");
  const id = useId();
  const { item } = field;
  if (!item) return null;
  const items = Array.isArray(value) ? value : [];
  const full = field.schema.maxItems !== undefined && items.length >= field.schema.maxItems;
  return (
    <fieldset className="field-list" aria-labelledby={id}>
      <Input.Label component="div" id={id}>
        {label}
      </Input.Label>
      {help && <Input.Description>{help}</Input.Description>}
      {error && <Input.Error>{error}</Input.Error>}
      {field.name === "rows" && <Fill add={(row) => set([...items, row])} />}
      {items.length > 0 && (
        <ol className="entries" data-kind={field.name}>
          {items.map((_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place; it has no name of its own
            <li key={i}>
              <div className="entry-fields">
                <FieldRow field={{ ...item, name: field.name }} path={join(path, i)} />
              </div>
              <Order
                what={t("form.entry", { number: i + 1 })}
                up={i > 0 ? () => set(moved(items, i, -1)) : undefined}
                down={i < items.length - 1 ? () => set(moved(items, i, 1)) : undefined}
                drop={() => set(without(items, i))}
              />
            </li>
          ))}
        </ol>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} />}
        disabled={full}
        onClick={() => set([...items, freshItem(item)])}
        aria-label={t("form.addWhat", { label })}
      >
        {t("form.add")}
      </Button>
    </fieldset>
  );
}

/** Fill adds the usual hours (TM-9). */
function Fill({ add }: { add(row: object): void }) {
  const { t } = useTranslation("console");
  const [when, chooseHours] = useState<Hours>("workDay");
  const [on, chooseDays] = useState<Days>("weekdays");
  return (
    <div className="fill">
      <Select
        aria-label={t("rows.fill")}
        data={(Object.keys(hours) as Hours[]).map((name) => ({ value: name, label: t(`rows.${name}`) }))}
        value={when}
        onChange={(next) => chooseHours(next as Hours)}
        allowDeselect={false}
      />
      <Select
        aria-label={t("rows.days")}
        data={(Object.keys(days) as Days[]).map((name) => ({ value: name, label: t(`rows.${name}`) }))}
        value={on}
        onChange={(next) => chooseDays(next as Days)}
        allowDeselect={false}
      />
      <Button variant="light" onClick={() => add(rowOf(when, on))}>
        {t("rows.fill")}
      </Button>
    </div>
  );
}
