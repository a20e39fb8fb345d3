"use client";
/** One more variant of a product. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button } from "@tillstream/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { EditDialog } from "../console/edit-dialog.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { stockItemHref } from "../links/events.ts";
import { emptyVariant, variantInput, variantProblems } from "./new-draft.ts";
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
  const wrong = variantProblems(draft, currency);
  const said = (path: string) => failure?.fields.find(({ field }) => `${field}.`.startsWith(`${path}.`))?.message;
  return (
    <>
      <Button size="sm" disabled={whyNot !== undefined} title={whyNot} onClick={() => setOpen(true)}>
        Add variant
      </Button>
      {open && (
        <EditDialog
          command={add}
          what="the new variant"
          title="Add a variant?"
          description="The shop shows it at once, sold out until you receive some of it."
          confirmLabel="Add variant"
          onSubmit={() => {
            if (Object.keys(wrong).length === 0) void add.run(draft);
          }}
          onClose={() => setOpen(false)}
        >
          {(asked) => (
            <VariantFields
              draft={draft}
              pictures={choices.data?.pictures ?? []}
              currency={currency}
              errorOf={(field) => said(`variant.${field}`) ?? (asked ? wrong[field] : undefined)}
              set={(field) => (value) => {
                if (add.state !== "idle") add.reset();
                setDraft((before) => ({ ...before, [field]: value }));
              }}
            />
          )}
        </EditDialog>
      )}
    </>
  );
}
