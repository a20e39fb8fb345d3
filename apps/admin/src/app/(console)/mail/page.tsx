import type { Metadata } from "next";
import { MAILS_MAX } from "../../../mail/inbox-size.ts";
import { MailView } from "../../../mail/mail-view.tsx";
import { Prefetched } from "../../../server/prefetch.tsx";

export const metadata: Metadata = { title: "Mail" };

export default function MailPage() {
  return (
    <Prefetched ask={(client, trpc) => [client.prefetchQuery(trpc.mail.list.queryOptions({ limit: MAILS_MAX }))]}>
      <MailView />
    </Prefetched>
  );
}
