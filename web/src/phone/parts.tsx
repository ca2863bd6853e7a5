import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Line } from "../live/picture.ts";
import { clock, short } from "../ui/format.ts";
import { useDesk, useSeconds } from "./context.ts";
import { readable } from "./number.ts";

/** Elapsed runs up from a moment. */
export function Elapsed({ since, full = false }: { since: string; full?: boolean }) {
  const seconds = useSeconds(since);
  return <span className="num">{full ? clock(seconds) : short(seconds)}</span>;
}

/** Passed is what the number that was called passes to the agent's screen (IV-7): a text and a parameter. */
export function Passed({ line }: { line: Line }) {
  const passed = [line.menu_text, line.menu_data].filter(Boolean).join(": ");
  return passed ? <p>{passed}</p> : null;
}

/** DialNumber is a telephone number that dials on click (SP-6). */
export function DialNumber({ number, children }: { number: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const { calls } = useDesk();
  const shown = readable(number);
  if (!/\d/.test(number)) return <>{children ?? shown}</>;
  return (
    <button
      type="button"
      className="textlink num"
      title={t("phone.dialNumber", { number: shown })}
      onClick={() => calls.dial(number)}
    >
      {children ?? shown}
    </button>
  );
}
