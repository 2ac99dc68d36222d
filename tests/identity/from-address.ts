/** Calls TokenService as if through the edge, which says where a call came from. */
import type { TestContext } from "node:test";
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import {
  type IssueTokenRequest,
  type IssueTokenResponse,
  TokenServiceDefinition,
} from "../../gen/herald/identity/v1/token_service.ts";
import { grpcMethod } from "../../svc/lib/rpc/definitions.ts";
import { PASSWORD } from "./identity.ts";

const rpc = grpcMethod(TokenServiceDefinition, TokenServiceDefinition.methods.issueToken);

export function tokensFrom(t: TestContext, service: { address: string }) {
  const raw = new Client(service.address, credentials.createInsecure());
  t.after(() => raw.close());
  const issue = (address: string, grant: IssueTokenRequest["grant"]) => {
    const metadata = new Metadata();
    metadata.set("x-herald-client", address);
    return new Promise<IssueTokenResponse>((resolve, reject) =>
      raw.makeUnaryRequest(
        rpc.path,
        rpc.requestSerialize,
        rpc.responseDeserialize,
        { grant },
        metadata,
        (error, answer) => (error ? reject(error) : resolve(answer as IssueTokenResponse)),
      ),
    );
  };
  const signIn = (address: string, tenant: string, email: string, password = PASSWORD, deviceToken = "") =>
    issue(address, { $case: "password", password: { tenant, email, password, deviceToken } });
  return { issue, signIn };
}
