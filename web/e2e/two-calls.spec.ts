import type { Page } from "@playwright/test";
import type { Caller, CallerOptions } from "./caller.ts";
import { callerTones, Ears, everyTone, music, tones } from "./ears.ts";
import { answer, button } from "./in-call.ts";
import { beside, ever, inGaps, recorded } from "./tape.ts";
import { expect, lineOne, type Site, start, test } from "./world.ts";

test.use({ company: "two calls" });
test.setTimeout(300_000);

/** What reaches Ann herself, whether she is in a call or not. */
const annsNumber = "+12025550112";

const lineTwo = (page: Page) => page.getByRole("region", { name: "Line 2" });
const participants = (page: Page) => page.getByRole("region", { name: "Participants" }).getByRole("listitem");

/** calls has a caller who can be heard apart call that number. */
function calls(
  ears: Ears,
  call: (to: string, options: CallerOptions) => Caller,
  name: keyof typeof callerTones,
  [to, from]: [to: string, from: string],
): Caller {
  const caller = call(to, { from, tone: callerTones[name], watch: everyTone });
  ears.caller(name, caller);
  return caller;
}

/** mergedInHistory opens the older call and goes from there to the one that became part of it. */
async function mergedInHistory(page: Page, site: Site, older: RegExp, younger: RegExp): Promise<void> {
  await page.goto(`${site.ready.http}/history`);
  const row = page.getByRole("row", { name: older });
  await row.getByRole("link", { name: /Open the call/ }).click(); // elsewhere a click may dial
  const merges = page.getByRole("region", { name: "Merged calls" });
  await expect(merges).toContainText("By Ann Archer");
  await expect(merges).toContainText("Merged");
  await merges.getByRole("link", { name: "Took in this call" }).click();
  await expect(merges.getByRole("link", { name: "Became part of this call" })).toBeVisible();
  await expect(page.getByRole("article").getByRole("heading", { name: younger })).toBeVisible();
}

test("a caller of her own reaches an agent in a queue's call: answered, swapped and merged", async ({
  site,
  call,
  chrome,
}) => {
  const ears = new Ears();
  const ann = await (await chrome(tones.Ann)).newPage();
  await start(ann, site, "ann");
  ears.page("Ann", ann);
  const first = calls(ears, call, "first", [site.number(0), "+12025550163"]);
  await answer(ann);
  const marks = { alone: await ears.mark("first", { Ann: "first", first: "Ann" }), swapped: 0, merged: 0, left: 0 };
  const second = calls(ears, call, "second", [`sip:${annsNumber}@${site.ready.sip}`, "+12025550164"]);

  await test.step("the second caller rings, and is answered on line 2 while the first hears music", async () => {
    await expect(ann.getByRole("alertdialog")).toContainText("+1 202 555 0164", { timeout: 15_000 });
    await answer(ann);
    await ears.hear({ Ann: "second", second: "Ann", first: music });
    await expect(lineOne(ann)).toContainText("On hold");
    await expect(lineTwo(ann)).toContainText("Connected");
  });

  await test.step("Ann swaps to the first caller, and back", async () => {
    await button(ann, /^Swap:/).click();
    await expect(lineTwo(ann)).toContainText("On hold");
    marks.swapped = await ears.mark("first", { Ann: "first", first: "Ann", second: music });
    await button(ann, /^Swap:/).click();
    await expect(lineOne(ann)).toContainText("On hold");
    await ears.hear({ Ann: "second", second: "Ann", first: music });
  });

  await test.step("merged, each hears the two others", async () => {
    await button(ann, /^Merge/).click();
    marks.merged = await ears.mark("first", { Ann: "first second", first: "Ann second", second: "Ann first" });
    await expect(participants(ann)).toHaveCount(3);
    await expect(lineTwo(ann)).toBeHidden();
  });

  await test.step("the first caller leaves, and the second stays with Ann", async () => {
    first.command("hangup");
    await first.reaches("ended");
    ears.gone("first");
    marks.left = await ears.mark("second", { Ann: "second", second: "Ann" });
  });
  await lineOne(ann).getByRole("button", { name: "Hang up" }).click();
  await second.reaches("ended");

  await test.step("the recording of the older call holds all of the conversation", async () => {
    const tape = await recorded(ann, site, "+12025550163");
    expect(beside(tape, marks.alone)).toEqual([tones.Ann]);
    expect(beside(tape, marks.swapped)).toEqual([tones.Ann]);
    expect(beside(tape, marks.merged)).toEqual([callerTones.second, tones.Ann]);
    expect(beside(tape, marks.left)).toEqual([tones.Ann]); // who is left is the customer now
    expect(ever(tape, 0)).toEqual([callerTones.first, callerTones.second, ...Object.values(marks)]);
    expect(ever(tape, 1)).toEqual([callerTones.second, tones.Ann]);
    expect(inGaps(tape)).toEqual([]);
  });
  await mergedInHistory(ann, site, /202 555 0163/, /202 555 0164/);
});

test("a colleague dials an agent in a queue's call: merged, and the agent leaves the two to each other", async ({
  site,
  call,
  chrome,
}) => {
  const ears = new Ears();
  const ann = await (await chrome(tones.Ann)).newPage();
  await start(ann, site, "ann");
  ears.page("Ann", ann);
  const sam = await (await chrome(tones.Sam)).newPage();
  await start(sam, site, "sam");
  ears.page("Sam", sam);
  const first = calls(ears, call, "first", [site.number(0), "+12025550165"]);
  await answer(ann);
  await ears.hear({ Ann: "first", first: "Ann", Sam: "" });

  await test.step("Sam dials Ann's extension, and she answers him on line 2", async () => {
    await sam.getByLabel("Number or extension").fill(site.user("ann").extension);
    await button(sam, "Dial").click();
    await expect(ann.getByRole("alertdialog")).toContainText("Sam Supervisor", { timeout: 15_000 });
    await answer(ann);
    await ears.hear({ Ann: "Sam", Sam: "Ann", first: music });
  });

  const merged = await test.step("merged, each hears the two others", async () => {
    await button(ann, /^Merge/).click();
    const mark = await ears.mark("first", { Ann: "first Sam", Sam: "Ann first", first: "Ann Sam" });
    for (const page of [ann, sam]) await expect(participants(page)).toHaveCount(3);
    return mark;
  });

  const left = await test.step("Ann leaves, and the caller and Sam talk on", async () => {
    await lineOne(ann).getByRole("button", { name: "Hang up" }).click();
    await ann.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
    return ears.mark("first", { Ann: "", Sam: "first", first: "Sam" });
  });
  first.command("hangup");
  await first.reaches("ended");

  await test.step("the recording has the caller on one channel and the agents on the other", async () => {
    const tape = await recorded(sam, site, "+12025550165");
    expect(beside(tape, merged)).toEqual([tones.Ann, tones.Sam]);
    expect(beside(tape, left)).toEqual([tones.Sam]);
    expect(ever(tape, 0)).toEqual([callerTones.first, merged, left]);
    expect(ever(tape, 1)).toEqual([tones.Ann, tones.Sam]);
    expect(inGaps(tape)).toEqual([]);
  });
  await mergedInHistory(sam, site, /202 555 0165/, /Sam Supervisor|Ann Archer/);
});
