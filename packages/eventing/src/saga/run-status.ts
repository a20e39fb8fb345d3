/** The status of a run: which there are, and which may follow which. `setRunStatus` alone changes one. */
import { anyLength, sql } from "@tillstream/runtime";
import type { SqlExecutor } from "@tillstream/runtime";
import type { SagaFailure } from "./definition.ts";

/** Every status that a run can have. */
export const RUN_STATUSES = [
  "running",
  "compensating",
  "completed",
  "compensated",
  "compensation_failed",
  "failed",
  "resolved",
] as const;
/** The status of a run as `sagas.status` has it. */
export type RunStatus = (typeof RUN_STATUSES)[number];

/** As a refusal says it. */
export const statusWord = (status: RunStatus): string => status.replace("_", " ");

/** The statuses that each may follow. */
const RUN_STATUS_COMES_FROM: Readonly<Record<RunStatus, readonly RunStatus[]>> = {
  running: ["running", "failed"],
  compensating: ["running", "compensating", "compensation_failed"],
  completed: ["running"],
  compensated: ["compensating"],
  compensation_failed: ["compensating"],
  failed: ["running"],
  resolved: ["compensation_failed", "failed"],
};

/** Of one run or of several. Throws when the status of one does not lead there. */
export async function setRunStatus(
  tx: SqlExecutor,
  runs: string | readonly string[],
  status: RunStatus,
  failure?: SagaFailure,
): Promise<void> {
  const sagaIds = typeof runs === "string" ? [runs] : runs;
  const over = status !== "running" && status !== "compensating";
  const rows = await tx.query(sql`
    UPDATE sagas SET status = ${status}, updated_at = now(),
      failure = coalesce(${failure === undefined ? null : JSON.stringify(failure)}::jsonb, failure),
      finished_at = CASE WHEN ${over} THEN clock_timestamp() END
    WHERE saga_id = ANY(${anyLength(sql`${sagaIds}::text[]`)})
      AND status = ANY(${anyLength(sql`${RUN_STATUS_COMES_FROM[status]}::text[]`)}) RETURNING 1`);
  if (rows.length < sagaIds.length)
    throw new Error(`the run ${sagaIds.join(", ")} cannot become ${status} from its present status`);
}
