import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { words } from "../../api/problem.ts";
import type { Lead } from "../../api/types.ts";
import { say } from "../../i18n/in-call.ts";
import { useDesk, useLive, useLost, usePending } from "../../phone/context.ts";
import { readable } from "../../phone/number.ts";
import { Note } from "../../ui/parts.tsx";
import { campaignsQuery, convert, leadsQuery } from "./commands.ts";

/** Convert lets the call count for a lead of a campaign, who is looked for by number (OB-14); the call goes on as it was. */
export function Convert({ call, close }: { call: string; close(): void }) {
  const { calls } = useDesk();
  const line = useLive((live) => live.me.lines.find((one) => one.call === call));
  const [number, setNumber] = useState(line?.number ?? "");
  const [asked, ask] = useState(number);
  const [campaign, setCampaign] = useState("");
  const [picked, pick] = useState("");
  const [refusal, setRefusal] = useState("");
  const lost = useLost();
  const pending = usePending("bring");
  const campaigns = useQuery(campaignsQuery);
  const leads = useQuery({ ...leadsQuery(asked, campaign), enabled: asked !== "" });
  const there = leads.data?.some(({ id }) => id === picked) === true;
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() === asked) void leads.refetch();
    ask(number.trim());
  };
  const submit = () => {
    setRefusal("");
    void calls.run("bring", () => convert(call, picked), setRefusal).then((taken) => taken && close());
  };
  const failed = campaigns.error ?? leads.error;
  return (
    <>
      <form className="picker-search" onSubmit={search}>
        <TextInput
          label={say("leadNumber")}
          value={number}
          inputMode="tel"
          autoComplete="off"
          maxLength={50}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <NativeSelect
          label={say("campaign")}
          value={campaign}
          data={[
            { value: "", label: say("allCampaigns") },
            ...(campaigns.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => setCampaign(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={number.trim() === ""}>
          {say("findLeads")}
        </Button>
      </form>
      {failed ? <Note tone="red">{words(failed)}</Note> : <Leads leads={leads.data} picked={picked} pick={pick} />}
      {refusal && <Note tone="red">{refusal}</Note>}
      <Button onClick={submit} loading={pending} disabled={!there || lost}>
        {say("do_convert")}
      </Button>
    </>
  );
}

function Leads(props: { leads: readonly Lead[] | undefined; picked: string; pick(id: string): void }) {
  const { leads, picked, pick } = props;
  return (
    <fieldset className="picker-rows">
      <legend className="sr">{say("leads")}</legend>
      {leads?.map((lead) => (
        <label key={lead.id} data-off={lead.status === "dnc" || undefined}>
          <input
            type="radio"
            name="lead"
            disabled={lead.status === "dnc"}
            checked={picked === lead.id}
            onChange={() => pick(lead.id)}
          />
          <span className="picker-name">{lead.name}</span>
          <span className="picker-detail num">
            {[lead.campaign_name, lead.list_name, readable(lead.phones[0]?.number ?? ""), say(`lead_${lead.status}`)]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </label>
      ))}
      {leads?.length === 0 && <p>{say("noLeads")}</p>}
    </fieldset>
  );
}
