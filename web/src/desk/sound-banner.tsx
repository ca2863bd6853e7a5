import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLines } from "../phone/context.ts";
import { readable } from "../phone/number.ts";
import { trouble } from "./sound.ts";

/** SoundBanner says on every page that a call sounds poorly, why and on whose side, or who cannot hear whom and that it
 * is being repaired. */
export function SoundBanner() {
  const { t } = useTranslation();
  const found = trouble(useLines());
  const back = found?.sentence === "back";
  const Icon = back ? IconCheck : IconAlertTriangle;
  const causes = found?.causes.map((cause) => t(`sound.cause.${cause}`)).join(", ") ?? "";
  return (
    <div role="status" aria-label={t("sound.label")}>
      {found && (
        <p className="sound-banner" data-tone={back ? "good" : undefined}>
          <Icon size={18} stroke={1.8} aria-hidden="true" />
          <span className="num">
            {t(`sound.${found.sentence}`, { party: readable(found.party), causes })}
            {found.repairing && ` ${t("sound.repairing")}`}
          </span>
        </p>
      )}
    </div>
  );
}
