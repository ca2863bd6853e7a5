import { useTranslation } from "react-i18next";
import type { Status } from "../live/picture.ts";
import { StatusMark } from "../live/status-mark.tsx";
import { useLive } from "../phone/context.ts";

const order: readonly Status[] = ["available", "on_call", "wrap_up", "unavailable", "offline"];

/** Totals count the people by status, each once however many queues they serve. */
export function Totals() {
  const { t } = useTranslation();
  const agents = useLive((live) => live.agents) ?? [];
  return (
    <ul className="totals">
      {order.map((status) => (
        <li key={status}>
          <StatusMark status={status} />
          <strong className="num">{agents.filter((agent) => agent.status === status).length}</strong>
          <span>{t(`status.${status}`)}</span>
        </li>
      ))}
    </ul>
  );
}
