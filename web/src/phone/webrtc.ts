import type { Path } from "./machine.ts";
import { type Played, playedOf } from "./playout.ts";

/** The one long-lived voice connection of this tab. */
export interface Peer {
  /** The offer to send to the server: complete at once, the server being ICE-lite. */
  offer(): Promise<string>;
  /** An offer that starts ICE anew (RFC 8445 §9) on these paths; sound, keys and call stay. */
  restart(paths: RTCIceServer[]): Promise<string>;
  accept(answer: string): Promise<void>;
  use(track: MediaStreamTrack): Promise<void>;
  /** Sends a digit in the media (RFC 4733), or says that this connection cannot. */
  digit(digit: string): boolean;
  /** How it plays what it receives; undefined while that is nothing. */
  played(): Promise<Played | undefined>;
  close(): void;
}

async function statsOf(connection: RTCPeerConnection): Promise<Map<string, Record<string, unknown>>> {
  const stats = new Map<string, Record<string, unknown>>();
  (await connection.getStats()).forEach((report: { id: string }) => {
    stats.set(report.id, { ...report });
  });
  return stats;
}

/** pathOf finds in a connection's statistics how it reaches the server. */
async function pathOf(connection: RTCPeerConnection): Promise<Path | undefined> {
  const stats = await statsOf(connection);
  const transport = [...stats.values()].find((report) => report.type === "transport");
  const pair = stats.get(String(transport?.selectedCandidatePairId));
  const local = stats.get(String(pair?.localCandidateId));
  return local && (local.candidateType === "relay" ? "relay" : "direct");
}

type VoiceState = "connected" | "disconnected" | "failed";

interface Ears {
  /** How the connection fares. */
  state(state: VoiceState): void;
  /** How it reaches the server. */
  path(path: Path): void;
  /** What the far side sends. */
  sound(stream: MediaStream): void;
}

/** openPeer makes the connection. The direct path wins over a relay by ICE's own order. */
export function openPeer(track: MediaStreamTrack, iceServers: RTCIceServer[], { state, path, sound }: Ears): Peer {
  const policy: RTCConfiguration = { bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" };
  const connection = new RTCPeerConnection({ ...policy, iceServers });
  const { sender } = connection.addTransceiver(track, { direction: "sendrecv" });
  connection.ontrack = (event) => sound(event.streams[0] ?? new MediaStream([event.track]));
  connection.onconnectionstatechange = () => {
    const now = connection.connectionState;
    if (now === "connected" || now === "disconnected" || now === "failed") state(now);
    if (now === "connected")
      void pathOf(connection).then(
        (found) => found && path(found),
        () => undefined,
      );
  };
  return {
    async offer() {
      await connection.setLocalDescription();
      return connection.localDescription?.sdp ?? "";
    },
    async restart(paths) {
      connection.setConfiguration({ ...connection.getConfiguration(), iceServers: paths });
      await connection.setLocalDescription(await connection.createOffer({ iceRestart: true }));
      return connection.localDescription?.sdp ?? "";
    },
    accept: (answer) => connection.setRemoteDescription({ type: "answer", sdp: answer }),
    use: (next) => sender.replaceTrack(next),
    digit(digit) {
      if (!sender.dtmf?.canInsertDTMF) return false;
      sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + digit, 120, 60);
      return true;
    },
    played: async () => playedOf((await statsOf(connection)).values()),
    close() {
      connection.onconnectionstatechange = null;
      connection.ontrack = null;
      connection.close();
    },
  };
}
