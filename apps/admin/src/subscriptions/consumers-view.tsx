"use client";
/** How far each consumer has come, its dead letters, and which are paused. */
import { Banner, Term } from "@tillstream/ui";
import { glossary } from "@tillstream/eventing/glossary";
import { ListHead } from "../console/list-head.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { PausedBy } from "./paused-by.tsx";
import { subscriptionAddress } from "./subscription-address.ts";
import { SubscriptionSection } from "./subscription-section.tsx";
import { useConsumers } from "./use-subscriptions.ts";

export function ConsumersView() {
  const consumers = useConsumers();
  const whyNot = useWhyNotOperate();
  const paused = (consumers.data ?? []).filter(({ status }) => status === "paused");
  return (
    <>
      <ListHead
        title="Consumers"
        description={
          <>
            Worst first, unless sorted by a column. A <Term meaning={glossary.consumer}>consumer</Term> that is paused
            finishes the batch under way and keeps its place. {whyNot}
          </>
        }
        first="/consumers"
        parts={subscriptionAddress}
      />
      <div role="status" className="empty:hidden">
        {paused.length > 0 && (
          <Banner tone="waiting" className="mb-3" title={`Paused: ${paused.map(({ name }) => name).join(", ")}`}>
            What it should do is not done until it is resumed. Nothing is lost.
            <ul>
              {paused.map(
                (consumer) =>
                  consumer.paused !== null && (
                    <li key={consumer.name}>
                      {paused.length > 1 && `${consumer.name}: `}
                      <PausedBy of={consumer.paused} />
                    </li>
                  ),
              )}
            </ul>
          </Banner>
        )}
      </div>
      <SubscriptionSection label="Consumers" kind="Consumer" query={consumers} />
    </>
  );
}
