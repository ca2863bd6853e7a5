import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { VoiceMailbox } from "../api/types.ts";
import { useLive } from "../phone/context.ts";
import type { VoicemailSearch } from "./search.ts";

interface Props {
  boxes: readonly VoiceMailbox[];
  search: VoicemailSearch;
  go(next: VoicemailSearch): void;
}

/** Boxes is the list of mailboxes with how many messages nobody has heard yet; the counts are live (VM-11). */
export function Boxes({ boxes, search, go }: Props) {
  const { t } = useTranslation();
  const live = useLive((picture) => picture.mailboxes) ?? [];
  const fresh = search.fresh ? { fresh: true as const } : {};
  return (
    <nav className="voicemail-boxes" aria-label={t("voicemail.mailboxes")}>
      <p className="pane-title" aria-hidden="true">
        {t("rail.voicemail")}
      </p>
      <button type="button" aria-current={search.box === undefined} onClick={() => go(fresh)}>
        <span>{t("voicemail.all")}</span>
      </button>
      {boxes.map((box) => {
        const unheard = live.find((one) => one.id === box.id)?.unheard ?? box.new;
        return (
          <button
            type="button"
            key={box.id}
            aria-current={search.box === box.id}
            onClick={() => go({ ...fresh, box: box.id })}
          >
            <span>{box.name}</span>
            {unheard > 0 && (
              <span className="voicemail-count num">
                <span aria-hidden="true">{unheard}</span>
                <span className="sr">{t("voicemail.unheard", { count: unheard })}</span>
              </span>
            )}
          </button>
        );
      })}
      <Checkbox
        label={t("voicemail.onlyNew")}
        checked={search.fresh === true}
        onChange={(event) => {
          const { fresh: _, ...rest } = search;
          go(event.currentTarget.checked ? { ...rest, fresh: true } : rest);
        }}
      />
    </nav>
  );
}
