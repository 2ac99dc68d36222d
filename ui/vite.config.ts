import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `vite dev` finds the REST contract; the built application asks the host it came from. */
const edge = process.env.HERALD_EDGE_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/ui/",
  plugins: [react()],
  server: { proxy: { "/v1": edge, "/.well-known": edge } },
  build: { outDir: "dist", emptyOutDir: true, target: "es2023", reportCompressedSize: false },
});
