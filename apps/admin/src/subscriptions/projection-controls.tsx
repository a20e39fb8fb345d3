"use client";
/** Pauses and resumes a projection; what was refused is said beside the button. */
import { Banner, Button, Panel, StatusBadge } from "@tillstream/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Pause from "lucide-react/icons/pause";
import Play from "lucide-react/icons/play";
import { failureOf } from "../console/failure.ts";
import { useWhyNotOperate } from "../console/person.ts";
import { useTRPC } from "../console/trpc.ts";
import { stateOf, type Subscription } from "./subscription-state.ts";

export function ProjectionControls({ subscription }: { subscription: Subscription }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const whyNot = useWhyNotOperate();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: trpc.projections.list.queryKey() });
  const pause = useMutation(trpc.projections.pause.mutationOptions({ onSuccess }));
  const resume = useMutation(trpc.projections.resume.mutationOptions({ onSuccess }));
  const { name, status } = subscription;
  const paused = status === "paused";
  const change = paused ? resume : pause;
  const state = stateOf(subscription);
  const failed = pause.error ?? resume.error;
  const act = () => {
    pause.reset();
    resume.reset();
    change.mutate({ name });
  };
  return (
    <Panel title="Status">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span role="status">
          <StatusBadge status={state.status}>{state.word}</StatusBadge>
        </span>
        <Button
          size="sm"
          disabled={whyNot !== undefined}
          aria-describedby={whyNot === undefined ? undefined : "why-not-operate"}
          loading={change.isPending}
          onClick={act}
        >
          {paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
          {paused ? "Resume" : "Pause"}
        </Button>
      </div>
      <p className="mt-2 text-sm text-muted">
        {paused
          ? "It reads no events until somebody resumes it. Its view stays as it is; nothing is lost."
          : "Paused, it finishes the batch under way and keeps its place. Its view then stays as it is."}
      </p>
      {whyNot !== undefined && (
        <p id="why-not-operate" className="mt-2 text-sm text-muted">
          {whyNot}
        </p>
      )}
      {failed !== null && (
        <Banner tone="failed" role="alert" className="mt-3">
          {failureOf(failed).message}
        </Banner>
      )}
    </Panel>
  );
}
