import type { ReactNode } from "react";
import { Logo } from "../ui/logo.tsx";
import "./session.css";

/** Door is the page before the desk: one card in the middle. */
export function Door({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-card">
        <div className="door-brand">
          <Logo size={36} />
          <span>Parley</span>
        </div>
        <h1>{title}</h1>
        <p className="door-lead">{lead}</p>
        {children}
      </div>
    </main>
  );
}
