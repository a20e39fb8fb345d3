"use client";
/** Where one stands in the stream, and the way to any other of its versions: by slider, step, number or time. */
import {
  Button,
  cn,
  Field,
  IconButton,
  Instant,
  statusText,
  StatusShape,
  TextInput,
  useHydrated,
} from "@tillstream/ui";
import ChevronFirst from "lucide-react/icons/chevron-first";
import ChevronLast from "lucide-react/icons/chevron-last";
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { toLocalInput } from "../console/local-time.ts";
import { useShortcuts } from "../console/shortcuts.tsx";
import type { Standing } from "./at.ts";
import type { Travel } from "./use-travel.ts";
import { VersionForm } from "./version-form.tsx";

/** The browser moves by one, to the ends, and by a tenth of the stream: by ten is of more use. */
const KEY_STEPS: Readonly<Record<string, number>> = { PageUp: 10, PageDown: -10 };

interface TravelPanelProps {
  readonly travel: Travel;
  /** When the version was recorded, where that is known. ISO 8601. */
  readonly recordedAt: string | undefined;
}

export function TravelPanel({ travel, recordedAt }: TravelPanelProps) {
  const { standing, to } = travel;
  const { version, newest, isChosen } = standing;
  useShortcuts({ "[": () => to(version - 1), "]": () => to(version + 1) });
  return (
    <section
      aria-label="Time travel"
      className={cn("mb-4 rounded-lg border", isChosen ? "border-waiting bg-waiting-soft" : "border-line bg-surface")}
    >
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-2">
        <p role="status" className="flex min-w-0 items-center gap-2">
          <StatusShape status={isChosen ? "waiting" : "done"} size={15} />
          <span>
            <Whereabouts standing={standing} />
            {recordedAt !== undefined && (
              <>
                , <Instant at={recordedAt} format="precise" />
              </>
            )}
          </span>
        </p>
        <Button
          size="sm"
          variant={isChosen ? "primary" : "ghost"}
          aria-disabled={!isChosen} // not gone: who has just pressed it keeps the focus
          onClick={travel.toNow}
        >
          Back to now
        </Button>
      </div>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2 px-4 pt-1 pb-3">
        <div className="flex min-w-0 flex-1 basis-80 items-center gap-1">
          <Step label="First version" to={version > 1 ? () => to(1) : undefined} icon={<ChevronFirst size={16} />} />
          <Step
            label="Previous version ([)"
            to={version > 1 ? () => to(version - 1) : undefined}
            icon={<ChevronLeft size={16} />}
          />
          <Slider standing={standing} to={to} />
          <Step
            label="Next version (])"
            to={version < newest ? () => to(version + 1) : undefined}
            icon={<ChevronRight size={16} />}
          />
          <Step
            label="Last version, which is now"
            to={version < newest ? () => to(newest) : undefined}
            icon={<ChevronLast size={16} />}
          />
        </div>
        <VersionForm label="Version" value={version} newest={newest} onGo={to} />
        <InstantForm recordedAt={recordedAt} onGo={travel.toInstant} />
      </div>
      {standing.problem !== undefined && (
        <p role="alert" className={cn("flex items-center gap-2 border-t border-line px-4 py-2", statusText.failed)}>
          <StatusShape status="failed" size={15} />
          <span>{standing.problem} You see it as it is now.</span>
        </p>
      )}
    </section>
  );
}

function Whereabouts({ standing: { version, newest, isChosen } }: { standing: Standing }) {
  if (!isChosen) return `Now: after version ${version}`;
  const where = `after version ${version} of ${newest}`;
  if (version === newest) return `You stand ${where}, the newest`;
  return (
    <>
      <strong className="font-semibold">You are in the past</strong>: {where}
    </>
  );
}

/** At an end it stays in its place, out of use. */
function Step({ label, icon, to }: { label: string; icon: ReactNode; to: (() => void) | undefined }) {
  return <IconButton label={label} icon={icon} aria-disabled={to === undefined} onClick={() => to?.()} />;
}

/** The first move of a slide is a place to come back to; those that follow replace it. */
function Slider({ standing: { version, newest }, to }: { standing: Standing; to: Travel["to"] }) {
  const isSliding = useRef(false);
  const slide = (next: number) => {
    to(Math.max(1, Math.min(newest, next)), isSliding.current ? "replace" : "push");
    isSliding.current = true;
  };
  const rest = () => (isSliding.current = false);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = KEY_STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    slide(version + step);
  };
  return (
    <input
      type="range"
      aria-label="Version where you stand"
      aria-valuetext={`after version ${version} of ${newest}`}
      min={1}
      max={newest}
      step={1}
      value={version}
      disabled={newest === 1}
      onChange={(event) => slide(event.target.valueAsNumber)}
      onKeyDown={onKeyDown}
      onBlur={rest}
      onPointerUp={rest}
      className="h-8 min-w-0 flex-1 accent-accent"
    />
  );
}

/** A time of the viewer's. */
function InstantForm({ recordedAt, onGo }: { recordedAt: string | undefined; onGo(instant: string): void }) {
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const hydrated = useHydrated(); // the server does not know the viewer's zone
  const here = hydrated && recordedAt !== undefined ? toLocalInput(new Date(recordedAt), "milliseconds") : "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = new Date(typed ?? here);
    const isInstant = !Number.isNaN(at.getTime());
    setProblem(isInstant ? undefined : "Enter a day and a time.");
    if (!isInstant) return;
    setTyped(undefined);
    onGo(at.toISOString());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field label="Time" error={problem}>
        <span className="flex gap-2">
          <TextInput
            type="datetime-local"
            step={0.001}
            value={typed ?? here}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button type="submit" aria-label="Go, time">
            Go
          </Button>
        </span>
      </Field>
    </form>
  );
}
