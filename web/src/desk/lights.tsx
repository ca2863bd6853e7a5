import { Button, Popover, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Light } from "../live/picture.ts";
import { useStore } from "../live/use-store.ts";
import { type LightState, lights } from "../phone/checks.ts";
import { useDesk, useLive } from "../phone/context.ts";

/** Lights are the four things that must be well for calls to come and be heard (SP-3). */
export function Lights({ compact }: { compact: boolean }) {
  const { t } = useTranslation();
  const { voice, feed } = useDesk();
  const phone = useStore(voice.phone);
  const link = useStore(feed.link);
  const lastError = useStore(voice.lastError);
  const me = useLive((live) => live.me);
  return (
    <section className="lights" aria-label={t("lights.label")}>
      {lights({ phone, link, me, lastError }).map((state) => (
        <OneLight key={state.name} state={state} compact={compact} roundTrip={link.roundTrip} />
      ))}
    </section>
  );
}

interface Props {
  state: LightState;
  compact: boolean;
  roundTrip: number | undefined;
}

function OneLight({ state, compact, roundTrip }: Props) {
  const { t } = useTranslation();
  const { voice, feed } = useDesk();
  const name = t(`lights.${state.name}`);
  const retry = () => {
    feed.retry();
    if (state.name === "voice" || state.name === "routing") voice.signal({ kind: "start", takeover: false });
  };
  return (
    <Popover width={264} position="top-end" shadow="md" withinPortal={false}>
      <Popover.Target>
        <UnstyledButton className="light-button" title={`${name}: ${t(`lights.${state.light}`)}`}>
          <Lamp light={state.light} />
          <span className={compact ? "sr" : ""}>{name}</span>
          <span className="sr">{t(`lights.${state.light}`)}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className="light-card">
        <strong>
          <Lamp light={state.light} /> {name} · {t(`lights.${state.light}`)}
        </strong>
        <p>{t(`lights.${state.says}`)}</p>
        {state.detail && <p className="light-detail">{state.detail}</p>}
        {state.name === "pbx" && roundTrip !== undefined && (
          <p className="num">{t("lights.roundTrip", { count: roundTrip })}</p>
        )}
        {state.light !== "green" && (
          <Button size="xs" variant="light" onClick={retry}>
            {t("lights.retry")}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Lamp has a shape for each colour, so that the colour need not be seen. */
function Lamp({ light }: { light: Light }) {
  return (
    <svg className="light" data-light={light} viewBox="0 0 10 10" aria-hidden="true">
      {light === "green" && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
      {light === "amber" && <path d="M5 0.4 9.6 9.2H0.4Z" fill="currentColor" />}
      {light === "red" && <circle cx="5" cy="5" r="3.7" fill="none" stroke="currentColor" strokeWidth="1.8" />}
    </svg>
  );
}
