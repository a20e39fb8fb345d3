"use client";
/** Receiving units of an item, and counting it. A count is of what this page shows: what changed meanwhile refuses it. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { NumberDialog, type NumberAndReason } from "../console/number-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { undoing, useUndo } from "../console/use-undo.ts";
import type { Item } from "./item.ts";
import { unitsOf, unitsProblem } from "./typed-units.ts";

interface Receipt extends NumberAndReason {
  readonly expectedVersion: number;
}

interface Count extends NumberAndReason {
  readonly expected: number;
}

export function ItemCommands({ item: { sku, available, reserved, version } }: { item: Item }) {
  const trpc = useTRPC();
  const { stock } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const [asking, setAsking] = useState<"receive" | "count">();
  const [expected, setExpected] = useState(0);
  const onHand = available + reserved;
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.stock.pathKey() });
  /** Back to what was on hand, as long as nothing else has moved since. */
  const offerUndo = useUndo({
    name: "stock.count",
    subject: sku,
    send: (input: { counted: number; expected: number; reason: string }, call) =>
      stock.count.mutate({ sku, ...input }, call),
    refresh,
  });
  const isDone = async (done: string, before: number, after: number, reason: string) => {
    await refresh();
    setAsking(undefined);
    offerUndo(done, { counted: before, expected: after, reason: undoing(reason) });
  };
  const receive = useCommand({
    name: "stock.receive",
    subject: sku,
    send: ({ value: quantity, ...input }: Receipt, call) => stock.receive.mutate({ sku, quantity, ...input }, call),
    onDone: (_, { value, reason }) =>
      isDone(`Received ${value.toLocaleString("en-US")} of ${sku}.`, onHand, onHand + value, reason),
    onRefused: refresh,
  });
  const count = useCommand({
    name: "stock.count",
    subject: sku,
    send: ({ value: counted, ...input }: Count, call) => stock.count.mutate({ sku, counted, ...input }, call),
    onDone: (_, { value, expected: before, reason }) =>
      isDone(`${value.toLocaleString("en-US")} of ${sku} are on hand.`, before, value, reason),
    // The refusal says what changed: the next count is of that.
    onRefused: async () => {
      await refresh();
      const now = queryClient.getQueryData(trpc.stock.bySku.queryKey({ sku }));
      if (now !== undefined) setExpected(now.available + now.reserved);
    },
  });
  const ask = (what: "receive" | "count") => {
    setExpected(onHand);
    setAsking(what);
  };
  const close = (open: boolean) => open || setAsking(undefined);
  return (
    <>
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => ask("receive")}>
        Receive
      </Button>
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => ask("count")}>
        Count
      </Button>
      <NumberDialog
        command={receive}
        what="the receipt"
        open={asking === "receive"}
        onOpenChange={close}
        title={`Receive units of ${sku}?`}
        numberLabel="Units that came in"
        inputMode="numeric"
        parse={(typed) => unitsOf(typed, 1)}
        format={String}
        problem={unitsProblem(1)}
        reasonLabel="Where they came from"
        confirmLabel="Receive"
        onConfirm={(input) => void receive.run({ ...input, expectedVersion: version })}
      >
        <p>They can be sold at once.</p>
      </NumberDialog>
      <NumberDialog
        command={count}
        what="the count"
        open={asking === "count"}
        onOpenChange={close}
        title={`Count ${sku}?`}
        numberLabel="Units on hand"
        inputMode="numeric"
        parse={(typed) => unitsOf(typed, 0)}
        format={String}
        problem={unitsProblem(0)}
        reasonLabel="Why it was counted"
        confirmLabel="Count"
        onConfirm={(input) => void count.run({ ...input, expected })}
      >
        <p>
          Count everything that is here, also what is reserved for orders that have not left. By the books{" "}
          <strong className="font-medium text-ink">{expected.toLocaleString("en-US")}</strong> are on hand
          {reserved > 0 && `, ${reserved.toLocaleString("en-US")} of them reserved`}.
          {expected !== onHand && ` That was when this opened; ${onHand.toLocaleString("en-US")} are now.`}
        </p>
      </NumberDialog>
    </>
  );
}
