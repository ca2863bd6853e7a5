import type { Page } from "@playwright/test";
import { expect, shot, start, test } from "./desk.ts";
import { notices } from "./fake/notices.ts";
import { views } from "./views.ts";

/** The bell collects what happened while the agent looked elsewhere (NT-5). */
for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test(`the bell ${view.name}`, async ({ page, fake, address }) => {
      fake.role = "supervisor";
      await page.goto(address);
      await page.getByRole("button", { name: "Notices, 0 unread" }).click();
      const panel = page.getByRole("dialog", { name: "Notices" });
      await expect(panel).toContainText("Nothing yet");
      await expect(panel.getByRole("button", { name: "Mark all as read" })).toBeDisabled();
      await shot(page, `bell-empty-${view.name}`);
      await page.keyboard.press("Escape");
      await expect(panel).toBeHidden();
      await expect(page.getByRole("button", { name: "Notices, 0 unread" })).toBeFocused();

      fake.ring([...notices]);
      const bell = page.getByRole("button", { name: "Notices, 3 unread" });
      await expect(bell).toContainText("3");
      await bell.press("Enter");
      await expect(panel.getByRole("listitem")).toHaveCount(6);
      await expect(panel.getByRole("listitem").first()).toContainText("Missed call from Nora Winter");
      await expect(panel).toContainText("Service level of Support fell to 62 %");
      await expect(panel).toContainText("In Sales, 00:48");
      await expect
        .poll(async () => {
          const { x = -1, y = -1, width = 0, height = 0 } = (await panel.boundingBox()) ?? {};
          return x >= 0 && y >= 0 && x + width <= view.size.width && y + height <= view.size.height;
        })
        .toBe(true);
      await shot(page, `bell-${view.name}`);

      const [first] = notices;
      if (first) fake.ring([{ ...first, id: "n0", data: { number: "+12025550111" } }]);
      await expect(panel.getByRole("listitem")).toHaveCount(7);
      await expect(panel.getByRole("listitem").first()).toContainText("Direct call");
      await panel.getByRole("link", { name: /Message from/ }).press("Enter");
      await expect(page).toHaveURL(/\/voicemail\?box=m1/);
      await expect(page.getByRole("button", { name: "Notices, 3 unread" })).toBeVisible();
      expect(fake.requests.some(({ route }) => route === "PUT /notices/n3/read")).toBe(true);
      await page.getByRole("button", { name: "Notices, 3 unread" }).click();
      await panel.getByRole("button", { name: "Mark all as read" }).click();
      await expect(page.getByRole("button", { name: "Notices, 0 unread" })).toBeVisible();
      await expect(panel.getByRole("listitem").first()).not.toContainText("unread");
    });
  });
}

/** least is how wide and high what is touched must be. */
const least = 44;

/** What cannot be touched of the phone, the areas and the bell, as far as they are in view: too small, or covered by something else. */
const untouchable = (page: Page) =>
  page.evaluate((side) => {
    const faults: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>(
      ":is(.dock, .rail, .rail-bells) :is(button, a[href], input, select)",
    )) {
      const { x, y, width, height } = one.getBoundingClientRect();
      const [middle, half] = [x + width / 2, y + height / 2];
      const inView = width > 1 && height > 1 && middle > 0 && half > 0 && middle < innerWidth && half < innerHeight;
      if (!inView || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const name = one.getAttribute("aria-label") ?? one.textContent?.trim() ?? one.tagName;
      if (width < side || height < side) faults.push(`${name}: ${Math.round(width)} x ${Math.round(height)}`);
      const top = document.elementFromPoint(middle, half);
      if (top && !one.contains(top) && !top.contains(one))
        faults.push(`${name} is under ${top.className || top.tagName}`);
    }
    return faults;
  }, least);

test.describe("beside the phone at 360 px", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("the bell covers nothing of the raised phone and is there when it is lowered", async ({
    page,
    fake,
    address,
  }) => {
    await page.goto(address);
    await expect(page.getByRole("button", { name: "Notices, 0 unread" })).toBeVisible();
    fake.ring([...notices]);
    const bell = page.getByRole("button", { name: "Notices, 3 unread" });
    await expect(bell).toBeVisible();
    await page.getByRole("button", { name: "Phone", exact: true }).click();
    await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
    await expect(bell).toBeHidden();
    await start(page);
    await expect.poll(() => untouchable(page)).toEqual([]);
    await shot(page, "bell-phone-360");
    await page.getByRole("button", { name: "Lower the phone" }).click();
    await expect(bell).toBeVisible();
    await expect.poll(() => untouchable(page)).toEqual([]);
    await bell.click();
    await expect(page.getByRole("dialog", { name: "Notices" })).toBeVisible();
  });

  const places = ["queues", "history", "voicemail", "settings/company/queues", "settings/company/queues?id=queue-1"];
  for (const place of places) {
    test(`the bell covers nothing at the end of /${place}`, async ({ page, fake, address }) => {
      fake.role = "admin";
      await page.goto(`${address}/${place}`);
      await expect(page.getByRole("button", { name: /^Notices/ })).toBeVisible();
      await expect(page.locator(".screen").getByRole("heading").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      if (place.includes("id=")) await page.getByRole("button", { name: "Save", exact: true }).scrollIntoViewIfNeeded();
      await expect.poll(() => underTheBell(page)).toEqual([]);
      await shot(page, `bell-end-${place.replaceAll(/[^a-z]+/g, "-")}`);
    });
  }
});

/** What is under the bell when everything is scrolled to its end: words, and what is touched. */
const underTheBell = (page: Page) =>
  page.evaluate(() => {
    for (const one of document.querySelectorAll(".screen, .screen *")) one.scrollTop = one.scrollHeight;
    const bell = document.querySelector(".rail-bells")?.getBoundingClientRect();
    if (!bell) return ["no bell"];
    const covered: string[] = [];
    const look = (node: Node, words: string) => {
      const range = document.createRange();
      range.selectNode(node);
      for (const { left, right, top, bottom } of range.getClientRects())
        if (right > bell.left && left < bell.right && bottom > bell.top && top < bell.bottom) covered.push(words);
    };
    const texts = document.createTreeWalker(document.querySelector(".screen") as Node, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      if (node.textContent?.trim() && node.parentElement?.checkVisibility()) look(node, node.textContent);
    for (const one of document.querySelectorAll(".screen :is(button, a[href], input, select)"))
      if (one.checkVisibility()) look(one, one.getAttribute("aria-label") ?? one.outerHTML.slice(0, 80));
    return covered;
  });
