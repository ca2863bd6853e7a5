import { Button } from "@mantine/core";
import { IconCheck, IconMicrophone, IconPlayerStopFilled, IconRepeat } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { openMicrophone } from "../phone/microphone.ts";
import { MicrophoneMeter } from "../phone/microphone-meter.tsx";
import { preferences } from "../phone/preferences.ts";
import { short } from "../ui/format.ts";
import { Note } from "../ui/parts.tsx";
import { beginTake, type Take } from "./take.ts";
import { say } from "./words.ts";
import "./recorder.css";

interface Props {
  /** How many seconds it records at most. */
  longest: number;
  /** Is given what the person wants to keep: a WAV file of one channel, 16 bit, 16 kHz. It tells the person itself when it cannot be
   * kept, and rejects; then it can be tried again. */
  keep(file: File): Promise<unknown>;
}

/** Recorder records with the microphone that the person has chosen in the audio settings, plays it back, and lets it be kept or made
 * again. It knows nothing of what the sound is for. */
export function Recorder({ longest, keep }: Props) {
  const [take, setTake] = useState<Take>();
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState("");
  const [keeping, setKeeping] = useState(false);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  useEffect(() => () => take?.drop(), [take]);
  const done = (made: File | undefined) => {
    setTake(undefined);
    setFile(made);
    if (!made) setFault(say("unmade"));
  };
  const record = async () => {
    setFault("");
    const opened = await openMicrophone(preferences.get());
    if (typeof opened === "string") return setFault(say(`fault.${opened}`));
    const begun = beginTake(opened, longest, done);
    if (!shown.current) return begun.drop(); // the page was left while the browser asked
    setFile(undefined);
    setTake(begun);
  };
  const accept = async (what: File) => {
    setKeeping(true);
    await keep(what).then(
      () => setFile(undefined),
      () => undefined,
    );
    setKeeping(false);
  };
  return (
    <fieldset className="recorder" aria-label={say("title")}>
      {file && <Preview file={file} key={file.lastModified} />}
      <div className="recorder-row">
        {take ? (
          <Button color="red" leftSection={<IconPlayerStopFilled size={16} />} onClick={take.stop}>
            {say("stop")}
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={file ? <IconRepeat size={16} /> : <IconMicrophone size={16} />}
            onClick={() => void record()}
          >
            {say(file ? "again" : "start")}
          </Button>
        )}
        {file && (
          <Button leftSection={<IconCheck size={16} />} loading={keeping} onClick={() => void accept(file)}>
            {say("keep")}
          </Button>
        )}
        {take ? <Running take={take} longest={longest} /> : <span>{say("limit", { time: short(longest) })}</span>}
      </div>
      {fault !== "" && <Note tone="red">{fault}</Note>}
    </fieldset>
  );
}

/** Running shows that the microphone hears something, and for how long. */
function Running({ take, longest }: { take: Take; longest: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const each = window.setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => window.clearInterval(each);
  }, []);
  return (
    <>
      <MicrophoneMeter stream={take.stream} label={say("level")} />
      <span className="num">
        {short(seconds)} / {short(longest)}
      </span>
    </>
  );
}

/** Preview plays what was recorded. */
function Preview({ file }: { file: File }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  // biome-ignore lint/a11y/useMediaCaption: the person's own words need no caption
  return <audio controls src={url} aria-label={say("preview")} />;
}
