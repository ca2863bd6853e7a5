import type { Status } from "./picture.ts";

interface Props {
  status: Status;
  size?: number;
  /** That of a custom status (MN-12); undefined: the status's own. */
  colour?: string | undefined;
}

/** StatusMark is the shape of a status; the colour comes with it, a word must stand beside it. */
export function StatusMark({ status, size = 14, colour: color }: Props) {
  return (
    <svg
      className="status-mark"
      data-status={status}
      style={{ color }}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {shapes[status]}
    </svg>
  );
}

const cut = { fill: "none", stroke: "var(--cut, #fff)", strokeWidth: 2, strokeLinecap: "round" } as const;

const shapes = {
  available: (
    <>
      <circle cx="8" cy="8" r="7.5" fill="currentColor" />
      <path d="M4.8 8.2l2.3 2.2 4.1-4.6" {...cut} strokeLinejoin="round" />
    </>
  ),
  unavailable: (
    <>
      <circle cx="8" cy="8" r="7.5" fill="currentColor" />
      <path d="M4.8 8h6.4" {...cut} />
    </>
  ),
  on_call: (
    <>
      <rect x="0.5" y="0.5" width="15" height="15" rx="4.5" fill="currentColor" />
      <path d="M4.5 6.2v3.6M8 4.6v6.8M11.5 6.2v3.6" {...cut} />
    </>
  ),
  wrap_up: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 8V2.8A5.2 5.2 0 0 1 8 13.2Z" fill="currentColor" />
    </>
  ),
  offline: <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="2.2" />,
} satisfies Record<Status, React.ReactNode>;
