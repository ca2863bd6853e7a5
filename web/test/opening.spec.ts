import { expect, test } from "./desk.ts";

test("a page opens although its first request finds no connection", async ({ page, address }) => {
  let failed = 0;
  await page.route("**/api/session", (route) => (failed++ < 2 ? route.abort("connectionreset") : route.continue()));
  await page.goto(`${address}/calls`);
  await expect(page.getByRole("navigation").first()).toBeVisible();
  expect(failed).toBe(3);
});
