import { expect, shot, startAt, test } from "./desk.ts";
import { talk } from "./fake/in-call.ts";
import { views } from "./views.ts";

test.beforeEach(({ page }) => page.setDefaultTimeout(15_000));

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test("an intercom says so, a page who hears it, and who only hears can leave it alone", async ({
      page,
      fake,
      address,
    }) => {
      await startAt(page, address);
      const one = page.getByRole("region", { name: "Line 1" });
      const colleague = { name: "Ben Ortiz", number: "103", direction: "internal" } as const;
      fake.change({ status: "on_call", lines: [talk({ ...colleague, intercom: true })] });
      await expect(one).toContainText("Intercom");
      await expect(one.getByRole("button", { name: "Hold" })).toBeVisible();

      const group = { name: "Warehouse", number: "300", direction: "internal" } as const;
      fake.change({ lines: [talk({ ...group, page: { group: "Warehouse", hears: 3 } })] });
      await expect(one.getByRole("status")).toHaveText("3 hear you.");
      await expect(one.getByRole("button", { name: "Mute" })).toBeVisible();
      await expect(one.getByRole("button", { name: "Hold" })).toBeHidden();
      await shot(page, `page-speaks-${view.name}`);

      fake.change({ lines: [talk({ ...group, page: { group: "Warehouse", hears: 0, multicast: true } })] });
      await expect(one.getByRole("status")).toHaveText("The telephones of Warehouse play what you say.");

      fake.change({ lines: [talk({ ...colleague, page: { group: "Warehouse", hears: 3, listens: true } })] });
      await expect(one.getByRole("status")).toHaveText("A page to Warehouse: you hear it and are not heard.");
      await expect(one.getByRole("button", { name: "Mute" })).toBeHidden();
      await shot(page, `page-hears-${view.name}`);
      await one.getByRole("button", { name: "Hang up" }).click();
      await expect.poll(() => fake.requests.some(({ route }) => route === "POST /calls/call-live/hangup")).toBe(true);
    });
  });
}
