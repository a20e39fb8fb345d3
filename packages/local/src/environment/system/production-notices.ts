/** What a start in production continues without, and the operator should know. */
import { paymentSettings, shopSettings } from "@tillstream/commerce/settings";
import { processSettings, readEnv } from "@tillstream/runtime";

export function productionNotices(source?: Record<string, string | undefined>): string[] {
  const { SECURE_COOKIES, SHOP_URL, STRIPE_SECRET_KEY } = readEnv(
    { ...processSettings, ...shopSettings, ...paymentSettings },
    source,
  );
  return [
    ...(SECURE_COOKIES ? [] : ["SECURE_COOKIES is not set: session cookies travel over http as well"]),
    ...(SHOP_URL.startsWith("https://") ? [] : [`SHOP_URL is ${SHOP_URL}: links in mails begin with it`]),
    ...(STRIPE_SECRET_KEY === undefined
      ? ["STRIPE_SECRET_KEY is not set: the simulated gateway takes the payments, and no money moves"]
      : []),
  ];
}
