"use client";
/** One customer: what is known, what is kept, and, on request, a copy of it or its end. Afterwards what became of that. */
import { Badge, Breadcrumbs, CopyableId, Facts, Instant, PageHeader, Panel, TextLink } from "@tillstream/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLiveQuery } from "../console/live.tsx";
import { QueryFailed } from "../console/query-failed.tsx";
import { DetailSkeleton } from "../console/skeletons.tsx";
import { useTRPC } from "../console/trpc.ts";
import { ordersHref } from "../orders/order-filters.ts";
import { EraseCustomer } from "./erase-customer.tsx";
import { ErasureView } from "./erasure-view.tsx";
import { ExportCustomer } from "./export-customer.tsx";
import { KeptFacts } from "./kept-facts.tsx";
import { keptOf } from "./kept.ts";
import { StoreCredit } from "./store-credit.tsx";
import type { CustomerDetail } from "./customer-detail.ts";

type Customer = NonNullable<CustomerDetail["customer"]>;

const LIST = { href: "/customers", label: "All customers" };

export function CustomerView({ customerId }: { customerId: string }) {
  const query = useCustomer(customerId);
  const detail = query.data;
  if (detail === undefined && !query.isError) return <DetailSkeleton what="the customer" panels={2} />;
  const name = detail?.customer?.name ?? "";
  const title = detail?.erasure ? "Erased customer" : name === "" ? "Customer" : name;
  return (
    <>
      <PageHeader
        title={title}
        breadcrumbs={<Breadcrumbs items={[{ label: "Customers", href: "/customers" }, { label: title }]} />}
        beside={detail?.customer && <KindBadge kind={detail.customer.kind} />}
        description={<CopyableId id={customerId} what="customer id" full />}
      />
      {detail === undefined ? (
        <QueryFailed query={query} what="this customer" list={LIST} />
      ) : detail.erasure !== null ? (
        <ErasureView customerId={customerId} erasure={detail.erasure} credit={detail.credit} />
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <div className="grid gap-4">
            {detail.customer && <Known customer={detail.customer} />}
            {detail.customer?.kind === "account" && <StoreCredit customerId={customerId} />}
          </div>
          <WhatIsKept customerId={customerId} detail={detail} onCount={() => void query.refetch()} />
        </div>
      )}
    </>
  );
}

/** Counting reads all that is kept, so it is asked for again only where something changes by itself. */
function useCustomer(customerId: string) {
  const options = useTRPC().customers.byId.queryOptions({ customerId });
  const live = useLiveQuery();
  const erasure = useQueryClient().getQueryData(options.queryKey)?.erasure ?? null;
  return useQuery({ ...options, ...(erasure !== null && erasure.finishedAt === null && live) });
}

const KindBadge = ({ kind }: Pick<Customer, "kind">) => (
  <Badge tone={kind === "account" ? "plain" : "outline"}>{kind}</Badge>
);

function Known({ customer: { kind, email, orders, since, lastOrderAt } }: { customer: Customer }) {
  const items = [
    {
      term: "E-mail",
      value: (
        <a
          href={`mailto:${email}`}
          className="inline-flex min-h-6 items-center break-all underline decoration-line-strong underline-offset-3"
        >
          {email}
        </a>
      ),
    },
    {
      term: "Orders",
      value:
        orders === 0 ? (
          "None"
        ) : (
          <TextLink href={ordersHref({ search: email })} className="inline-flex min-h-6 items-center">
            {orders === 1 ? "1 order" : `${orders.toLocaleString("en-US")} orders`}
          </TextLink>
        ),
    },
    ...(lastOrderAt === null ? [] : [{ term: "Last order", value: <Instant at={lastOrderAt} /> }]),
    { term: kind === "account" ? "Registered" : "First order", value: <Instant at={since} /> },
  ];
  return (
    <Panel title="What is known">
      <Facts items={items} />
    </Panel>
  );
}

interface WhatIsKeptProps {
  readonly customerId: string;
  readonly detail: CustomerDetail;
  onCount(): void;
}

function WhatIsKept({ customerId, detail, onCount }: WhatIsKeptProps) {
  return (
    <Panel title="What is kept" description="Counted when this page was opened.">
      <KeptFacts kept={keptOf(detail.kept)} say="what" />
      <div className="mt-3 flex flex-wrap items-center gap-2 border-t border-line pt-3">
        <ExportCustomer customerId={customerId} />
        <EraseCustomer customerId={customerId} detail={detail} onAsk={onCount} />
      </div>
    </Panel>
  );
}
