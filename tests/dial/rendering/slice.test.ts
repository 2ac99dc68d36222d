import assert from "node:assert/strict";
import { test } from "node:test";
import { InvalidContentError, type TemplateScope } from "../../../svc/dial/rendering/content.ts";
import { renderPatiently } from "../../../svc/dial/rendering/slice.ts";

test("a record whose message took too long is tried once more before it is refused: the machine may have been busy", () => {
  const renders = (failures: number, limit: boolean) => {
    let tries = 0;
    const render = (_scope: TemplateScope) => {
      tries += 1;
      if (tries <= failures) throw new InvalidContentError("no", { limit });
      return { message: { subject: "", text: "Hi", html: "" } };
    };
    return { render, tries: () => tries };
  };
  const busy = renders(1, true);
  assert.deepEqual(renderPatiently(busy.render, {}), { message: { subject: "", text: "Hi", html: "" } });
  const heavy = renders(9, true);
  assert.throws(() => renderPatiently(heavy.render, {}), InvalidContentError);
  assert.equal(heavy.tries(), 2);
  const empty = renders(9, false);
  assert.throws(() => renderPatiently(empty.render, {}), InvalidContentError);
  assert.equal(empty.tries(), 1, "what fails for another reason is not tried again");
});
