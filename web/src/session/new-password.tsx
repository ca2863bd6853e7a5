import { PasswordInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import "../i18n/setup.ts";

/** NewPassword is where somebody who is not signed in yet chooses a password. */
export function NewPassword({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      name="password"
      size="md"
      label={t("setup.password")}
      description={t("setup.passwordHelp")}
      autoComplete="new-password"
      minLength={12}
      required
      autoFocus={autoFocus}
    />
  );
}
