import { Button } from "@mantine/core";
import { IconLock, IconShieldQuestion } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answerOverride, unlockDialing } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import type { Lock, Override } from "../live/picture.ts";
import { useDesk, useLive, useSeconds } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { short } from "../ui/format.ts";

/** Requests stands on every page of a supervisor: who wants to make a call that the class does not allow (CS-5), and whose
 * calls are locked (BX-15). */
export function Requests() {
  const { t } = useTranslation();
  const { role } = useDesk().session;
  const own = useLive((live) => live.me.agent);
  const overrides = useLive((live) => live.overrides) ?? [];
  const locks = useLive((live) => live.locks) ?? [];
  const open = overrides.filter((override) => override.state === "requested" && override.agent !== own);
  if (open.length === 0 && locks.length === 0) return null;
  return (
    <section className="requests" aria-label={t("permission.requests")} aria-live="assertive">
      {open.map((override) => (
        <Request key={override.id} override={override} />
      ))}
      {locks.map((lock) => (
        <Locked key={lock.agent} lock={lock} mayUnlock={role === "admin"} />
      ))}
    </section>
  );
}

function Request({ override }: { override: Override }) {
  const { t } = useTranslation();
  const left = short(useSeconds(override.until, "until"));
  const answer = useMutation({ mutationFn: (how: "approve" | "deny") => answerOverride(override.id, how) });
  return (
    <div className="request">
      <IconShieldQuestion size={20} stroke={1.8} aria-hidden="true" />
      <div className="request-text">
        <strong>{t("permission.wants", { name: override.agent_name, number: readable(override.number) })}</strong>
        <span>{[override.why, override.note].filter(Boolean).join(" · ")}</span>
        {answer.error && <span role="alert">{words(answer.error)}</span>}
      </div>
      <span className="num">{t("permission.left", { left })}</span>
      <Button size="compact-md" loading={answer.isPending} onClick={() => answer.mutate("approve")}>
        {t("permission.allow")}
      </Button>
      <Button size="compact-md" variant="default" disabled={answer.isPending} onClick={() => answer.mutate("deny")}>
        {t("permission.deny")}
      </Button>
    </div>
  );
}

function Locked({ lock, mayUnlock }: { lock: Lock; mayUnlock: boolean }) {
  const { t } = useTranslation();
  const unlock = useMutation({ mutationFn: () => unlockDialing(lock.agent) });
  return (
    <div className="request">
      <IconLock size={20} stroke={1.8} aria-hidden="true" />
      <div className="request-text">
        <strong>{t("permission.locked", { name: lock.name, why: lock.why })}</strong>
        {unlock.error && <span role="alert">{words(unlock.error)}</span>}
      </div>
      {mayUnlock && (
        <Button size="compact-md" loading={unlock.isPending} onClick={() => unlock.mutate()}>
          {t("permission.unlock")}
        </Button>
      )}
    </div>
  );
}
