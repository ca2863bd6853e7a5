import { Button, CopyButton, Group, Modal, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

export interface Invited {
  link: string;
  to: string;
  mailed: boolean;
  why?: string;
}

/** InviteDialog shows the link by which a user sets a password, for where no mail could be sent. */
export function InviteDialog({ invited, close }: { invited: Invited; close(): void }) {
  const { t } = useTranslation("console");
  return (
    <Modal opened onClose={close} title={t("invite.title")}>
      <Text size="sm">{invited.mailed ? t("invite.mailed", { to: invited.to }) : invited.why}</Text>
      <TextInput mt="md" label={t("invite.link")} description={t("invite.once")} value={invited.link} readOnly />
      <Group mt="md" justify="flex-end">
        <CopyButton value={invited.link}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? "invite.copied" : "invite.copy")}
            </Button>
          )}
        </CopyButton>
        <Button onClick={close}>{t("invite.close")}</Button>
      </Group>
    </Modal>
  );
}
