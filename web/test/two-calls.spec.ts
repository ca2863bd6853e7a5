import { expect, shot, startAt, test } from "./desk.ts";
import { talk } from "./fake/in-call.ts";
import { line } from "./fake/live.ts";
import { views } from "./views.ts";

test.beforeEach(async ({ page }) => {
  page.setDefaultTimeout(15_000);
  await page.addInitScript(() => {
    const heard: number[] = [];
    Object.assign(window, { heard });
    const begin = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) {
      heard.push(Math.round(this.frequency.value));
      begin.call(this, at);
    };
  });
});

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test("a second call waits with a soft tone, is answered and switched with the first", async ({
      page,
      fake,
      address,
    }) => {
      await startAt(page, address);
      fake.change({ status: "on_call", lines: [talk()] });
      const one = page.getByRole("region", { name: "Line 1" });
      const two = page.getByRole("region", { name: "Line 2" });
      await expect(one).toContainText("Connected");

      const waits = line({ call: "c2", line: 2, offer: "o2", name: "Olivier Maes", number: "+3225550199" });
      fake.change({ lines: [talk(), waits] });
      await expect(page.getByRole("heading", { name: "Olivier Maes" })).toBeVisible();
      await expect.poll(() => page.evaluate(() => (window as unknown as { heard: number[] }).heard)).toContain(440);
      expect(await page.evaluate(() => (window as unknown as { heard: number[] }).heard)).not.toContain(587); // the ringtone
      await shot(page, `call-waits-${view.name}`);
      await page.getByRole("button", { name: "Answer" }).click();
      await expect.poll(() => fake.requests.some(({ route }) => route === "POST /offers/o2/answer")).toBe(true);

      const first = talk({ state: "held", two_calls: true, aside: true });
      const second = talk({ call: "c2", line: 2, name: "Olivier Maes", number: "+3225550199", two_calls: true });
      fake.change({ lines: [first, second] });
      await expect(one).toContainText("On hold");
      await expect(two).toContainText("Connected");
      await expect(page.getByRole("button", { name: "Warm transfer" })).toBeHidden(); // both lines are in use
      await expect(one.getByRole("button", { name: "Hold" })).toBeHidden();
      await expect(one.getByRole("button", { name: "Swap: Talk to Elena Petrova" })).toBeVisible();
      await shot(page, `two-calls-${view.name}`);
      await one.getByRole("button", { name: "Swap: Talk to Elena Petrova" }).click();
      await expect.poll(() => fake.requests.some(({ route }) => route === "POST /calls/call-live/switch")).toBe(true);

      await one.getByRole("button", { name: "Merge the two calls: everybody hears everybody" }).click();
      await expect.poll(() => fake.requests.some(({ route }) => route === "POST /calls/call-live/merge")).toBe(true);
      const refused = { state: "failed", why: "a conference has ten parties at most" } as const;
      fake.change({ lines: [first, { ...second, merge: refused }] });
      await expect(one.getByText("The two calls are not merged.")).toBeVisible();
      await expect(one.getByText("a conference has ten parties at most")).toBeVisible();
      await shot(page, `not-merged-${view.name}`);
      fake.change({ lines: [first, second] });
      await expect(one.getByText("The two calls are not merged.")).toBeHidden();
      await one.getByRole("button", { name: "Hang up" }).click();
      await expect.poll(() => fake.requests.some(({ route }) => route === "POST /calls/call-live/hangup")).toBe(true);
    });

    test("two calls at a desk phone are changed by its keys, which the page says", async ({ page, fake, address }) => {
      await startAt(page, address);
      const first = talk({ device: "desk_phone", state: "held", two_calls: true, aside: true });
      const second = talk({ call: "c2", line: 2, device: "desk_phone", name: "Olivier Maes", two_calls: true });
      fake.change({ status: "on_call", lines: [first, second] });
      const one = page.getByRole("region", { name: "Line 1" });
      await expect(one).toContainText("On hold on your desk phone: take it off hold there to talk here.");
      await expect(one.getByRole("button", { name: "Merge the two calls: everybody hears everybody" })).toBeVisible();
      await expect(one.getByRole("button", { name: "Swap: Talk to Elena Petrova" })).toBeHidden();
      await shot(page, `two-calls-desk-phone-${view.name}`);

      fake.change({ lines: [talk({ device: "desk_phone", state: "held", aside: true })] });
      await expect(one).toContainText("On hold on your desk phone: take it off hold there to talk here.");
      await expect(one.getByRole("button", { name: "Merge the two calls: everybody hears everybody" })).toBeHidden();
      await expect(one.getByRole("button", { name: "Hang up" })).toBeVisible();
    });
  });
}
