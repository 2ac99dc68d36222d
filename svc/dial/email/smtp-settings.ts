/** The settings of the mail server. */
import type { Env } from "../../lib/service/config.ts";
import { hostOf, providerUrl } from "../../lib/service/provider-url.ts";
import type { SmtpServer } from "./smtp-opening.ts";

export interface SmtpSettings {
  server: SmtpServer;
  connections: number;
}

/** Undefined when no mail server is set up. */
export function readSmtpSettings(env: Env): SmtpSettings | undefined {
  const connections = env.int("DIAL_SMTP_CONNECTIONS", 20, "connections to the mail server at once", {
    least: 1,
    most: 500,
  });
  const url = providerUrl(
    env,
    "DIAL_SMTP_URL",
    ["smtp:", "smtps:"],
    "smtp://user:password@host:port, or smtps:// for TLS from the first byte",
    ["tls"],
  );
  if (!url) return undefined;
  const startTls = url.searchParams.get("tls") ?? "offered";
  if (!["offered", "required", "off"].includes(startTls))
    env.problem("DIAL_SMTP_URL: tls must be offered (default), required or off.");
  const secure = url.protocol === "smtps:";
  const server = {
    host: hostOf(url),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    startTls: startTls as SmtpServer["startTls"],
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  return { server, connections };
}
