/** Tells browsers with every answer of this process, a file, a redirect or a refusal included, to come over https only. */
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import { processSettings, readEnv } from "@tillstream/runtime";

const TWO_YEARS_S = 2 * 365 * 24 * 60 * 60;

/** Where pages are served over https (`SECURE_COOKIES`). Node tells of each answer before its server writes any of it. */
export function insistOnHttps(): void {
  if (!readEnv(processSettings).SECURE_COOKIES) return;
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse }; // documented as such
    response.setHeader("strict-transport-security", `max-age=${TWO_YEARS_S}; includeSubDomains`);
  });
}
