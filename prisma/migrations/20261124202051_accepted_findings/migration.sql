-- AlterTable
ALTER TABLE "reconciliation_findings" ADD COLUMN     "accepted_by" TEXT,
ADD COLUMN     "accepted_reason" TEXT;

ALTER TABLE "reconciliation_findings" DROP CONSTRAINT "reconciliation_findings_status";
ALTER TABLE "reconciliation_findings" ADD CONSTRAINT "reconciliation_findings_status"
  CHECK ("status" IN ('open', 'repaired', 'attention', 'accepted'));
