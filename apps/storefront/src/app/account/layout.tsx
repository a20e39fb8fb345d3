import { shopMeasure } from "@tillstream/ui";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AccountTabs } from "../../account/account-tabs.tsx";
import { SignOutButton } from "../../account/sign-out-button.tsx";
import { entrancePath, HOME_AFTER_SIGN_IN, PATH_HEADER } from "../../server/return-path.ts";
import { currentUser } from "../../server/shop.ts";

/** The signed-in shopper's part of the shop. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (user === null) redirect(entrancePath("/login", (await headers()).get(PATH_HEADER) ?? HOME_AFTER_SIGN_IN));
  return (
    <div className={`${shopMeasure} pt-10 md:pt-14`}>
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <p className="text-muted">{user.email}</p>
        <SignOutButton />
      </div>
      <AccountTabs />
      <div className="mt-8">{children}</div>
    </div>
  );
}
