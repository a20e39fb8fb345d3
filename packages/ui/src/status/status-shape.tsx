import type { ReactNode } from "react";
import type { Status } from "./status.ts";

const stroke = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.5,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

// Six silhouettes that stay apart without colour: ring with core, disc, half disc, diamond, return arrow, hatched square.
const shapes = {
  running: (
    <>
      <circle cx="8" cy="8" r="6" {...stroke} strokeOpacity="0.35" />
      <path d="M8 2a6 6 0 0 1 6 6" {...stroke} />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="6.75" fill="currentColor" />
      <path d="m5.1 8.3 2 2 3.8-4.4" {...stroke} stroke="var(--surface)" strokeWidth="1.75" />
    </>
  ),
  waiting: (
    <>
      <circle cx="8" cy="8" r="6" {...stroke} />
      <path d="M8 4.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
    </>
  ),
  failed: (
    <>
      <path d="M8 .9 15.1 8 8 15.1.9 8z" fill="currentColor" />
      <path d="M8 4.9v3.4M8 10.9v.1" {...stroke} stroke="var(--surface)" strokeWidth="1.75" />
    </>
  ),
  compensated: <path d="M5.6 2.5 2.5 5.6l3.1 3.1M2.8 5.6h6.4a3.9 3.9 0 0 1 0 7.8H5" {...stroke} strokeWidth="1.75" />,
  parked: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="1.5" {...stroke} />
      <path d="m2.8 8.6 5.8-5.8M2.8 13.2 13.2 2.8M7.4 13.2l5.8-5.8" {...stroke} strokeWidth="1.1" />
    </>
  ),
  upcoming: <circle cx="8" cy="8" r="6" {...stroke} strokeDasharray="2 2.7" />,
} satisfies Record<Status | "upcoming", ReactNode>;

/** The shape of a status, coloured by the text colour around it. Decorative: it needs a word beside it. */
export function StatusShape({ status, size = 14 }: { status: Status | "upcoming"; size?: number | undefined }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" className="shrink-0">
      {shapes[status]}
    </svg>
  );
}
