import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPhoto, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "../api/client.ts";
import { words } from "../api/problem.ts";
import { ownQuery } from "../api/queries.ts";
import { FilePick } from "../ui/file-pick.tsx";
import { Avatar } from "../ui/parts.tsx";
import "../i18n/own.ts";

const side = 320; // pixels that are sent; the server keeps fewer

interface Props {
  agent: string;
  name: string;
  /** Address of the picture; undefined: there is none. */
  image: string | undefined;
}

/** AgentImage is the picture that colleagues see (AG-7); the agent and administrators change it (AG-3). */
export function AgentImage({ agent, name, image }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const path = { params: { path: { id: agent } } };
  const changed = () => queries.invalidateQueries({ queryKey: ownQuery.queryKey });
  const refuse = (error: unknown) =>
    notifications.show({ color: "red", message: error instanceof DOMException ? t("own.imageBad") : words(error) });
  const send = async (file: File) => {
    const body = (await square(file)) as unknown as string;
    await client.PUT("/agents/{id}/image", {
      ...path,
      headers: { "Content-Type": "application/octet-stream" },
      body,
      bodySerializer: (blob: unknown) => blob as BodyInit,
    });
    await changed();
  };
  return (
    <div className="own-image">
      <Avatar name={name} size={72} image={image} />
      <FilePick pick={([file]) => file && void send(file).catch(refuse)} accept="image/png,image/jpeg,image/webp">
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconPhoto size={16} />}>
            {t("own.image")}
          </Button>
        )}
      </FilePick>
      {image && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={16} />}
          onClick={() => void client.DELETE("/agents/{id}/image", path).then(changed, refuse)}
        >
          {t("own.imageDrop")}
        </Button>
      )}
    </div>
  );
}

/** square makes a PNG of the middle of any picture that the browser can read. */
async function square(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const length = Math.min(picture.width, picture.height);
  const canvas = new OffscreenCanvas(side, side);
  const left = (picture.width - length) / 2;
  const top = (picture.height - length) / 2;
  canvas.getContext("2d")?.drawImage(picture, left, top, length, length, 0, 0, side, side);
  picture.close();
  return canvas.convertToBlob({ type: "image/png" });
}
