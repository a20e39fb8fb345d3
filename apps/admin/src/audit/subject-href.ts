/** Where what was changed can be looked at. */
import { lettersHref, letterHref } from "../dead-letters/letter-filters.ts";
import { customerHref, orderHref, projectionHref, sagaHref } from "../events/links.ts";

/**
 * @param action the procedure
 * @param subject of the row: a name or id, or several of them
 * @returns undefined where there is no page for it
 */
export function subjectHref(action: string, subject: string): string | undefined {
  switch (action.split(".")[0]) {
    case "projections":
      return projectionHref(subject);
    case "consumers":
      return lettersHref({ consumer: subject });
    case "sagas":
      return sagaHref(subject);
    case "orders":
      return orderHref(subject);
    case "customers":
      return customerHref(subject);
    case "deadLetters":
      return action !== "deadLetters.stopRetry" && /^\d+$/.test(subject) ? letterHref(subject) : "/dead-letters";
    case "payments":
      return "/reconciliation";
    default:
      return undefined;
  }
}
