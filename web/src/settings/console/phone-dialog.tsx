import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Copy } from "../../ui/parts.tsx";

export interface SignIn {
  username: string;
  password: string;
  domain: string;
  server: string;
}

/** PhoneDialog shows what to enter in a desk phone of an agent. */
export function PhoneDialog({ signIn, close }: { signIn: SignIn; close(): void }) {
  const { t } = useTranslation("console");
  const { t: own } = useTranslation();
  return (
    <Modal opened onClose={close} title={t("phone.title")} closeButtonProps={{ "aria-label": t("form.close") }}>
      <Text size="sm">{t("phone.text")}</Text>
      <ul className="credentials">
        {(["username", "password", "domain", "server"] as const).map((name) => (
          <li key={name}>
            <span>{own(`deskPhone.${name}`)}</span>
            <strong className="num">{signIn[name]}</strong>
            <Copy
              value={signIn[name]}
              label={own("deskPhone.copy", { what: own(`deskPhone.${name}`) })}
              done={own("deskPhone.copied")}
            />
          </li>
        ))}
      </ul>
      <Text size="sm">{t("phone.later")}</Text>
      <Group mt="md" justify="flex-end">
        <Button onClick={close}>{t("form.close")}</Button>
      </Group>
    </Modal>
  );
}
