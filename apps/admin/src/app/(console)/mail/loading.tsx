import { PageHeader, Skeleton } from "@tillstream/ui";
import { MAILS_MAX } from "../../../mail/inbox-size.ts";

export default function Loading() {
  return (
    <>
      <PageHeader
        title="Mail"
        description={`What the shop sent, kept here instead of being delivered. The latest ${MAILS_MAX}.`}
      />
      <div className="grid gap-4 lg:grid-cols-[minmax(18rem,26rem)_minmax(0,1fr)]">
        <Skeleton className="h-96 rounded-md" />
        <Skeleton className="h-64 rounded-md max-lg:hidden" />
      </div>
    </>
  );
}
