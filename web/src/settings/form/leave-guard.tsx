import { Button, Group, Modal, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";

/** useLeaveGuard asks before what was typed is lost; pass lets the next way out be free. */
export function useLeaveGuard(unsaved: boolean): { guard: ReactNode; pass(): void } {
  const { t } = useTranslation("console");
  const free = useRef(false);
  const asks = () => unsaved && !free.current;
  const blocker = useBlocker({ shouldBlockFn: asks, enableBeforeUnload: asks, withResolver: true });
  const guard = (
    <Modal
      opened={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("form.leaveTitle")}
      closeButtonProps={{ "aria-label": t("form.close") }}
    >
      <Text>{t("form.leaveText")}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t("form.leave")}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t("form.stay")}
        </Button>
      </Group>
    </Modal>
  );
  return {
    guard,
    pass() {
      free.current = true;
    },
  };
}
