import { expect, it } from "vitest";
import { parse } from "./preferences.ts";

it("keeps what is sound and replaces the rest field by field", () => {
  const kept = parse('{"microphone":"abc","noiseSuppression":false,"keys":"yes","speaker":7}');
  expect(kept).toMatchObject({
    microphone: "abc",
    noiseSuppression: false,
    keys: true,
    speaker: "",
    echoCancellation: true,
  });
});

it.each([null, "", "nonsense", "[]", "null", "7"])("begins anew from %s", (text) => {
  expect(parse(text)).toMatchObject({ microphone: "", keys: true });
});
