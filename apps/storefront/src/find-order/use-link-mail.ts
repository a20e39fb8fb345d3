"use client";
/** Asks for the mail with an order's link. The same question keeps its key until its outcome is known. */
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { failureOf } from "../shop/failure.ts";
import { newKey } from "../shop/new-key.ts";
import { useTRPCClient } from "../shop/trpc.ts";

type Client = ReturnType<typeof useTRPCClient>;
interface CallOptions {
  readonly context: { readonly idempotencyKey: string };
}

export function useLinkMail<Input>(send: (client: Client, input: Input, options: CallOptions) => Promise<unknown>) {
  const client = useTRPCClient();
  const open = useRef<{ question: string; key: string }>(undefined);
  return useMutation({
    async mutationFn(input: Input) {
      const question = JSON.stringify(input);
      if (open.current?.question !== question) open.current = { question, key: newKey() };
      try {
        await send(client, input, { context: { idempotencyKey: open.current.key } });
        open.current = undefined;
      } catch (error) {
        if (failureOf(error).reason !== "UNREACHABLE") open.current = undefined;
        throw error;
      }
    },
  });
}
