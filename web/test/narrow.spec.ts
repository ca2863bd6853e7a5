import type { WorkSummary } from "../src/api/types.ts";
import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 360, height: 740 } });
test.beforeEach(({ page }) => page.setDefaultTimeout(10_000));

/** week is what one agent did. */
const week: WorkSummary = {
  agents: [
    {
      agent: "agent-1",
      agent_name: "Ann Lindgren",
      availability_pct: 92,
      available_seconds: 32_000,
      avg_handle_time_seconds: 184,
      hours: [],
      missed: 1,
      statuses: [],
      taken: 41,
      total_tracked_seconds: 34_800,
      unavailable_seconds: 2800,
    },
  ],
  avg_available_pct: 92,
  statuses: [{ status: "available", seconds: 32_000 }],
  timezone: "UTC",
  total_agents: 1,
};

/** What a thumb presses is high enough, and no view of the workforce is out of reach. */
test("controls are at least 40 pixels high on a small screen", async ({ page, fake, address }) => {
  fake.role = "admin";
  const low = () =>
    page
      .locator(".pane-work, .voicemail")
      .locator("button:visible, select:visible, input.mantine-Input-input:visible")
      .evaluateAll((all) =>
        all
          .filter((one) => !one.closest(".mantine-SegmentedControl-root, .mantine-NumberInput-controls, .textlink"))
          .filter((one) => one.getBoundingClientRect().height < 40)
          .map((one) => one.outerHTML),
      );
  for (const path of ["calls", "voicemail", "settings/audio", "settings/own", "settings/phone"]) {
    await page.goto(`${address}/${path}`);
    await expect(page.locator(".pane-work, .voicemail").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    await expect.poll(low, path).toEqual([]); // what is still being styled is not counted
  }
  await page.route("**/workforce/summary*", (route) => route.fulfill({ json: week }));
  await page.goto(`${address}/workforce`);
  await expect(page.getByText("1 agent", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Time in statuses" })).toHaveCSS("padding-left", "16px");
  const heads = page.getByRole("columnheader");
  await expect(heads.first()).toBeVisible();
  expect(await heads.evaluateAll((all) => all.filter((head) => head.scrollWidth > head.clientWidth).length)).toBe(0);
  await page.getByText("Status changes").click();
  const chosen = page.getByRole("radio", { name: "Status changes" });
  await expect(chosen).toBeChecked();
  const box = await page.getByText("Status changes", { exact: true }).boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(360);
  await shot(page, "workforce-views-360");
});

/** CS-5: whatever an agent wrote, a supervisor sees the answers. */
test("a request with a long word leaves its answers in sight", async ({ page, fake, address }) => {
  fake.role = "supervisor";
  await page.goto(`${address}/calls`);
  await expect(page.getByRole("navigation").first()).toBeVisible();
  const until = new Date(Date.now() + 60_000).toISOString();
  const why = "the class of service Standard allows no calls to this country";
  fake.emit({
    kind: "override",
    data: {
      id: "override-1",
      agent: "agent-2",
      agent_name: "Ben Ortiz",
      number: "+442079460958",
      rule: "country_blocked",
      state: "requested",
      note: "w".repeat(80),
      until,
      why,
    },
  });
  for (const width of [768, 360]) {
    await page.setViewportSize({ width, height: 740 });
    const requests = page.getByRole("region", { name: "Requests" });
    for (const name of ["Allow one call", "Deny"]) {
      const box = await requests.getByRole("button", { name }).boundingBox();
      expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    }
    await shot(page, `request-long-${width}`);
  }
});
