import type { BrowserContext, Page } from "@playwright/test";
import { playBack, readRecording, strength } from "./wav.ts";
import {
  answered,
  callerTone,
  codecOf,
  expect,
  hears,
  lineOne,
  microphoneTone,
  type Site,
  screen,
  signIn,
  start,
  test,
} from "./world.ts";

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
    expect(await codecOf(page)).toBe("audio/PCMU");
  });
  await screen(page, "real-in-call-1440");

  await test.step("the page tells how it plays what it hears", async () => {
    const told = await page.waitForResponse((answer) => answer.url().endsWith("/api/station/played"));
    expect(told.status()).toBe(204);
    expect(told.request().postDataJSON()).toMatchObject({ buffer_ms: expect.any(Number) });
    expect(told.request().postDataJSON().buffer_ms).toBeGreaterThan(5);
  });

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
    const stored = async () => {
      const detail = await (await page.request.get(`${site.ready.http}/api/calls/${list.items[0].id}`)).json();
      return detail.recordings[0];
    };
    await expect.poll(async () => (await stored()).format, { timeout: 15_000 }).toBe("opus");
    const recording = await stored();
    const sound = await readRecording(page, recording.url);
    const played = await playBack(page, recording.url);
    expect(Math.abs(played.duration - recording.duration_seconds)).toBeLessThan(0.05);
    expect(Math.abs(played.soughtTo - played.duration / 2)).toBeLessThan(0.05);
    expect(played.playedTo).toBeGreaterThan(played.soughtTo + 0.4);
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
    await page.reload();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await expect(page.locator(".player-time")).toHaveText(/^00:0[34] /, { timeout: 10_000 });
    await page.getByRole("slider", { name: "Position in the recording" }).fill("0");
    await expect(page.locator(".player-time")).toHaveText(/^00:0[01] /);
    expect(recording.gaps.map((gap: { kind: string }) => gap.kind)).toContain("hold");
  });
});

test("mute works while the server is lost", async ({ site, call, chrome }) => {
  const page = await (await chrome()).newPage();
  let cut: (() => void) | undefined;
  let refused = false;
  await page.routeWebSocket(/\/api\/live/, (socket) => {
    if (refused) return void socket.close();
    socket.connectToServer();
    cut = () => void socket.close();
  });
  await start(page, site, "ann");
  const caller = await answered(page, site, call);

  refused = true;
  cut?.();
  await expect(page.getByText("Your call goes on")).toBeVisible();
  await expect.poll(() => caller.strengthOf(microphoneTone)).toBeGreaterThan(0.1);
  const mute = lineOne(page).getByRole("button", { name: /^Mute/ });
  await mute.click();
  await expect.poll(() => caller.strengthOf(microphoneTone)).toBeLessThan(0.01);
  await screen(page, "real-lost-1440");

  refused = false;
  await expect(page.getByText("Your call goes on")).toBeHidden({ timeout: 20_000 });
  await expect(mute).toHaveAttribute("aria-busy", "false");
  await expect(mute).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("m");
  await expect.poll(() => caller.strengthOf(microphoneTone)).toBeGreaterThan(0.1);
  await lineOne(page).getByRole("button", { name: "Hang up" }).click();
  await caller.reaches("ended");
});

test("a frozen page is not offered calls", async ({ site, call, chrome }) => {
  const context = await chrome();
  const page = await context.newPage();
  await start(page, site, "bob");
  const devtools = await context.newCDPSession(page);
  await devtools.send("Debugger.enable");
  await devtools.send("Debugger.pause");

  await test.step("a call that it does not acknowledge goes on waiting", async () => {
    const from = "+12025550171";
    const caller = call(site.number(1), { from });
    await caller.reaches("answered");
    await expect.poll(() => offers(context, site, from), { timeout: 15_000 }).toEqual(["bob: not_acknowledged"]);
    expect(caller.state).toBe("answered");
    caller.command("hangup");
    await caller.reaches("ended");
  });

  await test.step("the next one waits for another agent, though this one was free before", async () => {
    const from = "+12025550172";
    const caller = call(site.number(1), { from });
    await caller.reaches("answered");
    const others = await chrome();
    const other = await others.newPage();
    await signIn(other, site, "ann");
    await other.getByRole("button", { name: /^(Start|Use here)$/ }).click();
    const ring = other.getByRole("alertdialog");
    const wrapUp = other.getByRole("button", { name: /^Status.*Wrap-up/ }); // of a test before
    await expect(ring.or(wrapUp)).toBeVisible({ timeout: 15_000 });
    if (await wrapUp.isVisible()) {
      await wrapUp.click();
      await other.getByRole("menuitem", { name: "Available" }).click();
    }
    await expect(ring).toBeVisible({ timeout: 15_000 });
    caller.command("hangup");
    await caller.reaches("ended");
    await expect.poll(() => offers(others, site, from), { timeout: 15_000 }).toEqual(["ann: canceled"]);
  });
  await devtools.send("Debugger.resume");
});

/** offers is to whom the call from that number was offered, in order, each with what came of it. */
async function offers(context: BrowserContext, site: Site, from: string): Promise<string[]> {
  const list = await (await context.request.get(`${site.ready.http}/api/calls`)).json();
  const record = list.items.find((row: { from: string }) => row.from === from);
  if (!record) return [];
  const detail = await (await context.request.get(`${site.ready.http}/api/calls/${record.id}`)).json();
  return detail.offers.map(
    (offer: { agent_name: string; result?: string }) =>
      `${offer.agent_name.split(" ")[0]?.toLowerCase()}: ${offer.result ?? ""}`,
  );
}
