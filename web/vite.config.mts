import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run page` serves the page with hot reload and passes requests on to a server (MIMUS_URL).
const server = process.env.MIMUS_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
  build: {
    target: "es2022",
    // These know light-dark(); for older ones it would be rewritten into something that needs the scheme beside it.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    assetsDir: "assets",
    // Files of the page are named by their content, and nothing is put into the document: the policy takes files only.
    assetsInlineLimit: 0,
    // The licences of what the page is made of travel with it.
    license: { fileName: "assets/licences.md" },
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ["/api", "/external_api_docs", "/health", "/version"].map((path) => [path, { target: server }]),
    ),
  },
});
