import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { IconShoppingCart } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Note } from "../../ui/parts.tsx";

/** BuyNumbers shows what numbers will be searched by, and why that has to wait: no carrier is connected (PN-4 to PN-6). */
export function BuyNumbers() {
  const { t } = useTranslation("console");
  const [open, opens] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconShoppingCart size={16} />} onClick={() => opens(true)}>
        {t("buy.title")}
      </Button>
      <Modal
        opened={open}
        onClose={() => opens(false)}
        title={t("buy.title")}
        closeButtonProps={{ "aria-label": t("form.close") }}
      >
        <Note>{t("buy.waits")}</Note>
        {(["country", "kind", "area", "contains", "address"] as const).map((name) => (
          <TextInput key={name} mt="sm" disabled label={t(`buy.${name}`)} />
        ))}
        <Group mt="sm">
          <Checkbox disabled label={t("number.voice")} />
          <Checkbox disabled label={t("number.sms")} />
        </Group>
        <Group mt="md" justify="flex-end">
          <Button disabled>{t("buy.search")}</Button>
        </Group>
      </Modal>
    </>
  );
}
