/** The RPC of PreviewService. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type {
  PreviewMessageRequest,
  PreviewServiceImplementation,
} from "../../../gen/herald/dial/v1/preview_service.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { Checks } from "../../lib/request/validate.ts";
import { type MessageToPreview, type PreviewDeps, previewMessage } from "./preview.ts";

export const previewService = (deps: PreviewDeps): Handlers<PreviewServiceImplementation> => ({
  previewMessage: async (req, ctx) => ({ preview: await previewMessage(deps, ctx.tenantId, readRequest(req)) }),
});

function readRequest({ content, channel, record }: PreviewMessageRequest): MessageToPreview {
  const check = new Checks();
  const isMessage = channel === Channel.CHANNEL_SMS || channel === Channel.CHANNEL_EMAIL;
  check.that(isMessage, "channel", "Must be SMS or email.");
  check.that(content !== undefined, "content", "Required.");
  check.that(record !== undefined, "record", "Required.");
  check.done();
  return { content, channel, record } as MessageToPreview;
}
