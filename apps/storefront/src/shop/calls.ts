/** The calls of pages about one person: plain HTTP as the cart's, since a client library is not small. */
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import type { ShopRouter } from "@tillstream/commerce";
import type { CommandCall } from "@tillstream/trpc/commands";

type Inputs = inferRouterInputs<ShopRouter>;
type Outputs = inferRouterOutputs<ShopRouter>;
type Own = "profile" | "addresses" | "orders";
type NameIn<Group extends Own> = keyof Inputs[Group] & keyof Outputs[Group] & string;

export type SavedAddress = Outputs["addresses"]["list"]["items"][number];
export type BeforeErasure = Outputs["profile"]["beforeErasure"];

const TIMEOUT_MS = 20_000;

/** Rejects with what `failureOf` reads. */
async function call<Data>(path: string, init: RequestInit): Promise<Data> {
  const response = await fetch(`/api/trpc/${path}`, { ...init, cache: "no-store" });
  const { result, error } = (await response.json()) as { result?: { data: Data }; error?: object }; // tRPC's envelope
  if (result === undefined) throw Object.assign(new Error(), error);
  return result.data;
}

/** A query. What was asked for and not answered in time fails. */
export function read<Group extends Own, Name extends NameIn<Group>>(
  group: Group,
  name: Name,
  input: Inputs[Group][Name],
): Promise<Outputs[Group][Name]> {
  const asked = encodeURIComponent(JSON.stringify(input));
  return call(`${group}.${name}?input=${asked}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** A command of `useCommand`, with its key. */
export function send<Group extends Own, Name extends NameIn<Group>>(
  group: Group,
  name: Name,
  input: Inputs[Group][Name],
  { context, signal }: Pick<CommandCall, "signal"> & { readonly context: Partial<CommandCall["context"]> },
): Promise<Outputs[Group][Name]> {
  const { idempotencyKey, as } = context;
  const headers = new Headers({ "content-type": "application/json" });
  if (idempotencyKey !== undefined) headers.set("idempotency-key", idempotencyKey);
  if (as !== undefined) headers.set("tillstream-as", as);
  return call(`${group}.${name}`, { method: "POST", headers, body: JSON.stringify(input), signal });
}

/** A mutation without a key, in the name of `person`. */
export function change<Group extends Own, Name extends NameIn<Group>>(
  person: string,
  group: Group,
  name: Name,
  input: Inputs[Group][Name],
): Promise<Outputs[Group][Name]> {
  return send(group, name, input, { context: { as: person }, signal: AbortSignal.timeout(TIMEOUT_MS) });
}
