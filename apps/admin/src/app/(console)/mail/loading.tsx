import { PageHeader, Skeleton } from "@tillstream/ui";
import { INBOX_DESCRIPTION } from "../../../mail/inbox-size.ts";

export default function Loading() {
  return (
    <>
      <PageHeader title="Mail" description={INBOX_DESCRIPTION} />
      <div className="grid gap-4 lg:grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)]">
        <Skeleton className="h-96 rounded-md" />
        <Skeleton className="h-64 rounded-md max-lg:hidden" />
      </div>
    </>
  );
}
