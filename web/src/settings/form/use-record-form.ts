import { useState } from "react";
import { Problem } from "../../api/problem.ts";
import type { Refusal } from "../records.ts";
import { check } from "./check.ts";
import type { Form } from "./context.ts";
import type { Recorded } from "./layout.ts";
import type { Field } from "./schema.ts";
import { changes, type Values, whole, write } from "./values.ts";
import { faultWords } from "./words.ts";

export interface RecordForm extends Form {
  /** How many fields differ from what is stored. */
  readonly changed: number;
  /** Gives what to send, or nothing when a field is wrong, which is then shown. */
  ready(): unknown;
  /** Shows what the server refused; false when it named no field. */
  refused(error: unknown): boolean;
  /** Begins anew from these values. */
  restart(values: Values): void;
  /** Gives up what was typed. */
  undo(): void;
  /** Puts other values into the form without calling them stored. */
  take(values: Values): void;
}

/** useRecordForm keeps what is typed until it is saved or given up. */
export function useRecordForm(kind: Recorded, fields: readonly Field[], stored: Values): RecordForm {
  const [base, setBase] = useState(stored);
  const [values, setValues] = useState(stored);
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map());
  return {
    kind,
    values,
    faults,
    changed: changes(fields, base, values).length,
    set(path, value) {
      setValues((now) => write(now, path, value));
      setFaults((now) => new Map([...now].filter(([at]) => !at.startsWith(path))));
    },
    ready() {
      const found = check(fields, values);
      setFaults(new Map(found.map((fault) => [fault.path, faultWords(fault)])));
      if (found.length > 0) return toField(found[0]?.path);
      return whole(fields, values);
    },
    refused(error) {
      const named = fieldFaults(error);
      setFaults(named);
      toField([...named.keys()][0]);
      return named.size > 0;
    },
    restart(next) {
      setBase(next);
      setValues(next);
      setFaults(new Map());
    },
    undo() {
      setValues(base);
      setFaults(new Map());
    },
    take: setValues,
  };
}

/** fieldFaults finds which fields a refusal names. */
export function fieldFaults(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof Problem)) return new Map();
  const { errors = [] } = (error.document ?? {}) as Refusal;
  return new Map(
    errors.flatMap(({ location = "", message = "" }) => {
      const path = /^body\.fields\.(.+)$/.exec(location)?.[1];
      return path === undefined ? [] : [[path, sentence(message)] as const];
    }),
  );
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, ".");

/** toField moves to a field once its fault is shown. */
function toField(path: string | undefined): undefined {
  if (path === undefined) return;
  requestAnimationFrame(() => {
    const place = [...document.querySelectorAll<HTMLElement>("[data-path]")].findLast((one) =>
      path.startsWith(one.dataset.path ?? "?"),
    );
    place?.querySelector<HTMLElement>("input:not([type=hidden]), textarea, button")?.focus();
    place?.scrollIntoView({ block: "center" });
  });
}
