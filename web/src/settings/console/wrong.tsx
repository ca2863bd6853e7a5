import { useTranslation } from "react-i18next";

/** Wrong says how many fields keep a form from being saved. */
export function Wrong({ count }: { count: number }) {
  const { t } = useTranslation("console");
  return (
    <p className="form-wrong" role="status">
      {count > 0 && t("form.wrong", { count })}
    </p>
  );
}
