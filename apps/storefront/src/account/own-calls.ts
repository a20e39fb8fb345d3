/** The calls of profile and addresses: plain HTTP, as the cart's, since these pages ask for nothing while one looks at them. */
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { ShopRouter } from "@tillstream/commerce";

type Inputs = inferRouterInputs<ShopRouter>;
type Outputs = inferRouterOutputs<ShopRouter>;
type Own = "profile" | "addresses";

export type SavedAddress = Outputs["addresses"]["list"]["items"][number];
export type BeforeErasure = Outputs["profile"]["beforeErasure"];

const TIMEOUT_MS = 20_000;

/** A mutation in the name of `person`, or in nobody's. Rejects with what `failureOf` reads. */
export async function change<Group extends Own, Name extends keyof Inputs[Group] & keyof Outputs[Group] & string>(
  person: string,
  group: Group,
  name: Name,
  input: Inputs[Group][Name],
): Promise<Outputs[Group][Name]> {
  const response = await fetch(`/api/trpc/${group}.${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", "tillstream-as": person },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const { result, error } = (await response.json()) as { result?: { data: Outputs[Group][Name] }; error?: object }; // tRPC's envelope
  if (result === undefined) throw Object.assign(new Error(), error);
  return result.data;
}
