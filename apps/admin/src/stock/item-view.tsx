"use client";
/** One item: what there is of it, and every change that led there. */
import { Breadcrumbs, Facts, LinkButton, PageHeader, Panel, TextLink } from "@tillstream/ui";
import { useQuery } from "@tanstack/react-query";
import { auditHref } from "../audit/filters.ts";
import { productHref } from "../catalogue/catalogue-filters.ts";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { AsOfConsumer } from "../subscriptions/as-of.tsx";
import type { Item } from "./item.ts";
import { ItemCommands } from "./item-commands.tsx";
import { ItemLedger } from "./item-ledger.tsx";

export function ItemView({ sku }: { sku: string }) {
  const query = useQuery(useTRPC().stock.bySku.queryOptions({ sku }, useLiveQuery()));
  const item = query.data;
  const crumbs = <Breadcrumbs items={[{ label: "Stock", href: "/stock" }, { label: sku }]} />;
  if (item === undefined) {
    if (!query.isError) return <DetailSkeleton what="the item" panels={2} />;
    return (
      <>
        <PageHeader title="Item" breadcrumbs={crumbs} />
        <QueryFailed query={query} what="the item" list={{ href: "/stock", label: "All items" }} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        breadcrumbs={crumbs}
        title={item.name}
        description={<AsOfConsumer consumer="stock" />}
        actions={
          <>
            <LinkButton href={auditHref({ subject: sku })} size="sm" variant="ghost">
              Audit
            </LinkButton>
            <ItemCommands item={item} />
          </>
        }
      />
      <Panel title="What there is" className="mb-4">
        <Facts columns={2} items={factsOf(item)} />
      </Panel>
      <ItemLedger sku={sku} />
    </>
  );
}

function factsOf({ sku, slug, available, reserved, sold }: Item) {
  const figure = (units: number) => <span className="figures font-medium">{units.toLocaleString("en-US")}</span>;
  return [
    { term: "Available", value: figure(available) },
    { term: "Reserved", value: figure(reserved) },
    { term: "On hand", value: figure(available + reserved) },
    { term: "Sold", value: figure(sold) },
    { term: "SKU", value: <span className="font-mono text-sm break-all">{sku}</span> },
    {
      term: "Product",
      value: (
        <TextLink href={productHref(slug)} className="inline-flex min-h-6 items-center">
          In the catalogue
        </TextLink>
      ),
    },
  ];
}
