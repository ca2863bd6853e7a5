import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  workers: 1,
  retries: 1, // what passes only then is named in the sum: tools/testsum
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
});
