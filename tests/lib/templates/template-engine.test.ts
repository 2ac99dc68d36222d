import assert from "node:assert/strict";
import { test } from "node:test";
import { templateEngine } from "../../../svc/lib/templates/template-engine.ts";

test("a template can neither read files nor name a filter that is not there", () => {
  for (const tag of ["include", "render", "layout", "block"])
    assert.throws(() => templateEngine().parse(`{% ${tag} "/etc/passwd" %}`), new RegExp(`tag "${tag}" not found`));
  assert.throws(() => templateEngine().parseAndRenderSync("{{ name | nonesuch }}", {}), /undefined filter: nonesuch/);
});

test("values are escaped where the result is HTML, and nowhere else", () => {
  const render = (escapeHtml: boolean) =>
    String(templateEngine({ escapeHtml }).parseAndRenderSync("<b>{{ name }}</b>", { name: "A & B" }));
  assert.deepEqual([render(true), render(false)], ["<b>A &amp; B</b>", "<b>A & B</b>"]);
});

test("a template that would render for ever is ended", () => {
  assert.throws(
    () => templateEngine().parseAndRenderSync("{% for i in (1..100000000) %}{{ i }}{% endfor %}", {}),
    /limit exceeded/,
  );
});
