import type { Page } from "@playwright/test";
import { expect } from "./world.ts";

export const button = (page: Page, name: RegExp | string) =>
  page.getByRole("button", { name, exact: typeof name === "string" });

/** pick opens one of the ways to bring somebody in and chooses an agent there. */
export async function pick(page: Page, way: RegExp | string, agent: string, notes = ""): Promise<void> {
  await button(page, way).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: new RegExp(agent) }).check();
  if (notes !== "") await dialog.getByLabel("Notes for the receiver").fill(notes);
  await dialog.getByRole("button", { name: /^(Transfer|Consult|Call)$/ }).click();
  await expect(dialog).toBeHidden();
}

/** dial opens one of the ways and types a number there. */
export async function dial(page: Page, way: string, number: string): Promise<void> {
  await button(page, way).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "Number", exact: true }).check();
  await dialog.getByLabel("Number or extension").fill(number);
  await dialog.getByRole("button", { name: /^(Transfer|Consult|Call)$/ }).click();
  await expect(dialog).toBeHidden();
}

/** answer takes what rings, by hand: a key is the phone's only outside of text fields. */
export async function answer(page: Page): Promise<void> {
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Answer/ })
    .click({ timeout: 15_000 });
}
