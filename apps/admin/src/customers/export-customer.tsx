"use client";
/** All that is kept of a customer, as a file. */
import { BY_POST } from "@tillstream/trpc/client";
import { Banner, Button } from "@tillstream/ui";
import { useMutation } from "@tanstack/react-query";
import Download from "lucide-react/icons/download";
import { useEffect, useState } from "react";
import { FailureText } from "../console/command-outcome.tsx";
import { failureOf } from "../console/failure.ts";
import { useWhyNotAdminister } from "../console/person.ts";
import { useTRPCClient } from "../console/trpc.ts";

export function ExportCustomer({ customerId }: { customerId: string }) {
  const { customers } = useTRPCClient();
  const whyNot = useWhyNotAdminister();
  const save = useSave();
  const copy = useMutation({
    mutationFn: () => customers.export.query({ customerId }, { context: BY_POST }),
    onSuccess: (data) => save(`customer-${customerId}.json`, JSON.stringify(data, null, 2)),
  });
  return (
    <>
      <Button
        size="sm"
        loading={copy.isPending}
        disabled={whyNot !== undefined}
        aria-describedby={whyNot === undefined ? undefined : "why-not-export"}
        onClick={() => copy.mutate()}
      >
        <Download size={14} aria-hidden="true" />
        Export
      </Button>
      {whyNot !== undefined && (
        <p id="why-not-export" className="order-last w-full text-sm text-muted">
          {whyNot}
        </p>
      )}
      {copy.isError && (
        <Banner tone="failed" role="alert" className="order-last w-full">
          <FailureText failure={failureOf(copy.error)} />
        </Banner>
      )}
    </>
  );
}

/** Gives the browser a file to save. Its text stays in memory until the next one, or until the page is left. */
function useSave(): (name: string, text: string) => void {
  const [url, setUrl] = useState<string>();
  useEffect(() => () => URL.revokeObjectURL(url ?? ""), [url]);
  return (name, text) => {
    const next = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    setUrl(next);
    Object.assign(document.createElement("a"), { href: next, download: name }).click();
  };
}
