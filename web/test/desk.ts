import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { tellPages } from "../e2e/pages.ts";
import { Fake } from "./fake/server.ts";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface World {
  fake: Fake;
  address: string;
}

/** test gives each story its own fake server, with a second page that answers the softphone's offers. */
export const test = base.extend<World>({
  // biome-ignore lint/correctness/noEmptyPattern: playwright wants the pattern
  fake: async ({}, use) => {
    const fake = new Fake();
    await use(fake);
    fake.close();
  },
  address: async ({ fake, context, page }, use, info) => {
    const address = await fake.open();
    const peer = await context.newPage();
    fake.answer = (sdp) => peer.evaluate(answerOffer, sdp);
    await page.bringToFront(); // behind another page it is drawn once a second
    await use(address);
    if (info.status !== info.expectedStatus) await tellPages(context, info);
  },
});

/** answerOffer runs in the second page: a whole answer with its candidates, and a tone as the far side's sound. */
async function answerOffer(sdp: string): Promise<string> {
  const connection = new RTCPeerConnection();
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const out = audio.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  await connection.setRemoteDescription({ type: "offer", sdp });
  for (const track of out.stream.getTracks()) connection.addTrack(track, out.stream);
  await connection.setLocalDescription();
  if (connection.iceGatheringState !== "complete") {
    await new Promise<void>((done) => {
      connection.onicegatheringstatechange = () => connection.iceGatheringState === "complete" && done();
    });
  }
  Object.assign(window, { kept: [...((window as { kept?: unknown[] }).kept ?? []), connection] });
  return connection.localDescription?.sdp ?? "";
}

/** shot saves the screen under test/shots and fails on anything axe finds. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(2, 2);
  // Short movements are waited for; a countdown or a pulse never ends.
  await page.waitForFunction(() =>
    document.getAnimations().every((one) => {
      const timing = one.effect?.getTiming();
      return Number(timing?.duration) > 500 || one.playState !== "running";
    }),
  );
  await page.screenshot({ path: join(import.meta.dirname, "shots", `${name}.png`) });
  const found = await audit(page);
  expect.soft(found, `axe on ${name}`).toEqual([]);
}

interface Violation {
  id: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

async function audit(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axe, "utf8"));
  const violations = await page.evaluate(async () => {
    const tool = (
      window as unknown as { axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> } }
    ).axe;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return (await tool.run(document, { runOnly: tags })).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${String(node.target)} ${node.failureSummary ?? ""}`),
  );
}

export async function start(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("form", { name: "Dial pad" })).toBeVisible();
}

/** startAt opens a page and presses Start, on a narrow screen behind the key of the phone. */
export async function startAt(page: Page, address: string): Promise<void> {
  await page.goto(address);
  if ((page.viewportSize()?.width ?? 0) < 1000) await page.getByRole("button", { name: "Phone", exact: true }).click();
  await start(page);
}

export { expect };
