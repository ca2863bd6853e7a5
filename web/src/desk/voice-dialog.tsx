import { Button, Checkbox, Modal, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { connectVoice, saveVoice } from "../api/commands.ts";
import { words } from "../api/problem.ts";
import { voiceQuery } from "../api/queries.ts";
import type { VoiceChoice, VoiceTicket } from "../api/types.ts";
import { useStore } from "../live/use-store.ts";
import { useDesk, useLive } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { timeOfDay } from "../ui/format.ts";
import { Note } from "../ui/parts.tsx";
import { view } from "./view.ts";

/** VoiceDialog is where a person chooses how the voice comes (VC-1 to VC-4). */
export default function VoiceDialog() {
  const { t } = useTranslation();
  const { voiceDialog } = useStore(view);
  const { data: options } = useQuery(voiceQuery);
  return (
    <Modal
      opened={voiceDialog}
      onClose={() => view.chooseVoice(false)}
      title={t("voice.title")}
      closeButtonProps={{ "aria-label": t("voice.close") }}
      centered
    >
      {options && <Choice saved={options.default} />}
    </Modal>
  );
}

const modes = ["web", "call_me", "call_in"] as const;

function Choice({ saved }: { saved: VoiceChoice | undefined }) {
  const { t } = useTranslation();
  const { voice } = useDesk();
  const queries = useQueryClient();
  const now = useLive((live) => live.me.voice);
  const elsewhere = useLive((live) => live.me.station_tab) !== undefined;
  const [mode, setMode] = useState<VoiceChoice["mode"]>(now?.mode ?? saved?.mode ?? "web");
  const [number, setNumber] = useState(saved?.number ?? now?.number ?? "");
  const [persistent, setPersistent] = useState(saved?.persistent ?? now?.persistent ?? false);
  const [save, setSave] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState("");
  const [ticket, setTicket] = useState<VoiceTicket>();
  const up = now?.path === "up";
  useEffect(() => {
    if (ticket && up) view.chooseVoice(false);
  }, [ticket, up]);
  const choice: VoiceChoice = {
    mode,
    persistent: mode === "call_in" || persistent,
    ...(mode === "call_me" ? { number } : {}),
  };
  const connect = async () => {
    setBusy(true);
    setRefusal("");
    try {
      if (save) {
        await saveVoice(choice);
        await queries.invalidateQueries({ queryKey: voiceQuery.queryKey });
      }
      if (mode === "web") {
        voice.stay(persistent);
        voice.signal({ kind: "start", takeover: elsewhere });
        view.chooseVoice(false);
        return;
      }
      voice.signal({ kind: "stop" });
      const got = await connectVoice(choice);
      if (mode === "call_in") setTicket(got);
      else view.chooseVoice(false);
    } catch (error) {
      setRefusal(words(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="voice-choice"
      onSubmit={(event) => {
        event.preventDefault();
        void connect();
      }}
    >
      <SegmentedControl
        fullWidth
        aria-label={t("voice.title")}
        value={mode}
        onChange={(value) => {
          setMode(value);
          setTicket(undefined);
        }}
        data={modes.map((value) => ({ value, label: t(`voice.mode.${value}`) }))}
      />
      <p>{t(`voice.about.${mode}`)}</p>
      {mode === "call_me" && (
        <TextInput
          label={t("voice.number")}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          maxLength={50}
          inputMode="tel"
          required
        />
      )}
      {mode !== "call_in" && (
        <Switch
          label={t("voice.persistent")}
          description={t("voice.persistentHelp")}
          checked={persistent}
          onChange={(event) => setPersistent(event.currentTarget.checked)}
        />
      )}
      <Checkbox label={t("voice.save")} checked={save} onChange={(event) => setSave(event.currentTarget.checked)} />
      {refusal && <Note tone="red">{refusal}</Note>}
      {ticket && <Ticket ticket={ticket} />}
      <Button type="submit" loading={busy}>
        {t(ticket ? "voice.newPin" : mode === "web" ? "start.start" : "voice.connect")}
      </Button>
    </form>
  );
}

/** Ticket is what a person keys who dials in. */
function Ticket({ ticket }: { ticket: VoiceTicket }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className="voice-ticket" aria-live="polite">
        <dt>{t("voice.dial")}</dt>
        <dd className="num">{ticket.dial_in_numbers.map(readable).join(", ")}</dd>
        <dt>{t("voice.agentId")}</dt>
        <dd className="num">{ticket.agent_id} #</dd>
        <dt>{t("voice.pin")}</dt>
        <dd className="num">{ticket.pin}</dd>
      </dl>
      {ticket.locked_until ? (
        <Note tone="orange">{t("voice.locked", { at: timeOfDay(ticket.locked_until) })}</Note>
      ) : (
        ticket.valid_until && <p>{t("voice.valid", { at: timeOfDay(ticket.valid_until) })}</p>
      )}
    </>
  );
}
