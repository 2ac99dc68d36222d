/** The RPC of PreviewService. */
import { Channel } from "../../../gen/herald/common/v1/channel.ts";
import type {
  PreviewMessageRequest,
  PreviewServiceImplementation,
} from "../../../gen/herald/dial/v1/preview_service.ts";
import type { FairSlots } from "../../lib/async/fair-slots.ts";
import type { Handlers } from "../../lib/rpc/context.ts";
import { Checks } from "../../lib/request/validate.ts";
import { type MessageToPreview, type PreviewDeps, previewMessage } from "./preview.ts";

export interface PreviewServiceDeps extends PreviewDeps {
  /** Owners are tenants. */
  previews: FairSlots;
}

export const previewService = ({ previews, ...deps }: PreviewServiceDeps): Handlers<PreviewServiceImplementation> => ({
  previewMessage: (req, ctx) =>
    previews.run({ owner: ctx.tenantId, signal: ctx.signal }, async () => ({
      preview: await previewMessage(deps, ctx, readRequest(req)),
    })),
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
