import { useTranslation } from "react-i18next";
import type { Recorded } from "../form/layout.ts";
import { Shown } from "../form/shown.tsx";
import type { Change } from "../form/values.ts";
import { pathLabel } from "../form/words.ts";

interface Props {
  kind: Recorded;
  changes: readonly Change[];
  before: string;
  after: string;
  label: string;
}

/** Compare shows two versions side by side, only where they differ. */
export function Compare({ kind, changes, before, after, label }: Props) {
  const { t } = useTranslation("console");
  return (
    <table className="compare" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("draft.field")}</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ path, field, before: old, after: next }) => (
          <tr key={path}>
            <th scope="row">{pathLabel(kind, path)}</th>
            <td>
              <Shown kind={kind} field={field} value={old} whole />
            </td>
            <td>
              <Shown kind={kind} field={field} value={next} whole />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
