import { expect, shot, test } from "./desk.ts";
import { ago, ahead } from "./fake/data.ts";
import { queues } from "./fake/live.ts";

test.use({ viewport: { width: 1440, height: 900 } });

const marcus = {
  id: "callback-1",
  queue: "queue-1",
  queue_name: "Sales",
  number: "+12025550162",
  name: "Marcus Webb",
  priority: 5,
  entered_at: ago(840),
  attempts: 2,
  retry_at: ahead(240),
};
const stranger = {
  id: "callback-2",
  queue: "queue-1",
  queue_name: "Sales",
  number: "+33155501722",
  priority: 5,
  entered_at: ago(75),
  attempts: 0,
};

/** told is the picture's word on how many customers wait to be called back in Sales. */
const told = (pending: number) => ({
  kind: "queue" as const,
  data: {
    ...(queues()[0] as ReturnType<typeof queues>[number]),
    callbacks_pending: pending,
    callbacks_changed_at: new Date().toISOString(),
  },
});

test("an agent sees who waits to be called back, and can cancel none", async ({ page, fake, address }) => {
  fake.callbacks = [marcus, stranger];
  await page.goto(address);
  await expect(page.getByRole("region", { name: "Queues" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Callbacks" })).toBeHidden();
  fake.emit(told(2));
  const panel = page.getByRole("region", { name: "Callbacks" });
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await expect(panel.getByRole("listitem").first()).toContainText("Marcus WebbSales · 2 attempts · again at");
  await expect(panel.getByRole("listitem").last()).toContainText("+33 155 501 722Sales");
  await expect(panel.getByRole("button")).toHaveCount(0);
});

test("a supervisor gives a callback up, and reads why one cannot be", async ({ page, fake, address }) => {
  fake.role = "supervisor";
  fake.callbacks = [marcus, stranger];
  await page.goto(address);
  await expect(page.getByRole("region", { name: "Queues" })).toBeVisible();
  fake.emit(told(2));
  const panel = page.getByRole("region", { name: "Callbacks" });
  await expect(panel.getByRole("listitem")).toHaveCount(2);
  await shot(page, "callbacks-1440-light");

  fake.refusals.set("DELETE /callbacks/callback-1", "This callback is over already.");
  await panel.getByRole("button", { name: /Marcus Webb/ }).click();
  await expect(page.getByText("This callback is over already.")).toBeVisible();
  await expect(panel.getByRole("listitem")).toHaveCount(2);

  fake.refusals.clear();
  await panel.getByRole("button", { name: /Marcus Webb/ }).click();
  await expect.poll(() => fake.callbacks).toEqual([stranger]);
  fake.emit(told(1));
  await expect(panel.getByRole("listitem")).toHaveCount(1);
  await expect(panel.getByText("Marcus Webb")).toHaveCount(0);
  fake.callbacks = [];
  fake.emit(told(0));
  await expect(panel).toBeHidden();
});
