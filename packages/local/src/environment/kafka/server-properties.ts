/** The settings of a broker that is alone: its internal topics have one copy and few partitions, topics are made by us. */
import { LOOPBACK } from "../ports.ts";

export interface BrokerPlace {
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
  /** One more listener, with TLS and a password. */
  readonly secure?: SecureListener;
}

export interface SecureListener {
  readonly port: number;
  /** PKCS12, with the broker's key and certificate. */
  readonly keystore: string;
  readonly keystorePassword: string;
  readonly username: string;
  readonly password: string;
}

const secureSettings = ({ keystore, keystorePassword, username, password }: SecureListener) => ({
  "sasl.enabled.mechanisms": "PLAIN",
  "listener.name.sasl_ssl.plain.sasl.jaas.config": `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`,
  "ssl.keystore.type": "PKCS12",
  "ssl.keystore.location": keystore,
  "ssl.keystore.password": keystorePassword,
  "ssl.key.password": keystorePassword,
});

export function serverProperties({ dataDir, port, controllerPort, secure }: BrokerPlace): string {
  const secureListener = secure === undefined ? "" : `,SASL_SSL://${LOOPBACK}:${secure.port}`;
  const settings = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@${LOOPBACK}:${controllerPort}`,
    listeners: `PLAINTEXT://${LOOPBACK}:${port},CONTROLLER://${LOOPBACK}:${controllerPort}${secureListener}`,
    "advertised.listeners": `PLAINTEXT://${LOOPBACK}:${port}${secureListener}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
    "log.dirs": dataDir,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "transaction.state.log.num.partitions": 4,
    "group.initial.rebalance.delay.ms": 0,
    "auto.create.topics.enable": false,
    "num.network.threads": 2,
    "num.io.threads": 4,
    "num.recovery.threads.per.data.dir": 2,
    "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": 1_000,
    ...(secure !== undefined && secureSettings(secure)),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
