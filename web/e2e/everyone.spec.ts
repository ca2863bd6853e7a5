import type { Page } from "@playwright/test";
import type { Caller } from "./caller.ts";
import { callerTones, Ears, everyTone, type Heard, music, tones } from "./ears.ts";
import { answer, button, pick } from "./in-call.ts";
import { beside, ever, inGaps, recorded } from "./tape.ts";
import { becomeAvailable, expect, lineOne, type Site, start, test } from "./world.ts";

test.use({ company: "everyone" });
test.setTimeout(600_000);

/** The numbers that the callers call from, for their records. */
const numbers = { first: "+12025550161", second: "+12025550162" };

interface Everybody {
  ears: Ears;
  ann: Page;
  bob: Page;
  sam: Page;
  ada: Page;
  first: Caller;
  second: Caller;
}

/** everybody is three agents, the supervisor Ada and two callers: the first speaks with Ann, the second with Bob. */
const people = test.extend<{ everybody: Everybody }>({
  everybody: async ({ site, call, chrome }, use) => {
    const ears = new Ears();
    const sit = async (name: keyof typeof tones) => {
      const page = await (await chrome(tones[name])).newPage();
      page.setDefaultTimeout(30_000);
      await start(page, site, name === "Ada" ? "admin" : name.toLowerCase());
      ears.page(name, page);
      return page;
    };
    const calls = (name: keyof typeof callerTones) => {
      const caller = call(site.number(0), { from: numbers[name], tone: callerTones[name], watch: everyTone });
      ears.caller(name, caller);
      return caller;
    };
    const ann = await sit("Ann");
    const first = calls("first");
    await answer(ann);
    const bob = await sit("Bob");
    const second = calls("second");
    await answer(bob);
    await use({ ears, ann, first, bob, second, sam: await sit("Sam"), ada: await sit("Ada") });
  },
});

/** What those hear of whom nothing else is said: two calls, and two people who have none. */
const twoCalls: Heard = { Ann: "first", first: "Ann", Bob: "second", second: "Bob", Sam: "", Ada: "" };

const but = (others: Heard): Heard => ({ ...twoCalls, ...others });

/** ended has a caller hang up. */
async function ended(caller: Caller): Promise<void> {
  caller.command("hangup");
  await caller.reaches("ended");
}

/** bothCalls has the first call's recording hold at each mark whom the caller heard then, and the second one Bob alone. */
async function bothCalls(page: Page, site: Site, marks: readonly [mark: number, tones: number[]][]): Promise<void> {
  const tape = await recorded(page, site, numbers.first);
  for (const [mark, agents] of marks) expect(beside(tape, mark)).toEqual(agents);
  expect(ever(tape, 0)).toEqual([callerTones.first, ...marks.map(([mark]) => mark)]);
  expect(ever(tape, 1)).toEqual([tones.Ann, tones.Sam]);
  expect(inGaps(tape)).toEqual([]);
  await otherCall(page, site, "second", tones.Bob);
}

/** otherCall looks at what is recorded of a call that nothing happened to. */
async function otherCall(page: Page, site: Site, name: keyof typeof numbers, agent: number): Promise<void> {
  const tape = await recorded(page, site, numbers[name]);
  expect(ever(tape, 0)).toEqual([callerTones[name]]);
  expect(ever(tape, 1)).toEqual([agent]);
  expect(tape.gaps).toEqual([]);
}

people("warm and cold transfers: who hears whom, and what is recorded", async ({ site, everybody }) => {
  const { ears, ann, sam, first, second, ada } = everybody;
  const recording: [mark: number, tones: number[]][] = [];
  const holds = async (heard: Heard, ...agents: number[]) => {
    recording.push([await ears.mark("first", heard), agents]);
  };

  await test.step("two calls at once do not leak into each other", () => holds(twoCalls, tones.Ann));

  const asked = but({ Ann: "Sam", Sam: "Ann", first: music });
  const asks = async () => {
    await pick(ann, "Warm transfer", "Sam", "Wants to return order 4711.");
    await answer(sam);
    await ears.hear(asked);
  };

  await test.step("Ann asks Sam: the two speak, the caller hears music", asks);

  await test.step("Ann cancels, and is with the caller again", async () => {
    await button(ann, /^Cancel:/).click();
    await holds(twoCalls, tones.Ann);
    await becomeAvailable(sam);
    await asks();
  });

  await test.step("Ann swaps to the caller, and back to Sam", async () => {
    await button(ann, /^Swap:/).click();
    await holds(but({ Sam: music }), tones.Ann);
    await button(ann, /^Swap:/).click();
    await ears.hear(asked);
  });

  await test.step("merged, each hears the two others", async () => {
    await button(ann, /^Merge/).click();
    await holds(but({ Ann: "first Sam", Sam: "Ann first", first: "Ann Sam" }), tones.Ann, tones.Sam);
  });

  await test.step("Ann leaves, and the caller and Sam talk on", async () => {
    await lineOne(ann).getByRole("button", { name: "Hang up" }).click();
    await ann.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
    await holds(but({ Ann: "", Sam: "first", first: "Sam" }), tones.Sam);
  });

  await test.step("Sam hands the caller back to Ann without a word", async () => {
    await becomeAvailable(ann);
    await pick(sam, /^Transfer/, "Ann");
    await answer(ann);
    await holds(twoCalls, tones.Ann);
  });

  await test.step("Ann asks Sam again and completes: the caller and Sam speak", async () => {
    await becomeAvailable(sam);
    await asks();
    await button(ann, /^Complete:/).click();
    await holds(but({ Ann: "", Sam: "first", first: "Sam" }), tones.Sam);
  });

  await Promise.all([ended(first), ended(second)]);
  await test.step("the recording has the caller on one channel and the agents on the other", async () => {
    await bothCalls(ada, site, recording);
  });
});

people("a conference: who hears whom while one is held, muted and removed", async ({ site, everybody }) => {
  const { ears, ann, sam, first, second, ada } = everybody;
  const recording: [mark: number, tones: number[]][] = [];
  const holds = async (heard: Heard, ...agents: number[]) => {
    recording.push([await ears.mark("first", heard), agents]);
  };
  const allThree = but({ Ann: "first Sam", Sam: "Ann first", first: "Ann Sam" });

  await test.step("Ann calls Sam in: the two speak, the caller hears music", async () => {
    await pick(ann, "Conference", "Sam");
    await answer(sam);
    await ears.hear(but({ Ann: "Sam", Sam: "Ann", first: music }));
  });

  const parties = ann.getByRole("region", { name: "Participants" }).getByRole("listitem");
  const key = (who: string, name: RegExp) => parties.filter({ hasText: who }).getByRole("button", { name }).click();
  await test.step("merged, each hears the two others", async () => {
    await button(ann, /^Merge/).click();
    await expect(parties).toHaveCount(3);
    await holds(allThree, tones.Ann, tones.Sam);
  });

  await test.step("the caller is held and hears music, Ann and Sam talk on", async () => {
    await key("Customer", /^Hold/);
    await ears.hear(but({ Ann: "Sam", Sam: "Ann", first: music }));
    await key("Customer", /^Resume/);
    await holds(allThree, tones.Ann, tones.Sam);
  });

  await test.step("Sam is muted: he hears all, and nobody hears him", async () => {
    await key("Sam", /^Mute/);
    await holds(but({ Sam: "Ann first" }), tones.Ann);
    await key("Sam", /^Unmute/);
    await holds(allThree, tones.Ann, tones.Sam);
  });

  const hold = lineOne(ann).getByRole("button", { name: /^(Hold|On hold)$/ });
  await test.step("Ann goes aside, and the caller and Sam talk on", async () => {
    await hold.click();
    await holds(but({ Ann: music, Sam: "first", first: "Sam" }), tones.Sam);
    await hold.click();
    await holds(allThree, tones.Ann, tones.Sam);
  });

  await test.step("Sam is removed, and the caller is with Ann", async () => {
    await key("Sam", /^Remove/);
    await holds(twoCalls, tones.Ann);
  });

  await Promise.all([ended(first), ended(second)]);
  await test.step("the recording has who was heard, and nobody while the caller was held", async () => {
    await bothCalls(ada, site, recording);
  });
});

people(
  "a supervisor listens, coaches and barges in: who hears whom, and what is recorded",
  async ({ site, everybody }) => {
    const { ears, bob, sam, ada, first, second } = everybody;
    const recording: [mark: number, tones: number[]][] = [];
    const holds = async (heard: Heard, ...agents: number[]) => {
      recording.push([await ears.mark("second", heard), agents]);
    };
    const own = lineOne(ada);
    const change = async (to: string) => {
      await own.getByText(to, { exact: true }).click();
      await expect(own.getByRole("radio", { name: to, exact: true })).toBeChecked();
      for (const page of [ada, bob]) await expect(page.getByRole("alertdialog")).toHaveCount(0); // nobody is called anew
    };
    const listens = but({ Ada: "Bob second" });
    const coaches = but({ Ada: "Bob second", Bob: "Ada second" });
    const barges = but({ Ada: "Bob second", Bob: "Ada second", second: "Ada Bob" });

    await test.step("Ada listens: she hears both, and nobody hears her", async () => {
      await ada.getByRole("button", { name: "Supervise the call of Bob Baker" }).click();
      await ada.getByRole("menuitem", { name: "Listen" }).click();
      await expect(own).toContainText("Nobody hears you.", { timeout: 15_000 });
      await holds(listens, tones.Bob);
    });
    await test.step("Ada coaches: Bob hears her, his caller does not", async () => {
      await change("Coach");
      await holds(coaches, tones.Bob);
    });
    await test.step("Ada barges in: both hear her", async () => {
      await change("Barge");
      await holds(barges, tones.Bob, tones.Ada);
    });
    await test.step("Ada coaches and listens again", async () => {
      await change("Coach");
      await holds(coaches, tones.Bob);
      await change("Listen");
      await holds(listens, tones.Bob);
    });
    await test.step("Bob calls Sam in while Ada coaches: Bob alone hears her, then all by her barging in", async () => {
      await change("Coach");
      await pick(bob, "Conference", "Sam");
      await answer(sam);
      await ears.hear(but({ Ada: "Bob Sam", Bob: "Ada Sam", Sam: "Bob", second: music }));
      await button(bob, /^Merge/).click();
      const conference = { Ada: "Bob Sam second", Bob: "Ada Sam second", Sam: "Bob second", second: "Bob Sam" };
      await holds(but(conference), tones.Bob, tones.Sam);
      await change("Barge");
      const barged = { ...conference, Sam: "Ada Bob second", second: "Ada Bob Sam" };
      await holds(but(barged), tones.Bob, tones.Sam, tones.Ada);
    });
    await test.step("Ada stops, and the three talk on", async () => {
      await own.getByRole("button", { name: "Stop" }).click();
      await holds(but({ Bob: "Sam second", Sam: "Bob second", second: "Bob Sam" }), tones.Bob, tones.Sam);
    });

    await Promise.all([ended(first), ended(second)]);
    await test.step("the recording has Ada on the agent's channel while she was barged in, and never else", async () => {
      const tape = await recorded(ada, site, numbers.second);
      for (const [mark, agents] of recording) expect(beside(tape, mark)).toEqual(agents);
      expect(ever(tape, 0)).toEqual([callerTones.second, ...recording.map(([mark]) => mark)]);
      expect(ever(tape, 1)).toEqual([tones.Bob, tones.Sam, tones.Ada]);
      expect(inGaps(tape)).toEqual([]);
      await otherCall(ada, site, "first", tones.Ann);
    });
  },
);
