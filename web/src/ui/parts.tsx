import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCopy, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { initials } from "./format.ts";

/** Kbd shows the key that does the same. */
export function Kbd({ children }: { children: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {children}
    </span>
  );
}

/** Avatar stands for a person by a picture, or by initials. */
export function Avatar({ name, size = 32, image }: { name: string; size?: number; image?: string | undefined }) {
  if (image) return <img className="avatar" src={image} width={size} height={size} alt="" />;
  return (
    <span
      className="avatar"
      style={{ width: size, height: size, fontSize: size * 0.38 }}
      data-initials={initials(name)}
      aria-hidden="true"
    />
  );
}

export type Tone = "plain" | "green" | "red" | "orange" | "accent";

/** Badge is one word with a tone. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}

/** Empty says what will be here and offers the first step. */
export function Empty({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      {icon}
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** Note is a sentence a person should see. */
export function Note({ tone = "plain", title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  const Icon = tone === "plain" ? IconInfoCircle : tone === "green" ? IconCheck : IconAlertTriangle;
  return (
    <div className="note" data-tone={tone} role={tone === "red" ? "alert" : undefined}>
      <Icon size={18} stroke={1.8} aria-hidden="true" />
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

/** Section is a titled part of a list or a page. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="section" aria-label={title}>
      <h2 className="section-title">
        <span>{title}</span>
        {aside}
      </h2>
      {children}
    </section>
  );
}

/** Copy puts a value on the clipboard. */
export function Copy({ value, label, done }: { value: string; label: string; done: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? done : label}>
          <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={label}>
            {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** Countdown is a ring that empties; `part` is what is left, 0 to 1. */
export function Countdown({ part, size = 28 }: { part: number; size?: number }) {
  const radius = size / 2 - 2;
  const round = 2 * Math.PI * radius;
  return (
    <svg className="countdown" width={size} height={size} aria-hidden="true">
      <circle cx={size / 2} cy={size / 2} r={radius} className="countdown-track" />
      <circle
        cx={size / 2}
        cy={size / 2}
        r={radius}
        className="countdown-left"
        strokeDasharray={round}
        strokeDashoffset={round * (1 - Math.min(1, Math.max(0, part)))}
      />
    </svg>
  );
}
