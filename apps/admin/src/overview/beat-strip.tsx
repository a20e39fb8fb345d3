/** Small bars, a minute each: what was placed as a frame, filled as far as it was completed; what was cancelled below the line. */
import { Instant } from "@tillstream/ui";
import type { Outputs } from "../console/trpc.ts";
import { barsOf } from "./beats.ts";

export function BeatStrip({ minutes }: { minutes: Outputs["analytics"]["heartbeat"]["minutes"] }) {
  const [first] = minutes;
  const last = minutes.at(-1);
  return (
    <figure className="min-w-0">
      <figcaption className="sr-only">
        Orders placed, completed and cancelled in each minute; the table has the figures.
      </figcaption>
      <div aria-hidden="true" className="flex h-32 gap-px sm:gap-0.5">
        {barsOf(minutes).map((bar) => (
          <div
            key={bar.at}
            title={`${new Date(bar.at).toISOString().slice(11, 16)} UTC: ${bar.words}`}
            className="group grid min-w-0 flex-1 grid-rows-[3fr_auto_1fr] hover:bg-sunken"
          >
            <div className="relative">
              <div
                className={`absolute inset-x-0 bottom-0 rounded-t-xs bg-sunken ${bar.placed > 0 ? "border border-b-0 border-field" : ""}`}
                style={{ height: `${bar.placed}%` }}
              />
              <div
                className="absolute inset-x-0 bottom-0 rounded-t-xs bg-done"
                style={{ height: `${bar.completed}%` }}
              />
            </div>
            <div className="h-px bg-line-strong" />
            <div className="relative">
              <div
                className="absolute inset-x-0 top-0 rounded-b-xs bg-compensated"
                style={{ height: `${bar.cancelled}%` }}
              />
            </div>
          </div>
        ))}
      </div>
      {first !== undefined && last !== undefined && (
        <div className="mt-1 flex justify-between font-mono text-xs text-muted">
          <Instant at={first.at} format="time" />
          <Instant at={last.at} format="time" />
        </div>
      )}
      <details className="mt-1 text-sm">
        <summary className="inline-flex min-h-6 items-center text-muted underline decoration-dotted underline-offset-3 hover:text-ink">
          as a table
        </summary>
        <div
          tabIndex={0}
          role="region"
          aria-label="Orders by minute"
          className="mt-1 max-h-48 overflow-auto rounded-md border border-line"
        >
          <table className="w-full">
            <thead>
              <tr className="text-left text-muted">
                {["Minute", "Placed", "Completed", "Cancelled"].map((column) => (
                  <th key={column} scope="col" className="px-2 py-1 font-medium">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {minutes.toReversed().map(({ at, placed, completed, cancelled }) => (
                <tr key={at} className="border-t border-line">
                  <td className="px-2 py-1">
                    <Instant at={at} format="time" />
                  </td>
                  <td className="figures px-2 py-1">{placed}</td>
                  <td className="figures px-2 py-1">{completed}</td>
                  <td className="figures px-2 py-1">{cancelled}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
