/** Turns accounts of tenants into the settings that connections take, with the usual values for what is not set. Pure. */
import { type SmppAccount, type SmtpAccount, SmtpTls } from "../../../gen/herald/dial/v1/provider.ts";
import type { AddressFence } from "../../lib/outbound/address-fence.ts";
import type { SmtpServer } from "../email/smtp-opening.ts";
import type { SmppServer } from "../sms/smpp-link.ts";
import { portOf } from "./account.ts";

const startTlsOf = (tls: SmtpTls): SmtpServer["startTls"] => {
  if (tls === SmtpTls.SMTP_TLS_OFFERED) return "offered";
  return tls === SmtpTls.SMTP_TLS_OFF || tls === SmtpTls.SMTP_TLS_IMPLICIT ? "off" : "required";
};

export const smtpServerOf = (smtp: SmtpAccount, fence: AddressFence): SmtpServer => ({
  host: smtp.host,
  port: portOf({ $case: "smtp", smtp }),
  secure: smtp.tls === SmtpTls.SMTP_TLS_IMPLICIT,
  startTls: startTlsOf(smtp.tls),
  user: smtp.user,
  password: smtp.password,
  noPipelining: smtp.noPipelining,
  fence,
});

export const smppServerOf = (smpp: SmppAccount, fence: AddressFence): SmppServer => ({
  host: smpp.host,
  port: portOf({ $case: "smpp", smpp }),
  tls: smpp.tls,
  systemId: smpp.systemId,
  password: smpp.password,
  systemType: smpp.systemType,
  fence,
});
