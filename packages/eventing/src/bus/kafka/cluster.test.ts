import { expect, test } from "vitest";
import { BusUnavailableError } from "../event-bus.ts";
import { publishError } from "./cluster.ts";

test("an answer that concerns the record is the record's fault; any other leaves all events waiting", () => {
  const nested = (apiId: string) =>
    Object.assign(new Error("failed"), { errors: [Object.assign(new Error("no"), { apiId })] });
  expect(publishError(nested("MESSAGE_TOO_LARGE"))).not.toBeInstanceOf(BusUnavailableError);
  expect(publishError(nested("NOT_LEADER_OR_FOLLOWER"))).toBeInstanceOf(BusUnavailableError);
  expect(publishError(new Error("connect ECONNREFUSED"))).toBeInstanceOf(BusUnavailableError);
});
