import { describe, expect, it } from "vitest";
import { Problem } from "../api/problem.ts";
import { chosen, type Draft, dirty, type Notes, phase, type Stored } from "./notes.ts";
import { createKeeper, type World } from "./notes-keeper.ts";

/** server answers as it is told to, one request after the other, and time passes by hand. */
function server(draft?: Draft) {
  const asked: string[] = [];
  const waits: { at: number; then: () => void }[] = [];
  const answers: ((answer: Stored | Error) => void)[] = [];
  let now = 0;
  let kept = draft;
  const reply = () =>
    new Promise<Stored>((yes, no) => answers.push((answer) => (answer instanceof Error ? no(answer) : yes(answer))));
  const world: World = {
    read() {
      asked.push("read");
      return reply();
    },
    write(version, text) {
      asked.push(`write ${version} ${text}`);
      return reply();
    },
    later(wait, then) {
      const timer = { at: now + wait, then };
      waits.push(timer);
      return () => void waits.splice(waits.indexOf(timer) >>> 0, 1);
    },
    draft: () => kept,
    keep(next) {
      kept = next;
    },
  };
  return {
    world,
    draft: () => kept,
    /** asks gives what was asked since. */
    asks: () => asked.splice(0),
    async answer(answer: Stored | Error) {
      answers.shift()?.(answer);
      await new Promise((done) => setTimeout(done));
    },
    pass(milliseconds: number) {
      now += milliseconds;
      for (const timer of waits.filter(({ at }) => at <= now)) {
        waits.splice(waits.indexOf(timer), 1);
        timer.then();
      }
    },
  };
}

const away = new TypeError("fetch failed");
const stored = (version: number, text: string): Stored => ({ version, text, author_name: "Bob" });
const lost = (current: Stored) => new Problem(409, "Bob has written these notes meanwhile.", { current });

async function opened(draft?: Draft, first: Stored = stored(0, "")) {
  const at = server(draft);
  const keeper = createKeeper(at.world);
  expect(at.asks()).toEqual(["read"]);
  await at.answer(first);
  const now = () => keeper.notes.get();
  return { at, keeper, now, phase: () => phase(now()) };
}

describe("notes of a call", () => {
  it("are saved a second after the last key, and at once when the field is left", async () => {
    const { at, keeper, phase } = await opened();
    expect(phase()).toBe("empty");
    keeper.type("Wan");
    at.pass(900);
    keeper.type("Wants");
    at.pass(900);
    expect(at.asks()).toEqual([]);
    expect(phase()).toBe("typing");
    at.pass(100);
    expect(at.asks()).toEqual(["write 0 Wants"]);
    expect(phase()).toBe("saving");
    await at.answer(stored(1, "Wants"));
    expect(phase()).toBe("saved");
    keeper.type("Wants a refund");
    keeper.flush();
    expect(at.asks()).toEqual(["write 1 Wants a refund"]);
  });

  it("go on being typed while they are saved", async () => {
    const { at, keeper, now, phase } = await opened();
    keeper.type("One");
    keeper.flush();
    keeper.type("One two");
    keeper.flush();
    expect(at.asks()).toEqual(["write 0 One"]);
    await at.answer(stored(1, "One"));
    expect(now().text).toBe("One two");
    expect(phase()).toBe("typing");
    at.pass(1000);
    expect(at.asks()).toEqual(["write 1 One two"]);
  });

  it("are kept in the tab and tried again while the server is away", async () => {
    const { at, keeper, now, phase } = await opened();
    keeper.type("Wants a refund");
    keeper.flush();
    at.asks();
    await at.answer(away);
    expect(phase()).toBe("failed");
    expect(at.draft()).toEqual({ text: "Wants a refund", version: 0 });
    at.pass(2000);
    expect(at.asks()).toEqual(["write 0 Wants a refund"]);
    await at.answer(new Problem(502, "Away"));
    at.pass(2000);
    expect(at.asks()).toEqual([]);
    at.pass(2000);
    expect(at.asks()).toHaveLength(1);
    await at.answer(stored(1, "Wants a refund"));
    expect(phase()).toBe("saved");
    expect(at.draft()).toBeUndefined();
    expect(now().text).toBe("Wants a refund");
  });

  it("are not tried again when they are refused, until the person does", async () => {
    const { at, keeper, phase } = await opened();
    keeper.type("Wants a refund");
    keeper.flush();
    at.asks();
    await at.answer(new Problem(404, "There is no such call."));
    expect(phase()).toBe("refused");
    at.pass(60_000);
    expect(at.asks()).toEqual([]);
    keeper.retry();
    expect(at.asks()).toEqual(["write 0 Wants a refund"]);
  });

  it("come back after a reload, and are saved", async () => {
    const { at, now } = await opened({ text: "Wants a refund", version: 3 }, stored(3, "Wants"));
    expect(now().text).toBe("Wants a refund");
    at.pass(1000);
    expect(at.asks()).toEqual(["write 3 Wants a refund"]);
  });

  it("are read again when the server was away at first, whatever was typed meanwhile", async () => {
    const at = server();
    const keeper = createKeeper(at.world);
    keeper.type("Early");
    await at.answer(away);
    at.asks();
    at.pass(2000);
    expect(at.asks()).toEqual(["read"]);
    await at.answer(stored(0, ""));
    expect(keeper.notes.get().text).toBe("Early");
    at.pass(1000);
    expect(at.asks()).toEqual(["write 0 Early"]);
  });

  it("tell the loser of two, who sees both texts and chooses", async () => {
    for (const [which, text, asks] of [
      ["mine", "Mine", ["write 4 Mine"]],
      ["theirs", "Theirs", []],
      ["both", "Theirs\n\nMine", ["write 4 Theirs\n\nMine"]],
    ] as const) {
      const { at, keeper, now, phase } = await opened();
      keeper.type("Mine");
      keeper.flush();
      at.asks();
      await at.answer(lost(stored(4, "Theirs")));
      expect(phase()).toBe("overtaken");
      expect(now().theirs?.text).toBe("Theirs");
      at.pass(60_000);
      expect(at.asks()).toEqual([]);
      keeper.choose(which);
      expect(now().text).toBe(text);
      expect(at.asks()).toEqual(asks);
    }
  });

  it("ask nothing when both have written the same, or when nothing was overtaken", async () => {
    const { at, keeper, now, phase } = await opened(undefined, stored(2, "Same"));
    keeper.type("Same!");
    keeper.flush();
    await at.answer(lost(stored(3, "Same!")));
    expect(phase()).toBe("saved");
    expect(dirty(now())).toBe(false);
    const calm: Notes = now();
    expect(chosen(calm, "mine")).toBe(calm);
  });

  it("tell of another's text that stands there after a reload", async () => {
    const { now, phase } = await opened({ text: "Mine", version: 1 }, stored(2, "Theirs"));
    expect(phase()).toBe("overtaken");
    expect(now().text).toBe("Mine");
  });
});
