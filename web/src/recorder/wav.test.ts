import { describe, expect, it } from "vitest";
import { blend, encodeWav, rate } from "./wav.ts";

const text = (view: DataView, at: number) => String.fromCharCode(...new Uint8Array(view.buffer, at, 4));

describe("encodeWav", () => {
  const view = new DataView(encodeWav(new Float32Array([0, 1, -1, 0.5, 2, -2])));

  it("writes the head of one channel of 16 bit PCM at 16 kHz", () => {
    expect([text(view, 0), text(view, 8), text(view, 12), text(view, 36)]).toEqual(["RIFF", "WAVE", "fmt ", "data"]);
    expect(view.byteLength).toBe(44 + 12);
    expect([view.getUint32(4, true), view.getUint32(40, true)]).toEqual([36 + 12, 12]);
    expect([view.getUint16(20, true), view.getUint16(22, true), view.getUint16(34, true)]).toEqual([1, 1, 16]);
    expect([view.getUint32(24, true), view.getUint32(28, true), view.getUint16(32, true)]).toEqual([rate, 32_000, 2]);
  });

  it("cuts off what is too loud and keeps its sign", () => {
    const samples = Array.from({ length: 6 }, (_, i) => view.getInt16(44 + i * 2, true));
    expect(samples).toEqual([0, 32_767, -32_768, 16_384, 32_767, -32_768]);
  });

  it("writes an empty file of nothing", () => {
    expect(encodeWav(new Float32Array()).byteLength).toBe(44);
  });
});

it("blend gives the mean of the channels", () => {
  expect(Array.from(blend([new Float32Array([1, 0]), new Float32Array([0, -1])]))).toEqual([0.5, -0.5]);
  expect(blend([]).length).toBe(0);
});
