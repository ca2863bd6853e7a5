import type { Page } from "@playwright/test";
import { readRecording, strength } from "./wav.ts";
import { callerTone, expect, hears, lineOne, microphoneTone, screen, start, test } from "./world.ts";

/** margin is by how many decibels a tone that is there stands out from one that is not. */
const margin = 30;

/** standsOut is by how many decibels the page hears the caller's tone above its own microphone's. */
async function standsOut(page: Page): Promise<number> {
  const [caller = -200, own = -200] = await hears(page, [callerTone, microphoneTone]);
  return caller - own;
}

test("a caller rings, the agent answers, both hear each other and the recording holds both", async ({
  site,
  call,
  chrome,
}) => {
  const context = await chrome();
  const page = await context.newPage();
  await start(page, site, "ann");
  await screen(page, "real-idle-1440");

  const caller = call(site.number(0));
  await caller.reaches("answered");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await screen(page, "real-ringing-1440");
  await page.keyboard.press("a");
  await expect(lineOne(page)).toBeVisible();

  await test.step("each hears the other's tone and only that", async () => {
    await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 15_000 }).toBeGreaterThan(0.1);
    expect(caller.strengthOf(callerTone)).toBeLessThan(0.02);
    await expect.poll(() => standsOut(page), { timeout: 15_000 }).toBeGreaterThan(margin);
  });
  await screen(page, "real-in-call-1440");

  await test.step("digits reach the caller", async () => {
    await page.keyboard.press("k");
    await page.keyboard.type("159");
    await expect.poll(() => caller.digits(), { timeout: 10_000 }).toBe("159");
    await page.keyboard.press("Escape");
  });

  await test.step("mute silences the agent", async () => {
    await page.keyboard.press("m");
    await expect.poll(() => caller.strengthOf(microphoneTone)).toBeLessThan(0.01);
    await page.keyboard.press("m");
    await expect.poll(() => caller.strengthOf(microphoneTone)).toBeGreaterThan(0.1);
  });

  await test.step("hold gives music and not the tone", async () => {
    await page.keyboard.press("h");
    await expect.poll(() => caller.strengthOf(microphoneTone)).toBeLessThan(0.02);
    await expect.poll(() => caller.level()).toBeGreaterThan(0.01);
    await expect.poll(() => standsOut(page)).toBeLessThan(margin / 2);
    await screen(page, "real-held-1440");
    await page.keyboard.press("h");
    await expect.poll(() => caller.strengthOf(microphoneTone)).toBeGreaterThan(0.1);
  });

  await test.step("a reload keeps the call", async () => {
    await page.reload();
    await expect(lineOne(page)).toBeVisible({ timeout: 10_000 });
    await expect.poll(() => caller.strengthOf(microphoneTone), { timeout: 10_000 }).toBeGreaterThan(0.1);
    await expect.poll(() => standsOut(page), { timeout: 10_000 }).toBeGreaterThan(margin);
    expect(caller.state).toBe("answered");
  });

  await lineOne(page)
    .getByRole("button", { name: /Hang up/ })
    .click();
  await caller.reaches("ended");
  await expect(page.getByText(/Wrap-up/).first()).toBeVisible();
  await screen(page, "real-wrap-up-1440");

  await test.step("the record", async () => {
    await page.goto(`${site.ready.http}/history`);
    await page
      .getByRole("link", { name: /Open the call/ })
      .first()
      .click();
    await expect(page.getByRole("slider", { name: "Position in the recording" })).toBeVisible({ timeout: 15_000 });
    await screen(page, "real-history-1440");
    const list = await (await page.request.get(`${site.ready.http}/api/calls`)).json();
    const detail = await (await page.request.get(`${site.ready.http}/api/calls/${list.items[0].id}`)).json();
    const recording = detail.recordings[0];
    const sound = readRecording(
      await (await page.request.get(`${site.ready.http}/api/recordings/${recording.id}/audio`)).body(),
    );
    const loudest = (channel: 0 | 1, hertz: number) => {
      const half = sound.rate / 2; // any half second: digits, mute and hold leave holes in the tone
      const starts = Array.from({ length: Math.floor(sound.channels[channel].length / half) }, (_, i) => i * half);
      return Math.max(
        ...starts.map((at) => strength(sound.channels[channel].subarray(at, at + half), sound.rate, hertz)),
      );
    };
    expect(loudest(0, callerTone)).toBeGreaterThan(0.1);
    expect(loudest(0, microphoneTone)).toBeLessThan(0.02);
    expect(loudest(1, microphoneTone)).toBeGreaterThan(0.1);
    expect(loudest(1, callerTone)).toBeLessThan(0.02);
    expect(recording.gaps.map((gap: { kind: string }) => gap.kind)).toContain("hold");
  });
});

test("a frozen page is not offered calls", async ({ site, call, chrome }) => {
  const context = await chrome();
  const page = await context.newPage();
  await start(page, site, "bob");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Debugger.enable");
  await devtools.send("Debugger.pause");
  const caller = call(site.number(1));
  await caller.reaches("answered");
  const watch = await context.newPage();
  await watch.goto(site.ready.http);
  await expect
    .poll(
      async () => {
        const list = await (await watch.request.get(`${site.ready.http}/api/calls`)).json();
        if (list.total === 0) return "";
        const detail = await (await watch.request.get(`${site.ready.http}/api/calls/${list.items[0].id}`)).json();
        return detail.offers[0]?.result ?? "";
      },
      { timeout: 15_000 },
    )
    .toBe("not_acknowledged");
  await devtools.send("Debugger.resume");
});
