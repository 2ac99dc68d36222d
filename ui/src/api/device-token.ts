/** What this browser shows to be known again at the next sign-in of the same person. It opens nothing without the password. */
const keyOf = (tenant: string, email: string): string => `herald.device.${tenant}.${email.trim().toLowerCase()}`;

export const deviceTokenOf = (tenant: string, email: string): string =>
  localStorage.getItem(keyOf(tenant, email)) ?? "";

export const keepDeviceToken = (tenant: string, email: string, token: string): void =>
  localStorage.setItem(keyOf(tenant, email), token);
