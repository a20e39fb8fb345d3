/** Whether the payment gateway answers: a question that costs nothing, within a bound, and not more often than every few seconds. */
import type { Ports } from "@tillstream/commerce";

const ANSWER_MS_MAX = 1_500;
const REMEMBERED_MS = 5_000;
/** No charge has it. */
const NO_CHARGE = "pi_none";

export function gatewayHealth(
  gateway: Pick<Ports["gateway"], "findCapture">,
  now: () => number = () => performance.now(),
): () => Promise<"ok" | "away"> {
  let last: { readonly at: number; readonly answer: Promise<"ok" | "away"> } | undefined;
  const ask = () =>
    gateway.findCapture(NO_CHARGE, AbortSignal.timeout(ANSWER_MS_MAX)).then(
      () => "ok" as const,
      () => "away" as const,
    );
  return () => {
    if (last === undefined || now() - last.at >= REMEMBERED_MS) last = { at: now(), answer: ask() };
    return last.answer;
  };
}
