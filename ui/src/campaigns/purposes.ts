import type { Purpose } from "../api/contract.ts";

/** Why people are contacted, in the words of the form. */
export const purposes: readonly { value: Purpose; label: string }[] = [
  { value: "PURPOSE_MARKETING", label: "Marketing: offers, newsletters" },
  { value: "PURPOSE_INFORMATIONAL", label: "Information about what they use" },
  { value: "PURPOSE_TRANSACTIONAL", label: "Something they asked for: a receipt, an appointment" },
];

/** The purpose of a campaign, for people. */
export const purposeLabel = (purpose: Purpose): string => purposes.find(({ value }) => value === purpose)?.label ?? "";
