import { readDevices } from "./devices.ts";
import type { MicrophoneFault } from "./machine.ts";
import type { Preferences } from "./preferences.ts";

/** environmentFault says why this page could never open a microphone, if so. */
function environmentFault(): MicrophoneFault | undefined {
  if (!window.isSecureContext) return "insecure";
  if (!("RTCPeerConnection" in window) || !navigator.mediaDevices) return "no-webrtc";
  return undefined;
}

/** faultOf names the reason in an error of getUserMedia. */
export function faultOf(error: unknown): MicrophoneFault {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}

/** openMicrophone asks for the microphone of the preferences; one that is gone gives way to the system's own. */
export async function openMicrophone(wanted: Preferences): Promise<MediaStream | MicrophoneFault> {
  const fault = environmentFault();
  if (fault) return fault;
  const audio: MediaTrackConstraints = {
    noiseSuppression: wanted.noiseSuppression,
    echoCancellation: wanted.echoCancellation,
    autoGainControl: wanted.autoGainControl,
  };
  if (wanted.microphone !== "") audio.deviceId = { ideal: wanted.microphone };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    await readDevices();
    return stream;
  } catch (error) {
    return faultOf(error);
  }
}
