import { expect, shot, test } from "./desk.ts";

test.use({ viewport: { width: 1440, height: 900 } });

test("counts the calls of a number's routing as they come and go, and asks for nothing twice", async ({
  page,
  fake,
  address,
}) => {
  fake.role = "supervisor";
  await page.goto(`${address}/routing/number-1`);
  const graph = page.getByRole("region", { name: "Main" });
  await expect(graph.getByText("Welcome")).toBeVisible();
  await expect.poll(() => fake.heard).toContainEqual({ kind: "places", on: true });
  const place = (kind: string, target: string, live: number) =>
    fake.emit({ kind: "place", data: { kind, target, live } });
  const sales = graph.getByRole("listitem").filter({ hasText: "Sales" }).last();
  await expect(sales).not.toContainText("call");
  place("menu", "menu-1", 1);
  place("queue", "queue-1", 2);
  await expect(sales).toContainText("2 calls");
  await expect(graph.getByRole("heading")).toContainText("3 calls");
  await shot(page, "routing-graph-live");
  place("queue", "queue-1", 1);
  place("menu", "menu-1", 0);
  await expect(graph.getByRole("heading")).toContainText("1 call");
  expect(fake.requests.filter(({ route }) => route.endsWith("/graph"))).toHaveLength(1);
  await page.getByRole("link", { name: "History" }).first().click();
  await expect.poll(() => fake.heard).toContainEqual({ kind: "places", on: false });
});

/** The list of numbers leaves room for what one of them is. */
test("where a number leads stays in sight beneath a hundred numbers", async ({ page, fake, address }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  fake.role = "supervisor";
  fake.numbers = Array.from({ length: 100 }, (_, n) => ({
    id: `number-${n}`,
    number: `+1202555${1000 + n}`,
    label: "",
  }));
  await page.goto(`${address}/routing/number-1`);
  await expect(page.getByRole("region", { name: "Main" }).getByText("Welcome")).toBeInViewport();
  await shot(page, "routing-many-360");
});

/** A warning leads to the record that it is about. */
test("a dead end leads to where it can be mended", async ({ page, fake, address }) => {
  fake.role = "admin";
  await page.goto(`${address}/routing/warnings`);
  await expect(page.getByRole("link", { name: "Open hours" })).toHaveAttribute(
    "href",
    "/settings/company/time-routers?id=router-1",
  );
  await expect(page.getByRole("link", { name: "Organisation" })).toHaveAttribute(
    "href",
    "/settings/company/organisation",
  );
});
