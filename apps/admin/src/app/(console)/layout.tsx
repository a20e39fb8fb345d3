import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { OPEN_ALERTS } from "../../alerts/sizes.ts";
import { Frame } from "../../frame/frame.tsx";
import { Providers } from "../../console/providers.tsx";
import { isLocal } from "../../server/is-local.ts";
import { currentUser, mayEnter } from "../../server/current-user.ts";
import { Prefetched } from "../../server/prefetch.tsx";
import { loginPath, pathHeader } from "../../server/return-path.ts";

/** Every page of the console: only for those who may enter. The procedures check again, each for itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!mayEnter(user)) redirect(loginPath((await headers()).get(pathHeader) ?? "/"));
  const { id, name, email, role } = user;
  return (
    <Providers>
      {/* The navigation's own figures come with the frame, so that server and browser draw the same: a
          page that shows one of them too would find it without data in the browser, and be drawn again. */}
      <Prefetched
        ask={(client, trpc) => [
          client.prefetchQuery(trpc.deadLetters.counts.queryOptions()),
          client.prefetchQuery(trpc.sagas.counts.queryOptions()),
          client.prefetchQuery(trpc.payments.status.queryOptions()),
          client.prefetchQuery(trpc.alerts.list.queryOptions({ limit: OPEN_ALERTS })),
          ...(isLocal() ? [client.prefetchQuery(trpc.faults.get.queryOptions())] : []),
        ]}
      >
        <Frame person={{ id, name, email, role }} isLocal={isLocal()}>
          {children}
        </Frame>
      </Prefetched>
    </Providers>
  );
}
