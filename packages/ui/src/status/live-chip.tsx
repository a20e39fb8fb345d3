import { cn } from "../cn.ts";

export type LiveState = "connected" | "silent" | "polling" | "paused" | "offline";
export type LiveChipProps = {
  state: LiveState;
  /** In the page's own words, where they are not the console's. */
  word?: string | undefined;
  /** Seconds since anything was heard; shown when silent. */
  silentSeconds?: number | undefined;
  className?: string | undefined;
};

const meanings = {
  connected: {
    word: "Live",
    why: "Changes arrive as they happen",
    dot: "rounded-full bg-done",
    ground: "text-ink-soft",
  },
  silent: {
    word: "Silent",
    why: "Nothing has been heard for a while; if it lasts, the page asks at intervals",
    dot: "rounded-full border-2 border-waiting",
    ground: "bg-waiting-soft text-waiting",
  },
  polling: {
    word: "Polling",
    why: "The live connection is away; the page asks every few seconds instead",
    dot: "rounded-[1px] bg-waiting",
    ground: "bg-waiting-soft text-waiting",
  },
  paused: {
    word: "Paused",
    why: "You stopped live changes on this page",
    dot: "rounded-[1px] border-2 border-parked",
    ground: "bg-parked-soft hatched text-parked",
  },
  offline: {
    word: "Offline",
    why: "Neither live changes nor polling get through; what you see may be old",
    dot: "rotate-45 rounded-[1px] bg-failed",
    ground: "bg-failed-soft text-failed",
  },
} satisfies Record<LiveState, { word: string; why: string; dot: string; ground: string }>;

/** How fresh the page is: heard just now, silent for n seconds, or polling. Says each change politely. */
export function LiveChip({ state, word, silentSeconds, className }: LiveChipProps) {
  const meaning = meanings[state];
  return (
    <span
      title={meaning.why}
      className={cn(
        "inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-full px-2 text-sm font-medium",
        meaning.ground,
        className,
      )}
    >
      <span aria-hidden="true" className={cn("size-2 shrink-0", meaning.dot)} />
      <span role="status">{word ?? meaning.word}</span>
      {state === "silent" && silentSeconds !== undefined && (
        <span className="figures font-normal">{silentSeconds} s</span>
      )}
    </span>
  );
}
