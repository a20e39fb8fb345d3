/** Whether a Kafka broker answers on a port: it is asked for the versions that it speaks, as every client begins. */
import { connect } from "node:net";
import { LOOPBACK } from "../ports.ts";

const TIMEOUT_MS = 1_000;
/** ApiVersions (key 18), version 0, correlation id 7, no client id. */
const REQUEST = Buffer.from("0000000a0012000000000007ffff", "hex");
const CORRELATION_ID = 7;
/** Size, correlation id and error code of the answer. */
const ANSWER_BYTES_MIN = 10;

export function answersKafka(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK, timeout: TIMEOUT_MS });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => socket.write(REQUEST));
    socket.once("data", (data) =>
      end(data.length >= ANSWER_BYTES_MIN && data.readInt32BE(4) === CORRELATION_ID && data.readInt16BE(8) === 0),
    );
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}
