/** What became of an erasure: when, what it touched, what it still waits for. */
import { Banner, Facts, Instant, Money, Panel, TextLink } from "@tillstream/ui";
import { auditHref } from "../audit/filters.ts";
import { accountStream, streamHref } from "../links/events.ts";
import type { CustomerDetail } from "./customer-detail.ts";
import { KeptFacts } from "./kept-facts.tsx";
import { keptOf, underWayWords } from "./kept.ts";

type Erasure = NonNullable<CustomerDetail["erasure"]>;

interface ErasureViewProps {
  readonly customerId: string;
  readonly erasure: Erasure;
  readonly credit: CustomerDetail["credit"];
}

export function ErasureView({ customerId, erasure, credit }: ErasureViewProps) {
  const touched = keptOf(erasure.erased).filter(({ count }) => count > 0);
  const link = "inline-flex min-h-6 items-center";
  const items = [
    {
      term: "Who and why",
      value: (
        <TextLink href={auditHref({ subject: customerId })} className={link}>
          In the audit
        </TextLink>
      ),
    },
    ...(credit === null
      ? []
      : [
          {
            term: "Store credit",
            value: (
              <>
                <TextLink href={streamHref(accountStream(customerId))} className={link}>
                  <Money value={credit} />
                </TextLink>{" "}
                <span className="text-muted">stays in the books, which name nobody</span>
              </>
            ),
          },
        ]),
  ];
  return (
    <>
      <State erasure={erasure} />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-2">
        <Panel title="What was erased">
          {touched.length === 0 ? (
            <p className="text-muted">Nothing yet: all of it waits.</p>
          ) : (
            <KeptFacts kept={touched} say="fate" />
          )}
        </Panel>
        <Panel title="What stays">
          <Facts items={items} />
        </Panel>
      </div>
    </>
  );
}

function State({ erasure: { requestedAt, finishedAt, waitingFor } }: { erasure: Erasure }) {
  const title = (
    <>
      Erased at <Instant at={requestedAt} />
    </>
  );
  if (finishedAt !== null) {
    return (
      <Banner tone="done" role="status" title={title}>
        Finished at <Instant at={finishedAt} />: what is left of their orders names nobody.
      </Banner>
    );
  }
  return (
    <Banner tone="waiting" role="status" title={title}>
      {underWayWords(waitingFor) ??
        "A second look, some minutes later, takes what was being written meanwhile. This page says when it is finished."}
    </Banner>
  );
}
