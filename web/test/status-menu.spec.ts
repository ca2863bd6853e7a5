import { expect, shot, start, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });

/** MN-12: a status of the organisation's own has its colour, and none of many is out of reach. */
test("the status menu shows colours, long names and as many choices as there are", async ({ page, fake, address }) => {
  const colour = "rgb(112, 72, 232)";
  fake.reasons = ["R".repeat(50), ...Array.from({ length: 30 }, (_, n) => `Reason ${n}`)];
  await page.goto(address);
  await start(page);
  fake.change({
    status: "unavailable",
    custom: { id: "status-1", name: "Coaching", colour: "#7048e8", effect: "busy" },
  });
  const status = page.getByRole("button", { name: /^Status/ });
  await expect(status.locator(".status-mark")).toHaveCSS("color", colour);
  await status.click();
  const menu = page.getByRole("menu");
  await expect(menu.getByRole("menuitem", { name: "Coaching" }).locator(".status-mark")).toHaveCSS("color", colour);
  const box = await menu.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
  expect(await menu.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  await menu.getByRole("menuitem", { name: "Stop work" }).scrollIntoViewIfNeeded();
  await expect(menu.getByRole("menuitem", { name: "Stop work" })).toBeInViewport();
  await shot(page, "status-menu-many-1440");
});
