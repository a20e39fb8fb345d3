import { cn } from "../cn.ts";

/** A grey stand-in with the size of what follows; give it a height and a width. Hidden from screen readers. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <span aria-hidden="true" className={cn("block animate-breathe rounded-sm bg-line", className)} />;
}

/** Lines of text still on their way; the last is shorter. */
export function SkeletonText({ lines = 3, className }: { lines?: number | undefined; className?: string | undefined }) {
  return (
    <div aria-hidden="true" className={cn("space-y-2", className)}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cn("h-[0.8em]", line === lines - 1 ? "w-3/5" : "w-full")} />
      ))}
    </div>
  );
}
