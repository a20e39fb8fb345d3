CREATE OR REPLACE FUNCTION public.refuse_change_of_history()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'object_not_in_prerequisite_state',
          HINT = 'Append an event that corrects the earlier one.';
END
$function$;

CREATE TABLE alerts (
  id bigint NOT NULL,
  name text NOT NULL,
  subject text NOT NULL,
  status text NOT NULL,
  value double precision NOT NULL,
  peak double precision NOT NULL,
  threshold double precision NOT NULL,
  about jsonb NOT NULL,
  detail text,
  problem text,
  since timestamp(6) with time zone NOT NULL,
  asked_at timestamp(6) with time zone NOT NULL,
  pending_at timestamp(6) with time zone,
  fired_at timestamp(6) with time zone,
  calm_since timestamp(6) with time zone,
  resolved_at timestamp(6) with time zone,
  firing_notified_at timestamp(6) with time zone,
  resolved_notified_at timestamp(6) with time zone,
  acknowledged_at timestamp(6) with time zone,
  acknowledged_by text,
  acknowledged_reason text
) WITH (fillfactor=50, autovacuum_vacuum_scale_factor=0.0, autovacuum_vacuum_threshold=1000);

ALTER TABLE alerts ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);

CREATE INDEX alerts_status_id_idx ON public.alerts USING btree (status, id);

CREATE UNIQUE INDEX alerts_watched ON public.alerts USING btree (name, subject) WHERE (status <> 'resolved'::text);

CREATE SEQUENCE audit_id_seq AS bigint;

CREATE TABLE audit (
  id bigint DEFAULT nextval('audit_id_seq'::regclass) NOT NULL,
  at timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  reason text NOT NULL,
  before jsonb,
  after jsonb,
  correlation_id text NOT NULL
);

ALTER SEQUENCE audit_id_seq OWNED BY audit.id;

ALTER TABLE audit ADD CONSTRAINT audit_bounded CHECK (((octet_length(subject) <= 2000) AND (octet_length(reason) <= 4000) AND (octet_length((before)::text) <= 65536) AND (octet_length((after)::text) <= 65536)));

ALTER TABLE audit ADD CONSTRAINT audit_pkey PRIMARY KEY (id);

CREATE INDEX audit_action_id_idx ON public.audit USING btree (action, id);

CREATE INDEX audit_actor_id_idx ON public.audit USING btree (actor, id);

CREATE INDEX audit_subject_id_idx ON public.audit USING btree (subject, id);

CREATE TRIGGER audit_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TABLE consumer_checkpoints (
  consumer text NOT NULL,
  "position" bigint DEFAULT 0 NOT NULL,
  status text DEFAULT 'running'::text NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  heartbeat_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  lane integer DEFAULT 0 NOT NULL,
  lanes integer DEFAULT 1 NOT NULL
) WITH (fillfactor=10, autovacuum_vacuum_scale_factor=0.0, autovacuum_vacuum_threshold=1000);

ALTER TABLE consumer_checkpoints ADD CONSTRAINT consumer_checkpoints_pkey PRIMARY KEY (consumer, lane);

CREATE TABLE database_identity (
  id uuid DEFAULT gen_random_uuid() NOT NULL
);

ALTER TABLE database_identity ADD CONSTRAINT database_identity_pkey PRIMARY KEY (id);

CREATE SEQUENCE dead_letter_actions_id_seq AS bigint;

CREATE TABLE dead_letter_actions (
  id bigint DEFAULT nextval('dead_letter_actions_id_seq'::regclass) NOT NULL,
  letter_id bigint NOT NULL,
  retry_id bigint,
  action text NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  outcome text,
  detail jsonb,
  at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER SEQUENCE dead_letter_actions_id_seq OWNED BY dead_letter_actions.id;

ALTER TABLE dead_letter_actions ADD CONSTRAINT dead_letter_actions_pkey PRIMARY KEY (id);

CREATE INDEX dead_letter_actions_letter_id_idx ON public.dead_letter_actions USING btree (letter_id);

CREATE INDEX dead_letter_actions_retry_id_idx ON public.dead_letter_actions USING btree (retry_id);

CREATE SEQUENCE dead_letter_retries_id_seq AS bigint;

CREATE TABLE dead_letter_retries (
  id bigint DEFAULT nextval('dead_letter_retries_id_seq'::regclass) NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  per_second double precision NOT NULL,
  stop_on_failure boolean NOT NULL,
  status text DEFAULT 'running'::text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  finished_at timestamp(6) with time zone
);

ALTER SEQUENCE dead_letter_retries_id_seq OWNED BY dead_letter_retries.id;

ALTER TABLE dead_letter_retries ADD CONSTRAINT dead_letter_retries_pkey PRIMARY KEY (id);

CREATE SEQUENCE dead_letters_id_seq AS bigint;

CREATE TABLE dead_letters (
  id bigint DEFAULT nextval('dead_letters_id_seq'::regclass) NOT NULL,
  consumer text NOT NULL,
  event_id text NOT NULL,
  stream_id text NOT NULL,
  "position" bigint NOT NULL,
  error text NOT NULL,
  attempts integer NOT NULL,
  status text DEFAULT 'parked'::text NOT NULL,
  first_failed_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  last_failed_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  edited_data jsonb,
  event_type text DEFAULT ''::text NOT NULL,
  fingerprint text DEFAULT ''::text NOT NULL,
  finished_at timestamp(6) with time zone,
  next_attempt_at timestamp(6) with time zone,
  retry_id bigint,
  edited_version integer
);

ALTER SEQUENCE dead_letters_id_seq OWNED BY dead_letters.id;

ALTER TABLE dead_letters ADD CONSTRAINT dead_letters_pkey PRIMARY KEY (id);

CREATE INDEX dead_letters_consumer_stream_id_position_idx ON public.dead_letters USING btree (consumer, stream_id, "position");

CREATE INDEX dead_letters_decided ON public.dead_letters USING btree (consumer, "position") WHERE ((status = 'discarded'::text) OR (edited_data IS NOT NULL));

CREATE INDEX dead_letters_due ON public.dead_letters USING btree (next_attempt_at) WHERE (status = 'retrying'::text);

CREATE INDEX dead_letters_finished ON public.dead_letters USING btree (finished_at) WHERE (status = ANY (ARRAY['resolved'::text, 'discarded'::text]));

CREATE INDEX dead_letters_open ON public.dead_letters USING btree (consumer, stream_id, "position") WHERE (status = ANY (ARRAY['retrying'::text, 'parked'::text, 'waiting'::text]));

CREATE UNIQUE INDEX dead_letters_consumer_event_id_key ON public.dead_letters USING btree (consumer, event_id);

CREATE TABLE event_log (
  "position" bigint NOT NULL,
  event_id text NOT NULL,
  stream_id text NOT NULL,
  type text NOT NULL,
  recorded_at timestamp(6) with time zone NOT NULL
);

ALTER TABLE event_log ADD CONSTRAINT event_log_pkey PRIMARY KEY ("position");

CREATE INDEX event_log_recorded ON public.event_log USING btree (recorded_at);

CREATE INDEX event_log_stream_id_position_idx ON public.event_log USING btree (stream_id, "position");

CREATE INDEX event_log_type_position_idx ON public.event_log USING btree (type, "position");

CREATE UNIQUE INDEX event_log_event_id_key ON public.event_log USING btree (event_id);

CREATE TRIGGER event_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TABLE event_log_head (
  id integer DEFAULT 0 NOT NULL,
  "position" bigint DEFAULT 0 NOT NULL
) WITH (fillfactor=10, autovacuum_vacuum_scale_factor=0.0, autovacuum_vacuum_threshold=1000);

ALTER TABLE event_log_head ADD CONSTRAINT event_log_head_pkey PRIMARY KEY (id);

CREATE TABLE event_version_head (
  id integer DEFAULT 0 NOT NULL,
  "position" bigint DEFAULT 0 NOT NULL
);

ALTER TABLE event_version_head ADD CONSTRAINT event_version_head_pkey PRIMARY KEY (id);

CREATE TABLE event_version_hours (
  type text NOT NULL,
  schema_version integer NOT NULL,
  hour timestamp(6) with time zone NOT NULL,
  count bigint NOT NULL
);

ALTER TABLE event_version_hours ADD CONSTRAINT event_version_hours_pkey PRIMARY KEY (type, schema_version, hour);

CREATE INDEX event_version_hours_hour_idx ON public.event_version_hours USING btree (hour);

CREATE TABLE event_versions (
  type text NOT NULL,
  schema_version integer NOT NULL,
  count bigint NOT NULL,
  first_seen timestamp(6) with time zone NOT NULL,
  last_seen timestamp(6) with time zone NOT NULL
);

ALTER TABLE event_versions ADD CONSTRAINT event_versions_pkey PRIMARY KEY (type, schema_version);

CREATE TABLE events (
  event_id text NOT NULL,
  stream_id text NOT NULL,
  stream_type text NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  schema_version integer NOT NULL,
  data jsonb NOT NULL,
  metadata jsonb NOT NULL,
  recorded_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (event_id);

CREATE INDEX events_actor ON public.events USING btree (((metadata ->> 'actor'::text)), recorded_at);

CREATE INDEX events_correlation ON public.events USING btree (((metadata ->> 'correlationId'::text)));

CREATE UNIQUE INDEX events_stream_id_version_key ON public.events USING btree (stream_id, version);

CREATE TRIGGER events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TABLE idempotency_keys (
  scope text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  status text NOT NULL,
  response jsonb,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL,
  owner text DEFAULT ''::text NOT NULL
) WITH (autovacuum_vacuum_scale_factor=0.02);

ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (scope, key);

CREATE INDEX idempotency_keys_expires_at_idx ON public.idempotency_keys USING btree (expires_at);

CREATE SEQUENCE outbox_events_id_seq AS bigint;

CREATE TABLE outbox_events (
  id bigint DEFAULT nextval('outbox_events_id_seq'::regclass) NOT NULL,
  event_id text NOT NULL,
  event_type text NOT NULL,
  aggregate_id text NOT NULL,
  payload jsonb NOT NULL,
  published boolean DEFAULT false NOT NULL,
  published_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  last_error text,
  next_attempt_at timestamp(6) with time zone
) WITH (autovacuum_vacuum_scale_factor=0.0, autovacuum_vacuum_threshold=5000, autovacuum_vacuum_insert_scale_factor=0.0, autovacuum_vacuum_insert_threshold=50000);

ALTER SEQUENCE outbox_events_id_seq OWNED BY outbox_events.id;

ALTER TABLE outbox_events ADD CONSTRAINT outbox_events_pkey PRIMARY KEY (id);

CREATE INDEX outbox_events_blocked ON public.outbox_events USING btree (aggregate_id, next_attempt_at) WHERE ((NOT published) AND (next_attempt_at IS NOT NULL));

CREATE INDEX outbox_events_unpublished ON public.outbox_events USING btree (id) WHERE (NOT published);

CREATE UNIQUE INDEX outbox_events_event_id_key ON public.outbox_events USING btree (event_id);

CREATE TABLE processed_events (
  consumer text NOT NULL,
  event_id text NOT NULL,
  processed_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE processed_events ADD CONSTRAINT processed_events_pkey PRIMARY KEY (consumer, event_id);

CREATE INDEX processed_events_age ON public.processed_events USING btree (processed_at);

CREATE SEQUENCE projection_alerts_id_seq AS bigint;

CREATE TABLE projection_alerts (
  id bigint DEFAULT nextval('projection_alerts_id_seq'::regclass) NOT NULL,
  projection text NOT NULL,
  status text NOT NULL,
  threshold_seconds double precision NOT NULL,
  peak_lag_seconds double precision NOT NULL,
  pending_at timestamp(6) with time zone NOT NULL,
  fired_at timestamp(6) with time zone,
  calm_since timestamp(6) with time zone,
  resolved_at timestamp(6) with time zone,
  firing_notified_at timestamp(6) with time zone,
  resolved_notified_at timestamp(6) with time zone,
  acknowledged_at timestamp(6) with time zone,
  acknowledged_by text,
  acknowledged_reason text
);

ALTER SEQUENCE projection_alerts_id_seq OWNED BY projection_alerts.id;

ALTER TABLE projection_alerts ADD CONSTRAINT projection_alerts_pkey PRIMARY KEY (id);

CREATE INDEX projection_alerts_projection_status_idx ON public.projection_alerts USING btree (projection, status);

CREATE UNIQUE INDEX projection_alerts_open ON public.projection_alerts USING btree (projection) WHERE (status = ANY (ARRAY['pending'::text, 'firing'::text]));

CREATE TABLE projection_checkpoints (
  projection text NOT NULL,
  "position" bigint DEFAULT 0 NOT NULL,
  status text DEFAULT 'running'::text NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  heartbeat_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
) WITH (fillfactor=10, autovacuum_vacuum_scale_factor=0.0, autovacuum_vacuum_threshold=1000);

ALTER TABLE projection_checkpoints ADD CONSTRAINT projection_checkpoints_pkey PRIMARY KEY (projection);

CREATE TABLE projection_rebuilds (
  projection text NOT NULL,
  status text NOT NULL,
  "position" bigint NOT NULL,
  started_against bigint NOT NULL,
  actor text NOT NULL,
  error text,
  started_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  finished_at timestamp(6) with time zone,
  merged_to text
);

ALTER TABLE projection_rebuilds ADD CONSTRAINT projection_rebuilds_pkey PRIMARY KEY (projection);

CREATE TABLE projection_samples (
  projection text NOT NULL,
  at timestamp(6) with time zone NOT NULL,
  "position" bigint NOT NULL,
  head_position bigint NOT NULL,
  lag_seconds double precision NOT NULL
);

ALTER TABLE projection_samples ADD CONSTRAINT projection_samples_pkey PRIMARY KEY (projection, at);

CREATE INDEX projection_samples_at_idx ON public.projection_samples USING btree (at);

CREATE TABLE read_model_checks (
  projection text NOT NULL,
  "position" bigint DEFAULT 0 NOT NULL,
  begun_at timestamp(6) with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL
);

ALTER TABLE read_model_checks ADD CONSTRAINT read_model_checks_pkey PRIMARY KEY (projection);

CREATE TABLE read_model_faults (
  projection text NOT NULL,
  key text NOT NULL,
  stream_id text NOT NULL,
  detail text NOT NULL,
  found_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE read_model_faults ADD CONSTRAINT read_model_faults_pkey PRIMARY KEY (projection, key);

CREATE TABLE relay_leases (
  partition integer NOT NULL,
  owner text NOT NULL,
  epoch bigint NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL
) WITH (fillfactor=10, autovacuum_vacuum_scale_factor=0.0, autovacuum_vacuum_threshold=1000);

ALTER TABLE relay_leases ADD CONSTRAINT relay_leases_pkey PRIMARY KEY (partition);

CREATE SEQUENCE saga_actions_id_seq AS bigint;

CREATE TABLE saga_actions (
  id bigint DEFAULT nextval('saga_actions_id_seq'::regclass) NOT NULL,
  saga_id text NOT NULL,
  action text NOT NULL,
  step text,
  actor text NOT NULL,
  reason text NOT NULL,
  at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  forked_as text
);

ALTER SEQUENCE saga_actions_id_seq OWNED BY saga_actions.id;

ALTER TABLE saga_actions ADD CONSTRAINT saga_actions_pkey PRIMARY KEY (id);

CREATE INDEX saga_actions_saga_id_idx ON public.saga_actions USING btree (saga_id);

CREATE TABLE saga_steps (
  saga_id text NOT NULL,
  step text NOT NULL,
  kind text NOT NULL,
  ordinal integer NOT NULL,
  status text NOT NULL,
  attempt integer DEFAULT 0 NOT NULL,
  fence integer DEFAULT 0 NOT NULL,
  lease_expires_at timestamp(6) with time zone,
  run_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  started_at timestamp(6) with time zone,
  finished_at timestamp(6) with time zone,
  result jsonb,
  error jsonb,
  done_before boolean DEFAULT false NOT NULL,
  done_by text
);

ALTER TABLE saga_steps ADD CONSTRAINT saga_steps_pkey PRIMARY KEY (saga_id, step, kind);

CREATE INDEX saga_steps_pending ON public.saga_steps USING btree (run_at) WHERE (status = 'pending'::text);

CREATE INDEX saga_steps_running ON public.saga_steps USING btree (lease_expires_at) WHERE (status = 'running'::text);

CREATE TABLE sagas (
  saga_id text NOT NULL,
  name text NOT NULL,
  definition_version integer NOT NULL,
  status text NOT NULL,
  subject text NOT NULL,
  correlation_id text NOT NULL,
  input jsonb NOT NULL,
  failure jsonb,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  finished_at timestamp(6) with time zone,
  point_of_no_return integer,
  shape jsonb,
  traceparent text,
  forked_from text
);

ALTER TABLE sagas ADD CONSTRAINT sagas_pkey PRIMARY KEY (saga_id);

CREATE INDEX sagas_correlation_id_idx ON public.sagas USING btree (correlation_id);

CREATE INDEX sagas_created_at_saga_id_idx ON public.sagas USING btree (created_at, saga_id);

CREATE INDEX sagas_finished ON public.sagas USING btree (finished_at) WHERE (finished_at IS NOT NULL);

CREATE INDEX sagas_name_status_idx ON public.sagas USING btree (name, status);

CREATE INDEX sagas_subject_idx ON public.sagas USING btree (subject);

CREATE UNIQUE INDEX sagas_forked_from_key ON public.sagas USING btree (forked_from);

CREATE TABLE schema_registry_config (
  subject text NOT NULL,
  compatibility text NOT NULL
);

ALTER TABLE schema_registry_config ADD CONSTRAINT schema_registry_config_pkey PRIMARY KEY (subject);

CREATE SEQUENCE schema_registry_schemas_id_seq AS integer;

CREATE TABLE schema_registry_schemas (
  id integer DEFAULT nextval('schema_registry_schemas_id_seq'::regclass) NOT NULL,
  schema text NOT NULL,
  fingerprint text NOT NULL,
  registered_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER SEQUENCE schema_registry_schemas_id_seq OWNED BY schema_registry_schemas.id;

ALTER TABLE schema_registry_schemas ADD CONSTRAINT schema_registry_schemas_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX schema_registry_schemas_fingerprint_key ON public.schema_registry_schemas USING btree (fingerprint);

CREATE TABLE schema_registry_versions (
  subject text NOT NULL,
  version integer NOT NULL,
  schema_id integer NOT NULL,
  deleted boolean DEFAULT false NOT NULL,
  registered_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE schema_registry_versions ADD CONSTRAINT schema_registry_versions_pkey PRIMARY KEY (subject, version);

CREATE INDEX schema_registry_versions_schema_id_idx ON public.schema_registry_versions USING btree (schema_id);

CREATE TABLE snapshots (
  stream_id text NOT NULL,
  version integer NOT NULL,
  state_version integer NOT NULL,
  state jsonb NOT NULL,
  taken_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE snapshots ADD CONSTRAINT snapshots_pkey PRIMARY KEY (stream_id, version);

CREATE TABLE subject_keys (
  subject text NOT NULL,
  wrapped text,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  destroyed_at timestamp(6) with time zone
);

ALTER TABLE subject_keys ADD CONSTRAINT subject_keys_destroyed CHECK (((wrapped IS NULL) = (destroyed_at IS NOT NULL)));

ALTER TABLE subject_keys ADD CONSTRAINT subject_keys_pkey PRIMARY KEY (subject);

CREATE TABLE workers (
  id text NOT NULL,
  version text NOT NULL,
  host text NOT NULL,
  pid integer NOT NULL,
  runs text[],
  steps integer DEFAULT 0 NOT NULL,
  started_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  heartbeat_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  drained_by text,
  drain_reason text,
  drain_asked_at timestamp(6) with time zone,
  drained_at timestamp(6) with time zone
);

ALTER TABLE workers ADD CONSTRAINT workers_pkey PRIMARY KEY (id);

ALTER TABLE saga_steps ADD CONSTRAINT saga_steps_saga_id_fkey FOREIGN KEY (saga_id) REFERENCES sagas(saga_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE sagas ADD CONSTRAINT sagas_forked_from_fkey FOREIGN KEY (forked_from) REFERENCES sagas(saga_id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE schema_registry_versions ADD CONSTRAINT schema_registry_versions_schema_id_fkey FOREIGN KEY (schema_id) REFERENCES schema_registry_schemas(id) ON UPDATE CASCADE ON DELETE RESTRICT;

INSERT INTO event_log_head (id, position) VALUES (0, 0);

INSERT INTO event_version_head (id, position) VALUES (0, 0);

INSERT INTO database_identity DEFAULT VALUES;

CREATE SCHEMA rebuild;
