import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { say } from "../../i18n/in-call.ts";
import { outsidersOnly, stayingIn } from "../../live/in-call.ts";
import { useDesk, useLive, useLost, usePending } from "../../phone/context.ts";
import { Note } from "../../ui/parts.tsx";
import { endForAll, leaveCall } from "./commands.ts";
import { nameOf } from "./participants.tsx";
import "./in-call.css";

/** Leave asks who hangs up on two or more others whether they stay with each other (TR-6). */
export default function Leave({ call }: { call: string }) {
  const { calls } = useDesk();
  const lines = useLive((live) => live.me.lines) ?? [];
  const [refusal, setRefusal] = useState("");
  const lost = useLost();
  const leaving = usePending("leave");
  const ending = usePending("end");
  const alone = outsidersOnly(lines, call);
  const close = () => calls.ask(undefined);
  const run = (name: "leave" | "end", task: () => Promise<unknown>) => {
    setRefusal("");
    void calls.run(name, task, setRefusal).then((taken) => taken && close());
  };
  return (
    <Modal opened onClose={close} title={say("leaveTitle")} closeButtonProps={{ "aria-label": say("close") }} centered>
      <div className="leave">
        <p>{say("leaveText")}</p>
        <ul>
          {stayingIn(lines, call).map((one) => (
            <li key={one.key}>{nameOf(one)}</li>
          ))}
        </ul>
        {alone && <Note tone="orange">{say("leaveOutside")}</Note>}
        {refusal && <Note tone="red">{refusal}</Note>}
        <Button
          data-autofocus
          loading={leaving}
          disabled={lost || ending}
          onClick={() => run("leave", () => leaveCall(call, alone))}
        >
          {say("leave")}
        </Button>
        <Button
          color="var(--red-fill)"
          loading={ending}
          disabled={lost || leaving}
          onClick={() => run("end", () => endForAll(call))}
        >
          {say("endForAll")}
        </Button>
        <Button variant="subtle" color="gray" onClick={close}>
          {say("stay")}
        </Button>
      </div>
    </Modal>
  );
}
