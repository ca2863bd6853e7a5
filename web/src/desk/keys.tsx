const layout = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
] as const;

/** Keys is the twelve-key pad. */
export function Keys({ press, small = false }: { press(digit: string): void; small?: boolean }) {
  return (
    <div className="keys" data-small={small || undefined}>
      {layout.map(([digit, letters]) => (
        <button key={digit} type="button" className="keys-key num" onClick={() => press(digit)}>
          {digit}
          <small aria-hidden="true">{letters}</small>
        </button>
      ))}
    </div>
  );
}
