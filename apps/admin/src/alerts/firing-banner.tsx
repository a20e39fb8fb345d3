"use client";
/** Over every page while an alert fires: one line, and one interruption for each new one. */
import { Banner, Instant, Link } from "@tillstream/ui";
import { useEffect, useRef } from "react";
import { alertHref } from "./alert-href.ts";
import { beganAt, titleOf, type AlertGroup } from "./alert-state.ts";
import { newlyAnnounced } from "./announced.ts";
import { useFiringGroups } from "./use-alerts.ts";

const linkStyle = "font-medium text-ink underline underline-offset-3";

export function FiringBanner() {
  const groups = useFiringGroups();
  const [first, ...others] = groups;
  return (
    <>
      <Announcement groups={groups} />
      {first !== undefined && (
        <Banner tone={first.cause.acknowledged === null ? "failed" : "running"} flush>
          <p className="truncate">
            <Link href={alertHref(first.cause)} className={linkStyle}>
              {titleOf(first.cause)}
            </Link>{" "}
            since <Instant at={beganAt(first.cause)} format="time" />
            {first.cause.acknowledged !== null && `, acknowledged by ${first.cause.acknowledged.name ?? "somebody"}`}
            {others.length > 0 && (
              <>
                , and{" "}
                <Link href="/alerts" className={linkStyle}>
                  {others.length} more
                </Link>
              </>
            )}
          </p>
        </Banner>
      )}
    </>
  );
}

/** Kept apart from the banner, whose other changes must not interrupt anybody. */
function Announcement({ groups }: { groups: readonly AlertGroup[] }) {
  const region = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (region.current === null) return;
    const fresh = newlyAnnounced(groups.map(({ cause }) => cause));
    if (fresh.length > 0) region.current.textContent = `Alert: ${fresh.map(titleOf).join(". ")}.`;
    else if (groups.length === 0) region.current.textContent = "";
  }, [groups]);
  return <p ref={region} role="alert" className="sr-only" />;
}
