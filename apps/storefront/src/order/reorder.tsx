"use client";
/** What was ordered goes into the cart once more; the cart says what is different. */
import { Banner, Button } from "@tillstream/ui";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useTabCart } from "../cart/cart-provider.tsx";
import { keepNotes } from "../cart/reorder-notes.tsx";
import { newKey } from "../shop/new-key.ts";
import type { OrderAccess } from "./order-stream.ts";

interface ReorderProps {
  readonly access: OrderAccess;
  readonly variant?: "primary" | "secondary";
}

export function Reorder({ access, variant = "secondary" }: ReorderProps) {
  const router = useRouter();
  const { calls, store } = useTabCart();
  const [state, setState] = useState<{ readonly isSending: boolean; readonly refusal?: string }>({ isSending: false });
  /** Kept until the outcome is known: what was sent twice is done once. */
  const key = useRef<string>(undefined);
  async function again(): Promise<void> {
    key.current ??= newKey();
    setState({ isSending: true });
    const answer = await calls.reorder(access, key.current);
    if (answer.ok || answer.known) key.current = undefined;
    if (!answer.ok) return setState({ isSending: false, refusal: answer.failure.message });
    keepNotes(answer.data.notes);
    await store.refetch();
    router.push("/cart");
  }
  return (
    <>
      <Button variant={variant} loading={state.isSending} onClick={() => void again()}>
        Order it again
      </Button>
      {state.refusal !== undefined && (
        <Banner tone="waiting" role="alert" title="Your cart was not changed" className="mt-3 w-full">
          {state.refusal}
        </Banner>
      )}
    </>
  );
}
