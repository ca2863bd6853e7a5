import { createContext, useContext } from "react";
import type { Recorded } from "./layout.ts";
import type { Field, Kind } from "./schema.ts";
import type { Values } from "./values.ts";

/** What the fields of a form share. */
export interface Form {
  readonly kind: Recorded;
  readonly values: Values;
  /** Words about what is wrong, by path. */
  readonly faults: ReadonlyMap<string, string>;
  set(path: string, value: unknown): void;
}

export const FormContext = createContext<Form | undefined>(undefined);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error("there is no form around this");
  return form;
}

/** Make opens a form for a new record of a kind beside the one in use, and gives its identifier when it was saved. */
export type Make = (kind: Kind, made: (id: string) => void) => void;

export const MakeContext = createContext<Make | undefined>(undefined);

/** InputProps are what each widget is given. */
export interface InputProps {
  readonly field: Field;
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  readonly error?: string;
  readonly disabled: boolean;
  readonly value: unknown;
  set(value: unknown): void;
}
