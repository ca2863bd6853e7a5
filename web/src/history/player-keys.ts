/** How fast a recording can be played. */
export const speeds: readonly number[] = [0.5, 1, 1.5, 2];

/** What a key asks of the player. */
export type PlayerCommand = { do: "toggle" } | { do: "seek"; to: number } | { do: "speed"; speed: number };

/** Where the player is, in seconds. */
interface Place {
  at: number;
  duration: number;
  speed: number;
}

/** step is how far an arrow key goes, in seconds; leap is for the page keys. */
const step = 5;
const leap = 30;

/** playerKey is what a key pressed on the waveform asks for; nothing for keys that are not the player's. Pure. */
export function playerKey(key: string, { at, duration, speed }: Place): PlayerCommand | undefined {
  const seek = (to: number): PlayerCommand => ({ do: "seek", to: Math.min(Math.max(0, to), duration) });
  switch (key) {
    case " ":
    case "Enter":
      return { do: "toggle" };
    case "ArrowLeft":
    case "ArrowDown":
      return seek(at - step);
    case "ArrowRight":
    case "ArrowUp":
      return seek(at + step);
    case "PageDown":
      return seek(at - leap);
    case "PageUp":
      return seek(at + leap);
    case "Home":
      return seek(0);
    case "End":
      return seek(duration);
    case "<":
      return { do: "speed", speed: neighbour(speed, -1) };
    case ">":
      return { do: "speed", speed: neighbour(speed, 1) };
    default:
      return undefined;
  }
}

function neighbour(speed: number, by: number): number {
  const next = speeds.indexOf(speed) + by;
  return speeds[Math.min(Math.max(0, next), speeds.length - 1)] ?? 1;
}
