import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `vite dev` finds the REST contract; the built application asks the host it came from. */
const edge = process.env.HERALD_EDGE_URL ?? "http://127.0.0.1:8080";

// Left alone, every component of the library that two pages share becomes a file of its own, and a page some forty requests.
// What only one page needs stays apart: the charts, the template language.
const sharedFiles = [
  {
    name: "library",
    test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|@mantine\/(core|hooks|form|notifications|store)|@floating-ui)\//,
  },
  { name: "common", test: /ui\/src\/(api|components|session|shell)\// },
];

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/ui/",
  plugins: [react()],
  server: { proxy: { "/v1": edge, "/.well-known": edge } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: { output: { codeSplitting: { groups: sharedFiles } } },
  },
});
