"use client";
/** Halted runs by what stopped them, and a retry or fork of all or some of one kind. */
import { useCommand } from "@tillstream/trpc/commands";
import { Button, Instant, Panel, RadioCard, RadioGroup, Table, TBody, Td, Th, THead, Tr } from "@tillstream/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import RotateCcw from "lucide-react/icons/rotate-ccw";
import { useState } from "react";
import { CommandDialog } from "../console/command-dialog.tsx";
import { useLiveQuery } from "../console/live.tsx";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC, useTRPCClient, type Outputs } from "../console/trpc.ts";
import { usePace } from "../console/use-pace.tsx";

type HaltedKind = Outputs["sagas"]["groups"][number];

/** Whether the step is asked for again under the keys that it had, or in a fork under new ones. */
type Keys = "same" | "new";

/** The most that one retry may have. */
const RUNS_MAX = 1_000;

const keyOf = ({ name, step, kind, code }: HaltedKind) => [name, step, kind, code].join(" ");
const stepOf = ({ step, kind }: HaltedKind) => (kind === "action" ? step : `undo ${step}`);
const runsOf = (count: number) => `${count.toLocaleString("en-US")} ${count === 1 ? "run" : "runs"}`;

/** Nothing where no run is halted. */
export function HaltedRuns() {
  const groups = useQuery(useTRPC().sagas.groups.queryOptions(undefined, useLiveQuery())).data ?? [];
  const [asking, setAsking] = useState<HaltedKind>();
  const [isOpen, setIsOpen] = useState(false);
  const whyNot = useWhyNotOperate();
  const ask = (group: HaltedKind) => {
    setAsking(group);
    setIsOpen(true);
  };
  if (groups.length === 0 && asking === undefined) return null;
  return (
    <Panel title="Halted: these wait for an operator" className="mb-4">
      {groups.length > 0 && (
        <Table label="Halted runs by what stopped them">
          <THead>
            <Tr>
              <Th>Saga</Th>
              <Th>At step</Th>
              <Th className="w-full">Failure</Th>
              <Th numeric>Runs</Th>
              <Th>First</Th>
              <Th>Last</Th>
              <Th>
                <span className="sr-only">Retry</span>
              </Th>
            </Tr>
          </THead>
          <TBody>
            {groups.map((group) => (
              <Tr key={keyOf(group)}>
                <Td>{group.name}</Td>
                <Td mono label="At step">
                  {stepOf(group)}
                </Td>
                <Td wide className="max-w-0 min-w-44 truncate" title={group.message}>
                  <span className="font-mono text-sm">{group.code}</span> {group.message}
                </Td>
                <Td numeric label="Runs" className="font-semibold text-failed">
                  {group.runs.toLocaleString("en-US")}
                </Td>
                <Td label="First">
                  <Instant at={group.firstAt} format="relative" />
                </Td>
                <Td label="Last">
                  <Instant at={group.lastAt} format="relative" />
                </Td>
                <Td wide>
                  <Button
                    size="sm"
                    disabled={whyNot !== undefined}
                    title={whyNot}
                    aria-label={`Retry ${group.name} at ${stepOf(group)}: ${group.code}`}
                    onClick={() => ask(group)}
                  >
                    <RotateCcw size={14} aria-hidden="true" />
                    Retry
                  </Button>
                </Td>
              </Tr>
            ))}
          </TBody>
        </Table>
      )}
      {asking !== undefined && (
        <RetryRuns
          key={keyOf(asking)}
          group={groups.find((each) => keyOf(each) === keyOf(asking)) ?? { ...asking, runs: 0 }}
          open={isOpen}
          onOpenChange={setIsOpen}
        />
      )}
    </Panel>
  );
}

interface RetryRunsProps {
  readonly group: HaltedKind;
  readonly open: boolean;
  onOpenChange(open: boolean): void;
}

const keysWords = {
  same: {
    title: "Same keys (retry)",
    description: "When the service that failed is back: what may have taken effect is not done twice.",
    verb: "Retry",
    goesOn:
      "The step gets all its attempts again, and each run goes on from there by itself; those that halted first begin.",
  },
  new: {
    title: "New keys (fork)",
    description: "When a provider keeps its refusal for the key: each run goes on as a new one.",
    verb: "Fork",
    goesOn: "A new run goes on from the step for each, which is resolved by it; those that halted first begin.",
  },
} as const satisfies Record<Keys, object>;

interface Retry extends Pick<HaltedKind, "name" | "step" | "kind" | "code"> {
  readonly keys: Keys;
  readonly limit: number;
  readonly perSecond: number;
  readonly reason: string;
}

function RetryRuns({ group, open, onOpenChange }: RetryRunsProps) {
  const { name, step, kind, code, runs } = group;
  const trpc = useTRPC();
  const { sagas } = useTRPCClient();
  const queryClient = useQueryClient();
  const { touched, perSecond, isValid, fields } = usePace({ count: runs, max: RUNS_MAX, what: "Runs" });
  const [keys, setKeys] = useState<Keys>("same");
  const [passedOver, setPassedOver] = useState(0);
  const { verb, goesOn } = keysWords[keys];
  const retry = useCommand({
    name: "sagas.retryHalted",
    subject: keyOf(group),
    send: async ({ keys: under, ...input }: Retry, call) =>
      under === "new"
        ? sagas.forkHalted.mutate(input, call)
        : { ...(await sagas.retryHalted.mutate(input, call)), passedOver: 0 },
    onDone: async (done) => {
      await queryClient.invalidateQueries({ queryKey: trpc.sagas.pathKey() });
      setPassedOver(done.passedOver);
      if (done.passedOver === 0) onOpenChange(false);
    },
    onRefused: () => queryClient.invalidateQueries({ queryKey: trpc.sagas.pathKey() }),
  });
  return (
    <CommandDialog
      command={retry}
      what="the retry"
      typed={(retry.pending ?? retry.kept)?.reason}
      open={open}
      onOpenChange={(next) => {
        setPassedOver(0);
        onOpenChange(next);
      }}
      title={`${verb} ${runsOf(touched)} of ${name} at ${stepOf(group)}?`}
      confirmLabel={`${verb} ${touched.toLocaleString("en-US")}`}
      overtaken={
        passedOver > 0 &&
        `${runsOf(passedOver)} could not be forked and halted as before. The page of such a run says why and what to do.`
      }
      danger={false}
      reasonLabel="Reason"
      onConfirm={(reason) =>
        isValid && void retry.run({ name, step, kind, code, keys, limit: touched, perSecond, reason })
      }
    >
      <div className="space-y-3">
        <p>
          {runsOf(runs)} halted with {code || "this failure"}. {goesOn} One whose step fails again is halted again.
        </p>
        {kind === "action" && (
          <RadioGroup legend="Under which keys" className="sm:grid-cols-2">
            {(["same", "new"] as const).map((choice) => (
              <RadioCard
                key={choice}
                name="keys"
                title={keysWords[choice].title}
                description={keysWords[choice].description}
                checked={keys === choice}
                onChange={() => setKeys(choice)}
              />
            ))}
          </RadioGroup>
        )}
        {fields}
      </div>
    </CommandDialog>
  );
}
