"use client";
/** One more variant of a product. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Banner, Button, Dialog } from "@tillstream/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { stockItemHref } from "../links/events.ts";
import { emptyVariant, priceProblem, variantInput } from "./new-draft.ts";
import type { VariantDraft } from "./new-draft.ts";
import type { Product } from "./product.ts";
import { VariantFields } from "./variant-fields.tsx";

export function AddVariant({ product: { slug, variants } }: { product: Product }) {
  const currency = variants[0]?.price.currency ?? "USD";
  const trpc = useTRPC();
  const { catalogue } = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const whyNot = useWhyNotOperate();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(emptyVariant);
  const [asked, setAsked] = useState(false);
  const choices = useQuery({ ...trpc.catalogue.choices.queryOptions(), enabled: open });
  const add = useCommand({
    name: "catalogue.addVariant",
    subject: slug,
    send: (sent: VariantDraft, call) =>
      catalogue.addVariant.mutate({ slug, variant: variantInput(sent, currency) }, call),
    onDone: async ({ sku }) => {
      await queryClient.invalidateQueries({ queryKey: trpc.catalogue.pathKey() });
      router.push(stockItemHref(sku));
    },
    onKept: (kept) => {
      setDraft(kept);
      setOpen(true);
    },
  });
  const failure = add.state === "refused" ? add.failure : undefined;
  const wrongPrice = priceProblem(draft, currency);
  const close = () => {
    add.reset();
    setAsked(false);
    setOpen(false);
  };
  const submit = () => {
    setAsked(true);
    if (wrongPrice === undefined) void add.run(draft);
  };
  const said = (path: string) => failure?.fields.find(({ field }) => `${field}.`.startsWith(`${path}.`))?.message;
  return (
    <>
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => setOpen(true)}>
        Add variant
      </Button>
      <Dialog
        open={open}
        onOpenChange={close}
        title="Add a variant?"
        description="The shop shows it at once, sold out until you receive some of it."
        footer={
          <>
            <Button variant="ghost" onClick={close}>
              Keep as it is
            </Button>
            <Button variant="primary" loading={add.state === "sending"} disabled={isUnsettled(add)} onClick={submit}>
              Add variant
            </Button>
          </>
        }
      >
        <div className="space-y-3">
          <VariantFields
            draft={draft}
            pictures={choices.data?.pictures ?? []}
            currency={currency}
            errorOf={(field) => said(`variant.${field}`) ?? (field === "price" && asked ? wrongPrice : undefined)}
            set={(field) => (value) => {
              if (add.state !== "idle") add.reset();
              setDraft((before) => ({ ...before, [field]: value }));
            }}
          />
          {failure !== undefined && (
            <Banner tone="failed" role="alert">
              <FailureText failure={failure} />
            </Banner>
          )}
          {isUnsettled(add) && <OutcomeUnknown what="the new variant" command={add} />}
        </div>
      </Dialog>
    </>
  );
}
