"use client";
/** Forgetting a customer for good. The dialog says what it touches, as counted when it opens. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button, Money } from "@tillstream/ui";
import { useQueryClient } from "@tanstack/react-query";
import Trash2 from "lucide-react/icons/trash-2";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useWhyNotAdminister } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import type { CustomerDetail } from "./customer-detail.ts";
import { keptOf, underWayWords } from "./kept.ts";

interface EraseCustomerProps {
  readonly customerId: string;
  readonly detail: CustomerDetail;
  /** Counts again. */
  onAsk(): void;
}

export function EraseCustomer({ customerId, detail, onAsk }: EraseCustomerProps) {
  const trpc = useTRPC();
  const { customers } = useTRPCClient();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotAdminister();
  const [asking, setAsking] = useState(false);
  const look = () => queryClient.invalidateQueries({ queryKey: trpc.customers.pathKey() });
  const erase = useCommand({
    name: "customers.erase",
    subject: customerId,
    send: (input: { customerId: string; reason: string }, call) => customers.erase.mutate(input, call),
    onDone: async () => {
      await look();
      setAsking(false);
    },
    onRefused: ({ code }) => code === "NOT_FOUND" && look(),
  });
  const name = detail.customer?.name ?? "";
  return (
    <>
      <Button
        size="sm"
        variant="danger"
        disabled={whyNot !== undefined}
        aria-describedby={whyNot === undefined ? undefined : "why-not-export"}
        onClick={() => {
          onAsk();
          setAsking(true);
        }}
      >
        <Trash2 size={14} aria-hidden="true" />
        Erase
      </Button>
      <CommandDialog
        command={erase}
        what="the erasure"
        typed={(erase.pending ?? erase.kept)?.reason}
        open={asking}
        onOpenChange={setAsking}
        title={`Erase ${name === "" ? "this customer" : name} for good?`}
        confirmLabel="Erase for good"
        reasonLabel="Reason, without names: it is kept for good"
        onConfirm={(reason) => void erase.run({ customerId, reason })}
      >
        <WhatItTouches detail={detail} />
      </CommandDialog>
    </>
  );
}

function WhatItTouches({ detail: { kept, underWay, credit } }: { detail: CustomerDetail }) {
  const over = { ...kept, orders: Math.max((kept["orders"] ?? 0) - underWay, 0) };
  const touched = keptOf(over).filter(({ count }) => count > 0);
  const waits = underWayWords(underWay);
  return (
    <div className="space-y-2">
      <p>
        Nobody can undo this. Export first if they asked for a copy. Backups of the database keep it until they expire.
      </p>
      <ul className="list-disc space-y-0.5 pl-5">
        {touched.map(({ kind, title, fate }) => (
          <li key={kind}>
            <strong className="font-medium text-ink">{title}</strong> {fate}
          </li>
        ))}
      </ul>
      {waits !== undefined && <p className="font-medium text-ink">{waits}</p>}
      {credit !== null && credit.amount > 0 && (
        <p className="font-medium text-ink">
          <Money value={credit} /> of store credit is lost: nobody can spend it any more.
        </p>
      )}
    </div>
  );
}
