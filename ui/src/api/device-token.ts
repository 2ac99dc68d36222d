/** The token by which this browser is recognised at the same person's next sign-in. Without the password it gives no access. */
const keyOf = (tenant: string, email: string): string => `herald.device.${tenant}.${email.trim().toLowerCase()}`;

export const deviceTokenOf = (tenant: string, email: string): string =>
  localStorage.getItem(keyOf(tenant, email)) ?? "";

export const keepDeviceToken = (tenant: string, email: string, token: string): void =>
  localStorage.setItem(keyOf(tenant, email), token);
