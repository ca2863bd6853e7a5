/** The one long-lived voice connection of this tab. */
export interface Peer {
  /** The offer to send to the server: complete at once, the server being ICE-lite. */
  offer(): Promise<string>;
  accept(answer: string): Promise<void>;
  use(track: MediaStreamTrack): Promise<void>;
  /** Sends a digit in the media (RFC 4733), or says that this connection cannot. */
  digit(digit: string): boolean;
  close(): void;
}

type VoiceState = "connected" | "disconnected" | "failed";

/** openPeer makes the connection; `state` hears how it fares, `sound` gets what the far side sends. */
export function openPeer(
  track: MediaStreamTrack,
  state: (state: VoiceState) => void,
  sound: (stream: MediaStream) => void,
): Peer {
  const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" });
  const { sender } = connection.addTransceiver(track, { direction: "sendrecv" });
  connection.ontrack = (event) => sound(event.streams[0] ?? new MediaStream([event.track]));
  connection.onconnectionstatechange = () => {
    const now = connection.connectionState;
    if (now === "connected" || now === "disconnected" || now === "failed") state(now);
  };
  return {
    async offer() {
      await connection.setLocalDescription();
      return connection.localDescription?.sdp ?? "";
    },
    accept: (answer) => connection.setRemoteDescription({ type: "answer", sdp: answer }),
    use: (next) => sender.replaceTrack(next),
    digit(digit) {
      if (!sender.dtmf?.canInsertDTMF) return false;
      sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + digit, 120, 60);
      return true;
    },
    close() {
      connection.onconnectionstatechange = null;
      connection.ontrack = null;
      connection.close();
    },
  };
}
