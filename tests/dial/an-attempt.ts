/** An attempt as the pipeline handles it, for tests in which its values do not matter. */
import { Channel } from "../../gen/herald/common/v1/channel.ts";
import type { Attempt } from "../../svc/dial/attempts/attempt.ts";
import type { ChainTry } from "../../svc/dial/attempts/origin.ts";
import { OPERATORS } from "../../svc/dial/providers/provider-route.ts";
import { newId } from "../lib/harness.ts";

export const aTry = (more: Partial<ChainTry> = {}): ChainTry => ({
  kind: "chain",
  groupId: newId(),
  groupName: "",
  recordId: newId(),
  listId: newId(),
  deviceIndex: 1,
  attemptNumber: 1,
  ...more,
});

export const anAttempt = (more: Partial<Attempt> = {}): Attempt => ({
  tenantId: newId(),
  id: newId(),
  origin: aTry(),
  clientId: "",
  firstName: "",
  lastName: "",
  channel: Channel.CHANNEL_SMS,
  contactInfo: "+12025550101",
  ownAddress: "12345",
  route: OPERATORS,
  message: undefined,
  unsubscribeUrl: "",
  ...more,
});

/** For providers in tests in which nothing is signed. */
export const unsigned = async (_tenantId: string, _domain: string, email: string): Promise<string> => email;
