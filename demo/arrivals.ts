/** Counts what the simulated carriers have received, over their HTTP API. */
export interface ArrivalCounts {
  email: number;
  sms: number;
  calls: number;
}

export async function countArrivals(url: string): Promise<ArrivalCounts> {
  const response = await fetch(`${url}/counts`, { signal: AbortSignal.timeout(5_000) });
  const { email, sms, calls } = (await response.json()) as Record<keyof ArrivalCounts, { total: number }>;
  return { email: email.total, sms: sms.total, calls: calls.total };
}

/** The difference of two counts. */
export const since = (before: ArrivalCounts, after: ArrivalCounts): ArrivalCounts => ({
  email: after.email - before.email,
  sms: after.sms - before.sms,
  calls: after.calls - before.calls,
});
