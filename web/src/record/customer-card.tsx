import { Skeleton } from "@mantine/core";
import { IconMail, IconPhone } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { customerQuery } from "../api/queries.ts";
import type { CallRow, Customer } from "../api/types.ts";
import { readable } from "../phone/number.ts";
import { DialNumber } from "../phone/parts.tsx";
import { short, timeOfDay } from "../ui/format.ts";
import { Avatar, Section } from "../ui/parts.tsx";
import { DirectionIcon, DispositionBadge } from "./marks.tsx";
import "./record.css";

interface Of {
  customer?: string;
  number: string;
  name?: string;
}

/** CustomerCard is the screen pop: who this is and when we last spoke (CR-1). */
export function CustomerCard({ of }: { of: Of }) {
  const { t } = useTranslation();
  const { data: customer, isPending } = useQuery(customerQuery(of));
  const name = customer?.name ?? of.name ?? readable(of.number);
  return (
    <article className="customer" aria-label={t("customer.label")}>
      <header className="customer-head">
        <Avatar name={customer?.name ?? of.name ?? "#"} size={52} />
        <div>
          <h2 className="num">{name}</h2>
          <p>
            {isPending ? (
              <Skeleton height={12} width={160} />
            ) : (
              (customer?.company ?? (customer ? "" : t("customer.unknown")))
            )}
          </p>
        </div>
      </header>
      {customer ? <Known customer={customer} /> : <Unknown number={of.number} />}
    </article>
  );
}

function Unknown({ number }: { number: string }) {
  return (
    <ul className="customer-ways">
      <li>
        <IconPhone size={16} stroke={1.7} aria-hidden="true" />
        <DialNumber number={number} />
      </li>
    </ul>
  );
}

function Known({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  return (
    <>
      <ul className="customer-ways">
        {customer.phones.map((phone) => (
          <li key={phone.number}>
            <IconPhone size={16} stroke={1.7} aria-hidden="true" />
            <DialNumber number={phone.number} />
            {phone.label && <span className="customer-label">{phone.label}</span>}
          </li>
        ))}
        {customer.emails.map((email) => (
          <li key={email}>
            <IconMail size={16} stroke={1.7} aria-hidden="true" />
            <a href={`mailto:${email}`}>{email}</a>
          </li>
        ))}
      </ul>
      {customer.notes && (
        <Section title={t("customer.notes")}>
          <p className="customer-notes">{customer.notes}</p>
        </Section>
      )}
      <Section title={t("customer.lastCalls")}>
        {customer.last_calls.length === 0 ? (
          <p className="customer-none">{t("customer.noCalls")}</p>
        ) : (
          <ul className="last-calls">
            {customer.last_calls.slice(0, 6).map((row) => (
              <LastCall key={row.id} row={row} />
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

function LastCall({ row }: { row: CallRow }) {
  const { i18n } = useTranslation();
  const day = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short" }).format(
    new Date(row.created_at),
  );
  return (
    <li>
      <DirectionIcon direction={row.direction} />
      <span className="num last-when">
        {day} {timeOfDay(row.created_at)}
      </span>
      <span className="last-who">{row.agent_name ?? row.queue_name}</span>
      <span className="num last-long">{short(row.total_duration_seconds)}</span>
      <DispositionBadge row={row} />
    </li>
  );
}
