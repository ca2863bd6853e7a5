import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useForm } from "./context.ts";
import { FieldRow } from "./field.tsx";
import { layouts, type Section } from "./layout.ts";
import { RetentionPreview } from "./retention-preview.tsx";
import type { Field } from "./schema.ts";

/** Sections shows the fields of a form as its kind arranges them. What the arrangement does not know comes last. */
export function Sections({ fields }: { fields: readonly Field[] }) {
  const { kind } = useForm();
  const { sections } = layouts[kind];
  const placed = sections.flatMap((section) => section.fields);
  const rest = fields.filter((field) => !placed.includes(field.name));
  return (
    <>
      {sections.map((section) => (
        <Part
          key={section.id}
          section={section}
          fields={section.fields.flatMap((name) => fields.find((field) => field.name === name) ?? [])}
        />
      ))}
      {rest.length > 0 && (
        <div className="fields">
          {rest.map((field) => (
            <FieldRow key={field.name} field={field} path={field.name} />
          ))}
        </div>
      )}
    </>
  );
}

function Part({ section, fields }: { section: Section; fields: readonly Field[] }) {
  const { t } = useTranslation("console");
  const { faults } = useForm();
  const [opened, open] = useState(section.folded !== true);
  if (fields.length === 0) return null;
  const wrong = [...faults.keys()].some((path) =>
    fields.some((field) => new RegExp(`^${field.name}([.[]|$)`).test(path)),
  );
  const shown = opened || wrong;
  return (
    <details
      className="part"
      open={shown}
      onToggle={(event) => open(event.currentTarget.open)}
      data-section={section.id}
    >
      <summary>
        <h3>{t(`section.${section.id}`)}</h3>
      </summary>
      {shown && (
        <div className="fields">
          {fields.map((field) => (
            <FieldRow key={field.name} field={field} path={field.name} />
          ))}
        </div>
      )}
      {shown && section.id === "retention" && <RetentionPreview />}
    </details>
  );
}
