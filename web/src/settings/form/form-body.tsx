import { useHotkeys } from "@mantine/hooks";
import { type FormEvent, type ReactNode, useRef } from "react";
import { FormContext } from "./context.ts";
import type { Field } from "./schema.ts";
import { Sections } from "./sections.tsx";
import type { RecordForm } from "./use-record-form.ts";

interface Props {
  form: RecordForm;
  fields: readonly Field[];
  label: string;
  submit(): void;
  /** What stands above the fields. */
  head?: ReactNode;
  footer: ReactNode;
}

/** FormBody is the fields of a record over a footer that stays in sight; Ctrl S does what its first button does. */
export function FormBody({ form, fields, label, submit, head, footer }: Props) {
  const place = useRef<HTMLFormElement>(null);
  const press = () => {
    const dialog = document.querySelector('[role="dialog"]');
    if (!dialog || dialog.contains(place.current)) submit();
  };
  useHotkeys([["mod+S", press]], []);
  const enter = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // a form in a dialog is, for React, inside the one that opened it
    submit();
  };
  return (
    <FormContext value={form}>
      <form className="form" ref={place} onSubmit={enter} aria-label={label} noValidate>
        <div className="form-fields">
          {head}
          <Sections fields={fields} />
        </div>
        <footer className="form-foot">{footer}</footer>
      </form>
    </FormContext>
  );
}
