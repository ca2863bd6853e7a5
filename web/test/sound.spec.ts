import { expect, shot, test } from "./desk.ts";
import { ago } from "./fake/data.ts";
import { line } from "./fake/live.ts";
import { views } from "./views.ts";

const active = (part: Parameters<typeof line>[0] = {}) =>
  line({ state: "active", since: ago(30), started_at: ago(40), ...part });

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test(`the banner names cause and side ${view.name}`, async ({ page, fake, address }) => {
      await page.goto(address);
      await expect(page.getByRole("main")).toBeVisible();
      const banner = page.getByRole("status", { name: "Sound of the call" });
      fake.change({ status: "on_call", lines: [active()] });
      await expect(banner).toBeEmpty();

      const quality = {
        bad: true,
        causes: ["loss", "jitter"],
        side: "them",
        heard: "you",
        party: "Elena Petrova",
      } as const;
      fake.change({ lines: [active({ quality: { ...quality, causes: [...quality.causes] } })] });
      await expect(banner).toHaveText("You hear Elena Petrova badly. On their side: lost packets, uneven arrival.");
      await shot(page, `poor-sound-${view.name}`);

      const oneWay = { deaf: "them", party: "Elena Petrova", text: "Elena Petrova cannot hear you" } as const;
      fake.change({ lines: [active({ one_way: oneWay })] });
      await expect(banner).toHaveText("Elena Petrova cannot hear you.");
      await shot(page, `one-way-${view.name}`);

      fake.change({ lines: [active({ one_way: oneWay, repair: "trying" })] });
      await expect(banner).toHaveText("Elena Petrova cannot hear you. Sound is being repaired …");
      fake.change({ lines: [active({ repair: "back" })] });
      await expect(banner).toHaveText("Sound is back.");
      await shot(page, `sound-back-${view.name}`);

      fake.change({ lines: [active()] });
      await expect(banner).toBeEmpty();
    });

    test(`the samples of a call are drawn ${view.name}`, async ({ page, fake, address }) => {
      fake.role = "supervisor";
      await page.goto(`${address}/history`);
      await page
        .getByRole("link", { name: /Open the call/ })
        .first()
        .click();
      const sound = page.getByRole("region", { name: "Sound" });
      const chart = sound.getByRole("img", { name: /From Elena Petrova: MOS 3.1 at worst, loss 9 %/ });
      await expect(chart.locator("canvas")).toBeVisible();
      await sound.scrollIntoViewIfNeeded();
      await expect(sound.getByText("jitter buffer")).toBeVisible();
      await expect(sound.getByText("PCMU, opus from 01:05").first()).toBeVisible();
      await shot(page, `quality-${view.name}`);
    });

    test(`of an old call the figures stay when its samples are gone ${view.name}`, async ({ page, fake, address }) => {
      fake.role = "supervisor";
      fake.samplesKept = false;
      await page.goto(`${address}/history`);
      await page
        .getByRole("link", { name: /Open the call/ })
        .first()
        .click();
      const sound = page.getByRole("region", { name: "Sound" });
      await expect(sound.getByText("The samples were deleted when their time was over").first()).toBeVisible();
      await expect(sound.getByText("3.1 worst").first()).toBeVisible();
      await expect(sound.locator("canvas")).toHaveCount(0);
    });
  });
}
