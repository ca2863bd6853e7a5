import { Button, NumberInput } from "@mantine/core";
import { IconPhoneIncoming, IconUsersPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ringMe, sendCallers } from "../api/commands.ts";
import { words } from "../api/problem.ts";

/** DemoCard lets a newcomer be called: once, or by several callers at a time. */
export default function DemoCard({ ready }: { ready: boolean }) {
  const { t } = useTranslation();
  const [count, setCount] = useState(3);
  const ring = useMutation({ mutationFn: ringMe });
  const callers = useMutation({ mutationFn: sendCallers });
  const failed = ring.error ?? callers.error;
  return (
    <section className="demo" aria-label={t("demo.label")}>
      <div className="demo-words">
        <h3>{t("demo.title")}</h3>
        <p>{t(ready ? "demo.text" : "demo.notReady")}</p>
        {failed && (
          <p className="demo-failed" role="alert">
            {words(failed)}
          </p>
        )}
      </div>
      <div className="demo-keys">
        <Button
          leftSection={<IconPhoneIncoming size={17} />}
          disabled={!ready}
          loading={ring.isPending}
          onClick={() => ring.mutate()}
        >
          {t("demo.ringMe")}
        </Button>
        <span className="demo-callers">
          <NumberInput
            size="sm"
            w={64}
            min={1}
            max={20}
            clampBehavior="strict"
            value={count}
            onChange={(value) => setCount(Number(value) || 1)}
            aria-label={t("demo.count")}
          />
          <Button
            variant="default"
            leftSection={<IconUsersPlus size={17} />}
            loading={callers.isPending}
            onClick={() => callers.mutate(count)}
          >
            {t("demo.callers")}
          </Button>
        </span>
      </div>
    </section>
  );
}
