import { expect, shot, start, test } from "./desk.ts";
import { views } from "./views.ts";

const choices = [{ id: "location-1", words: "Front desk, 12 Main St, Springfield, US, floor 3" }];

for (const view of views) {
  test.describe(view.name, () => {
    test.use({ viewport: view.size, colorScheme: view.scheme });

    test("who starts in a new network says where help would have to come", async ({ page, fake, address }) => {
      fake.where = { ask: true, choices };
      await page.goto(address);
      if (view.size.width < 1000) await page.getByRole("button", { name: "Phone", exact: true }).click();
      await start(page);
      if (view.size.width < 1000) await page.getByRole("button", { name: "Lower the phone" }).click();
      const asked = page.getByRole("region", { name: "Where are you?" });
      await expect(asked.getByRole("combobox", { name: "I am at" })).toHaveValue("location-1");
      await shot(page, `where-${view.name}`);
      await asked.getByRole("combobox", { name: "I am at" }).selectOption("Another address");
      await asked.getByLabel("What you call the place").fill("Home");
      await asked.getByLabel("Street and number").fill("1 Elm St");
      await asked.getByLabel("Town").fill("Peoria");
      await asked.getByLabel("Country, two letters").fill("us");
      fake.refusals.set("PUT /station/location", "There is no such location any more. Choose another.");
      await asked.getByRole("button", { name: "Confirm" }).click();
      await expect(asked).toContainText("There is no such location any more.");
      await shot(page, `where-address-${view.name}`);
      fake.refusals.clear();
      await asked.getByRole("button", { name: "Confirm" }).click();
      await expect(asked).toBeHidden();
      expect(fake.requests.findLast(({ route }) => route === "PUT /station/location")?.body).toMatchObject({
        address: { name: "Home", street: "1 Elm St", city: "Peoria", country_code: "US" },
      });
    });
  });
}

test("the own settings say where help would be sent, and change it", async ({ page, fake, address }) => {
  fake.where = { ask: false, choices, location: "location-1", words: choices[0]?.words ?? "" };
  await page.goto(`${address}/settings/own`);
  await expect(page.getByText("Help that you call from here is sent to: Front desk, 12 Main St")).toBeVisible();
  await page.getByRole("form", { name: "Where are you?" }).getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByText("sent to: Home, 1 Elm St")).toBeVisible();
  expect(fake.requests.findLast(({ route }) => route === "PUT /station/location")?.body).toEqual({
    location: "location-1",
  });
});
