"use client";
/** Small stories at a press: what happens, what was ordered, and where it is seen. */
import { isUnsettled, useCommand } from "@tillstream/trpc/commands";
import { Banner, Button, Panel, TextLink } from "@tillstream/ui";
import { FailureText, OutcomeUnknown } from "../console/command-outcome.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPCClient, type Outputs } from "../console/trpc.ts";
import { orderHref } from "../links/events.ts";
import { useRefreshFaults } from "./use-faults.ts";

interface Story {
  readonly scenario: "sellOut" | "paymentTimesOut" | "cardDeclined" | "gatewayAway" | "poisonEvent";
  readonly title: string;
  readonly tells: string;
  readonly look: { readonly href: string; readonly label: string };
}

const STORIES: readonly Story[] = [
  {
    scenario: "sellOut",
    title: "Sell out",
    tells: "Guests order more of the scarcest item than there is. Who comes too late is paid back and cancelled.",
    look: { href: "/orders", label: "Orders" },
  },
  {
    scenario: "paymentTimesOut",
    title: "A payment times out, and succeeds later",
    tells:
      "The gateway takes the money and never answers. After half a minute the order is undone: the charge is looked up, and given back.",
    look: { href: "/sagas?status=running", label: "Sagas" },
  },
  {
    scenario: "cardDeclined",
    title: "A declined card",
    tells: "The saga ends at its first step, and the order is cancelled.",
    look: { href: "/orders?status=cancelled", label: "Cancelled orders" },
  },
  {
    scenario: "gatewayAway",
    title: "The gateway is away for a minute",
    tells: "An order waits for its payment, which is tried again until the gateway is back.",
    look: { href: "/sagas?status=running", label: "Sagas" },
  },
  {
    scenario: "poisonEvent",
    title: "A poison event for one consumer",
    tells: "Analytics fails at all events for two minutes; an order's is tried six times, then waits for an operator.",
    look: { href: "/dead-letters", label: "Dead letters" },
  },
];

export function Scenarios() {
  return (
    <Panel title="Scenarios" description="With orders of made-up guests, through the shop's own commands." flush>
      <ul className="grid border-t border-line md:grid-cols-2 2xl:grid-cols-1">
        {STORIES.map((story) => (
          <Scenario key={story.scenario} story={story} />
        ))}
      </ul>
    </Panel>
  );
}

function Scenario({ story: { scenario, title, tells, look } }: { story: Story }) {
  const { faults } = useTRPCClient();
  const refresh = useRefreshFaults();
  const whyNot = useWhyNotOperate();
  const play = useCommand({
    name: "faults.play",
    subject: scenario,
    send: (input: Pick<Story, "scenario">, call) => faults.play.mutate(input, call),
    onDone: refresh,
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="font-semibold">{title}</h3>
        <p className="text-ink-soft">{tells}</p>
        <p className="text-sm text-muted">
          Look at <TextLink href={look.href}>{look.label}</TextLink>
        </p>
        <div role="status">{play.result !== undefined && <Played result={play.result} />}</div>
      </div>
      <Button
        size="sm"
        aria-label={`Play: ${title}`}
        disabled={whyNot !== undefined}
        title={whyNot}
        loading={play.state === "sending"}
        onClick={() => void play.run({ scenario })}
      >
        Play
      </Button>
      {play.state === "refused" && play.failure !== undefined && (
        <Banner tone="failed" role="alert" className="w-full">
          <FailureText failure={play.failure} />
        </Banner>
      )}
      {isUnsettled(play) && <OutcomeUnknown what="the scenario" command={play} />}
    </li>
  );
}

function Played({ result: { orders, refused } }: { result: Outputs["faults"]["play"] }) {
  return (
    <p className="mt-1 text-sm">
      Ordered:{" "}
      {orders.map(({ orderId, number }, index) => (
        <span key={orderId}>
          {index > 0 && ", "}
          <TextLink href={orderHref(orderId)} className="font-mono">
            {number}
          </TextLink>
        </span>
      ))}
      {refused > 0 && `; ${refused} turned away at once, since nothing was left for them`}.
    </p>
  );
}
