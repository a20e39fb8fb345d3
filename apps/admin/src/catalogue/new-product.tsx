"use client";
/** A new product with its first variant. It is in the shop at once, sold out until some of it is received. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Banner, Breadcrumbs, Button, Field, PageHeader, Panel, TextInput } from "@tillstream/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC, useTRPCClient } from "../console/trpc.ts";
import { stockItemHref } from "../links/events.ts";
import { DraftFields } from "./draft-fields.tsx";
import type { Draft } from "./draft.ts";
import { draftProblems, emptyVariant, productInput, slugOf, variantProblems } from "./new-draft.ts";
import type { Choices, NewDraft, VariantDraft } from "./new-draft.ts";
import { VariantFields } from "./variant-fields.tsx";

export function NewProduct() {
  const query = useQuery(useTRPC().catalogue.choices.queryOptions());
  return (
    <>
      <PageHeader
        breadcrumbs={<Breadcrumbs items={[{ label: "Catalogue", href: "/catalogue" }, { label: "New product" }]} />}
        title="New product"
        description="The shop shows it at once, sold out until you receive some of it."
      />
      {query.data !== undefined ? (
        <NewProductForm choices={query.data} />
      ) : query.isError ? (
        <QueryFailed query={query} what="categories and pictures" />
      ) : (
        <DetailSkeleton what="the form" panels={2} />
      )}
    </>
  );
}

function NewProductForm({ choices: { categories, pictures, currency: shopCurrency } }: { choices: Choices }) {
  const currency = shopCurrency ?? "USD";
  const trpc = useTRPC();
  const { catalogue } = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const whyNot = useWhyNotOperate();
  const [draft, setDraft] = useState<NewDraft>({
    name: "",
    slug: "",
    category: categories[0]?.slug ?? "",
    summary: "",
    description: "",
    details: "",
    variant: emptyVariant,
  });
  const [asked, setAsked] = useState(false);
  const create = useCommand({
    name: "catalogue.createProduct",
    send: (sent: NewDraft, call) => catalogue.createProduct.mutate(productInput(sent, currency), call),
    onDone: async ({ sku }) => {
      await queryClient.invalidateQueries({ queryKey: trpc.catalogue.pathKey() });
      router.push(stockItemHref(sku));
    },
    onKept: setDraft,
  });
  const failure = create.state === "refused" ? create.failure : undefined;
  const missing = draftProblems(draft);
  const wrong = variantProblems(draft.variant, currency);
  const change = (next: (before: NewDraft) => NewDraft) => {
    if (create.state !== "idle") create.reset();
    setDraft(next);
  };
  const setWord = (field: keyof Draft) => (value: string) =>
    change((before) => ({
      ...before,
      [field]: value,
      ...(field === "name" && before.slug === slugOf(before.name) && { slug: slugOf(value) }),
    }));
  const setVariant = (field: keyof VariantDraft) => (value: string) =>
    change((before) => ({ ...before, variant: { ...before.variant, [field]: value } }));
  const said = (path: string) => failure?.fields.find(({ field }) => `${field}.`.startsWith(`${path}.`))?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys({ ...missing, ...wrong }).length === 0) void create.run(draft);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Panel title="Words" description="What customers read.">
          <div className="space-y-3">
            <DraftFields
              draft={draft}
              categories={categories}
              errorOf={(field) => said(field) ?? (asked ? missing[field] : undefined)}
              set={setWord}
            />
            <Field
              label="Address"
              hint={`Its page in the shop: /p/${draft.slug}. It stays.`}
              required
              error={said("slug") ?? (asked ? missing.slug : undefined)}
            >
              <TextInput
                mono
                value={draft.slug}
                maxLength={120}
                autoComplete="off"
                onChange={({ target }) => change((before) => ({ ...before, slug: target.value }))}
              />
            </Field>
          </div>
        </Panel>
        <Panel title="First variant" description="More can be added when the product is there.">
          <div className="space-y-3">
            <VariantFields
              draft={draft.variant}
              pictures={pictures}
              currency={currency}
              errorOf={(field) => said(`variant.${field}`) ?? (asked ? wrong[field] : undefined)}
              set={setVariant}
            />
            {failure !== undefined && (
              <Banner tone="failed" role="alert">
                <FailureText failure={failure} />
              </Banner>
            )}
            {isUnsettled(create) && <OutcomeUnknown what="the new product" command={create} />}
            <div className="flex flex-wrap items-center gap-3">
              <Button
                type="submit"
                variant="primary"
                disabled={whyNot !== undefined || isUnsettled(create)}
                title={whyNot}
                loading={create.state === "sending"}
              >
                Create product
              </Button>
              <p className="text-sm text-muted">{whyNot ?? "Next, you receive the first units."}</p>
            </div>
          </div>
        </Panel>
      </div>
    </form>
  );
}
