import { expect, shot, start, test } from "./desk.ts";
import { ago, ahead } from "./fake/data.ts";
import { line } from "./fake/live.ts";
import { views } from "./views.ts";

for (const view of views) {
  const narrow = view.size.width < 1000;

  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test(`notes of a call in hand ${view.name}`, async ({ page, fake, address }) => {
      await page.goto(address);
      if (narrow) await page.getByRole("button", { name: "Phone", exact: true }).click();
      await start(page);
      fake.change({ status: "on_call", lines: [line({ state: "active", since: ago(30), started_at: ago(40) })] });
      if (narrow) await page.getByRole("button", { name: "Lower the phone" }).click();
      const field = page.getByLabel("Call notes");
      await field.click();
      await page.keyboard.type("Wants a refund");
      await expect(page.getByText("Saved", { exact: true })).toBeVisible();
      expect(fake.notesOfCalls.of("call-live").text).toBe("Wants a refund");

      fake.notesOfCalls.away = true;
      await page.keyboard.type(" today");
      await expect(page.getByText(/^Not saved:/)).toContainText("kept in this tab and tried again");
      await shot(page, `notes-not-saved-${view.name}`);
      fake.notesOfCalls.away = false;
      await expect(page.getByText("Saved", { exact: true })).toBeVisible();

      const wrap = { until: ahead(24), started_at: ago(6), extensions_left: 2, call: "call-live", queue: "queue-1" };
      fake.change({ status: "wrap_up", since: ago(6), lines: [], wrap: { ...wrap, queue_name: "Sales" } });
      await expect(page.getByRole("button", { name: "Wrap", exact: true })).toBeVisible();
      await expect(field).toBeFocused();
      fake.notesOfCalls.write("call-live", "Called back, all is well");
      await page.keyboard.type(", before six");
      await expect(page.getByRole("region", { name: "Text of Ben Ortiz" })).toContainText("Called back, all is well");
      await expect(field).toHaveValue("Wants a refund today, before six");
      await shot(page, `notes-overtaken-${view.name}`);
      await page.getByRole("button", { name: "Keep both" }).click();
      await expect(page.getByText("Saved", { exact: true })).toBeVisible();
      expect(fake.notesOfCalls.of("call-live").text).toBe(
        "Called back, all is well\n\nWants a refund today, before six",
      );
      await shot(page, `notes-wrap-up-${view.name}`);

      fake.change({ lines: [line({ call: "call-2", offer: "offer-2" })] }); // a supervisor has taken another caller
      await expect(page.getByRole("alertdialog")).toBeVisible();
      await expect(page.getByRole("button", { name: "Wrap", exact: true })).toBeVisible();
      await expect(field).toHaveValue(/before six$/);
    });

    test(`notes in the history ${view.name}`, async ({ page, fake, address }) => {
      fake.role = "supervisor";
      const before = {
        at: ago(3000),
        editor: "user-2",
        editor_name: "Ben Ortiz",
        author: "user-1",
        author_name: "Ann Lindgren",
      };
      fake.notesOfCalls.write("call-0", "Had his refund", {
        notes_finalized_at: ago(3600),
        edits: [{ ...before, before: "Wants a refund" }],
      });
      await page.goto(`${address}/history?call=call-0`);
      await expect(page.getByText("Had his refund")).toBeVisible();
      await expect(page.getByText(/Ben Ortiz, .*; final since/)).toBeVisible();
      await page.getByText("1 earlier text").click();
      await expect(page.getByText(/replaced by Ben Ortiz; written by Ann Lindgren/)).toBeVisible();
      // From the top: wherever else the click has scrolled to, a key may be cut by the edge, and axe takes it for a small one.
      await page.evaluate(() => {
        for (const one of document.querySelectorAll("*")) one.scrollTop = 0;
      });
      await shot(page, `notes-history-${view.name}`);
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      await page.getByLabel("Call notes").fill("Had it twice");
      fake.notesOfCalls.write("call-0", "Had it once");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByRole("button", { name: "Keep mine" }).click();
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expect(page.getByText("Had it twice")).toBeVisible();
      expect(fake.notesOfCalls.of("call-0")).toMatchObject({ text: "Had it twice", version: 3 });
    });
  });
}
