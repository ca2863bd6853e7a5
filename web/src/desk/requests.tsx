import { Button } from "@mantine/core";
import { IconHelpHexagon, IconLock, IconShieldQuestion } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answerOverride, unlockDialing } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { beginWatch, modes } from "../api/watch.ts";
import { say } from "../i18n/watch.ts";
import type { Help, Lock, Override } from "../live/picture.ts";
import { useDesk, useLive, useSeconds } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { Elapsed } from "../phone/parts.tsx";
import { short } from "../ui/format.ts";

/** Requests stands on every page of a supervisor: who asks for help in a call (AS-1), who wants to make one that the class
 * does not allow (CS-5), and whose calls are locked (BX-15). */
export function Requests() {
  const { t } = useTranslation();
  const { role } = useDesk().session;
  const own = useLive((live) => live.me.agent);
  const overrides = useLive((live) => live.overrides) ?? [];
  const locks = useLive((live) => live.locks) ?? [];
  const open = overrides.filter((override) => override.state === "requested" && override.agent !== own);
  const helps = useLive((live) => live.helps) ?? [];
  if (open.length === 0 && locks.length === 0 && helps.length === 0) return null;
  return (
    <section className="requests" aria-label={t("permission.requests")} aria-live="assertive">
      {helps.map((help) => (
        <Asked key={help.call} help={help} />
      ))}
      {open.map((override) => (
        <Request key={override.id} override={override} />
      ))}
      {locks.map((lock) => (
        <Locked key={lock.agent} lock={lock} mayUnlock={role === "admin"} />
      ))}
    </section>
  );
}

/** Asked is an agent's request for help; the first who comes, in whichever way, has accepted it. */
function Asked({ help }: { help: Help }) {
  const come = useMutation({ mutationFn: (mode: (typeof modes)[number]) => beginWatch(help.agent, mode) });
  const customer = help.name || readable(help.number);
  return (
    <div className="request">
      <IconHelpHexagon size={20} stroke={1.8} aria-hidden="true" />
      <div className="request-text">
        <strong>{say("asks", { name: help.agent_name })}</strong>
        <span>{[help.note, say("callWith", { customer }), help.queue_name].filter(Boolean).join(" · ")}</span>
        {come.error && <span role="alert">{words(come.error)}</span>}
      </div>
      <span className="num">
        {say("asked")} <Elapsed since={help.since} />
        {" · "}
        {say("talking")} <Elapsed since={help.talking} />
      </span>
      {modes.map((mode) => (
        <Button
          key={mode}
          size="compact-md"
          variant={mode === "coach" ? "filled" : "default"}
          loading={come.isPending && come.variables === mode}
          disabled={come.isPending || come.isSuccess}
          onClick={() => come.mutate(mode)}
        >
          {say(mode)}
        </Button>
      ))}
    </div>
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
