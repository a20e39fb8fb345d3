"use client";
/** Over every page while an alert fires: one line, and one interruption for each new one. */
import { Banner, Instant, Link } from "@tillstream/ui";
import { useEffect, useRef } from "react";
import { projectionHref } from "../links/events.ts";
import { beganAt, type Alert } from "./alert-state.ts";
import { newlyAnnounced } from "./announced.ts";
import { useFiringAlerts } from "./use-alerts.ts";

const linkStyle = "font-medium text-ink underline underline-offset-3";

export function FiringBanner() {
  const firing = useFiringAlerts();
  const [first, ...others] = firing;
  return (
    <>
      <Announcement firing={firing} />
      {first !== undefined && (
        <Banner tone="failed" flush>
          <p className="truncate">
            <Link href={projectionHref(first.projection)} className={`${linkStyle} font-mono`}>
              {first.projection}
            </Link>{" "}
            is over {first.thresholdSeconds} s behind since <Instant at={beganAt(first)} format="time" />
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
function Announcement({ firing }: { firing: readonly Alert[] }) {
  const region = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (region.current === null) return;
    const fresh = newlyAnnounced(firing);
    if (fresh.length > 0)
      region.current.textContent = `Alert: ${fresh.map(({ projection }) => projection).join(", ")} ${fresh.length === 1 ? "is" : "are"} late.`;
    else if (firing.length === 0) region.current.textContent = "";
  }, [firing]);
  return <p ref={region} role="alert" className="sr-only" />;
}
