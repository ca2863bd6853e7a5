import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: { manifest: true, target: "es2022", sourcemap: false },
  server: { proxy: { "/api": { target: "http://localhost:8080", ws: true } } },
  test: { include: ["src/**/*.test.ts", "test/**/*.test.ts"] },
});
