import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { words } from "../api/problem.ts";
import { removeTag, type Tagged, tagsQuery } from "../api/tags.ts";
import type { Tag } from "../api/types.ts";
import { dayAndTime } from "../ui/moment.ts";
import { Note, Section } from "../ui/parts.tsx";
import { ofPlace } from "./tag.ts";
import type { Written } from "./tag-form.tsx";
import "../i18n/tags.ts";
import "./tags.css";

const TagForm = lazy(() => import("./tag-form.tsx"));

/** Tell is told each change in a sentence. */
type Tell = (sentence: string) => void;

/** Tags are those of a call, or of one of its recordings, with what changes them (RC-7). It is loaded only where it is shown:
 * lazy(() => import("../record/tags.tsx")). */
export default function Tags({ tell, ...place }: Tagged & { tell?: Tell }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(tagsQuery(place.call));
  const [written, write] = useState<Written>();
  const tags = ofPlace(data ?? [], place.recording);
  return (
    <Section title={t(place.recording === undefined ? "tags.title" : "tags.ofRecording")}>
      {error && <Note tone="red">{words(error)}</Note>}
      <div className="tags">
        {tags.length > 0 && (
          <ul>
            {tags.map((tag) => (
              <One key={tag.key} place={place} tag={tag} change={() => write(tag)} tell={tell} />
            ))}
          </ul>
        )}
        {data && !written && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => write({ key: "", value: "" })}
          >
            {t("tags.add")}
          </Button>
        )}
      </div>
      {written && (
        <Suspense>
          <TagForm
            key={written.key}
            place={place}
            tag={written}
            saved={(key) => tell?.(t("tags.saved", { tag: key }))}
            close={() => write(undefined)}
          />
        </Suspense>
      )}
    </Section>
  );
}

interface OneProps {
  place: Tagged;
  tag: Tag;
  change(): void;
  tell: Tell | undefined;
}

function One({ place, tag, change, tell }: OneProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeTag(place, tag.key),
    onSuccess: () => tell?.(t("tags.removed", { tag: tag.key })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["call", place.call] }),
  });
  const time = dayAndTime(tag.at);
  const by = tag.user ? t("tags.by", { name: tag.user_name ?? "", time }) : t("tags.byQueue", { time });
  const read = wordsOf(tag, t("tags.isNot", { key: tag.key }));
  return (
    <li className="tag" title={by}>
      <button type="button" onClick={change} aria-label={t("tags.change", { tag: read })}>
        {read}
      </button>
      {tag.type === "link" && (
        <a href={tag.value} target="_blank" rel="noreferrer">
          {tag.value}
        </a>
      )}
      <ActionIcon
        variant="transparent"
        color="gray"
        size={24}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
        aria-label={t("tags.remove", { tag: tag.key })}
      >
        <IconX size={13} />
      </ActionIcon>
      {remove.error && <Note tone="red">{words(remove.error)}</Note>}
    </li>
  );
}

/** wordsOf is how a tag reads; the address of a link stands beside it. */
function wordsOf({ key, type, value }: Tag, not: string): string {
  if (type === "yes_no") return value === "true" ? key : not;
  return type === "link" ? `${key}:` : `${key}: ${value}`;
}
