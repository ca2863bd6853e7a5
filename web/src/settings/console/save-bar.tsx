import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Kbd } from "../../ui/parts.tsx";
import type { RecordForm } from "../form/use-record-form.ts";
import { Wrong } from "./wrong.tsx";

interface Props {
  form: RecordForm;
  /** What a change does to live calls. */
  effect: string;
  saving: boolean;
  word: string;
  /** Goes on without a change, where something follows. */
  next?: (() => void) | undefined;
  children?: ReactNode;
}

/** SaveBar says what saving would do, and saves. */
export function SaveBar({ form, effect, saving, word, next, children }: Props) {
  const { t } = useTranslation("console");
  const wrong = form.faults.size > 0;
  return (
    <>
      {wrong ? (
        <Wrong count={form.faults.size} />
      ) : (
        <p className="form-effect">
          {form.changed === 0 ? (
            t("form.unchanged")
          ) : (
            <>
              <strong>{t("form.changed", { count: form.changed })}.</strong> {effect}
            </>
          )}
        </p>
      )}
      {form.changed > 0 && (
        <Button variant="subtle" color="gray" onClick={() => form.undo()}>
          {t("form.discard")}
        </Button>
      )}
      {children}
      {next && form.changed === 0 ? (
        <Button onClick={next}>{t("wizard.next")}</Button>
      ) : (
        <Button
          type="submit"
          loading={saving}
          disabled={form.changed === 0}
          rightSection={<Kbd>{t("form.saveHint")}</Kbd>}
        >
          {word}
        </Button>
      )}
    </>
  );
}
