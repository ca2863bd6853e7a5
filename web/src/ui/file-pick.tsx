import { FileButton } from "@mantine/core";
import { type ReactNode, useRef } from "react";

interface Props {
  accept: string;
  multiple?: boolean;
  /** Hears the chosen files: one, unless several are taken. */
  pick(files: File[]): void;
  children(props: { onClick(): void }): ReactNode;
}

/** FilePick lets a person choose files. It forgets them at once: a browser tells nothing of a file that is chosen again, and a
 * file that was refused is mended under its own name. */
export function FilePick({ accept, multiple = false, pick, children }: Props) {
  const forget = useRef<() => void>(null);
  const chosen = (files: File[]) => {
    forget.current?.();
    if (files.length > 0) pick(files);
  };
  return (
    <FileButton multiple accept={accept} resetRef={forget} inputProps={{ multiple }} onChange={chosen}>
      {children}
    </FileButton>
  );
}
