CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE OR REPLACE FUNCTION public.attributes_in(told text, of_kind text)
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE STRICT
RETURN ARRAY(SELECT catalogue_attributes.slug FROM catalogue_attributes WHERE ((catalogue_attributes.kind = attributes_in.of_kind) AND (EXISTS (SELECT FROM unnest(catalogue_attributes.words) word(word) WHERE (strpos((SELECT ((' '::text || catalogue_plain(attributes_in.told)) || ' '::text)), ((' '::text || word.word) || ' '::text)) > 0)))) ORDER BY catalogue_attributes.ordinal);

CREATE OR REPLACE FUNCTION public.catalogue_plain(typed text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN TRIM(BOTH FROM regexp_replace(lower(unaccent(typed)), '[[:punct:][:space:]]+'::text, ' '::text, 'g'::text));

CREATE OR REPLACE FUNCTION public.end_sessions_of_old_password()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  DELETE FROM auth_sessions WHERE user_id = NEW.user_id;
  RETURN NULL;
END
$function$;

CREATE OR REPLACE FUNCTION public.index_changed_product()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM index_product(NEW.id);
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.index_product(product_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  product products;
  made_of text[];
  named text[];
  kind_of text;
  variant_words text;
  attribute_words text;
  missing text[];
BEGIN
  SELECT * INTO product FROM products WHERE id = index_product.product_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  SELECT name INTO kind_of FROM categories WHERE slug = product.category;

  SELECT string_agg(catalogue_plain(variant.name) || ' ' || replace(catalogue_plain(variant.sku), ' ', ''), ' '),
         coalesce(attributes_in(string_agg(variant.name, ' , '), 'material'), '{}')
  INTO variant_words, named
  FROM product_variants variant WHERE variant.product_id = index_product.product_id;

  -- Its details say of what it is made; where its variants are named for several materials, each is of its own.
  made_of := attributes_in(array_to_string(product.details, ' '), 'material');
  IF made_of = '{}' THEN
    made_of := attributes_in(concat_ws(' ', product.name, product.summary, product.description), 'material');
  END IF;
  IF cardinality(named) > 1 THEN
    made_of := ARRAY(SELECT slug FROM unnest(made_of) slug WHERE slug <> ALL (named));
  END IF;

  UPDATE product_variants variant SET
    colour = (attributes_in(variant.name, 'colour'))[1],
    materials = ARRAY(SELECT unnest(attributes_in(variant.name, 'material')) UNION SELECT unnest(made_of) ORDER BY 1)
  WHERE variant.product_id = index_product.product_id;

  SELECT string_agg(catalogue_plain(concat_ws(' ', attribute.name, attribute.also)), ' ') INTO attribute_words
  FROM catalogue_attributes attribute
  WHERE EXISTS (SELECT FROM product_variants variant WHERE variant.product_id = index_product.product_id
                  AND CASE attribute.kind WHEN 'colour' THEN variant.colour = attribute.slug ELSE attribute.slug = ANY (variant.materials) END);

  UPDATE products SET search =
       setweight(to_tsvector('pg_catalog.english', catalogue_plain(product.name)), 'A')
    || setweight(to_tsvector('pg_catalog.english', coalesce(variant_words, '')), 'B')
    || setweight(to_tsvector('pg_catalog.english', (SELECT coalesce(string_agg(pair, ' '), '') FROM (
         SELECT word || lead(word) OVER (ORDER BY place) AS pair
         FROM string_to_table(catalogue_plain(product.name), ' ') WITH ORDINALITY AS words(word, place)) pairs)), 'B')
    || setweight(to_tsvector('pg_catalog.english', coalesce(attribute_words, '')), 'C')
    || setweight(to_tsvector('pg_catalog.english', catalogue_plain(concat_ws(' ', kind_of, product.summary, array_to_string(product.details, ' ')))), 'C')
    || setweight(to_tsvector('pg_catalog.english', catalogue_plain(product.description)), 'D')
  WHERE id = index_product.product_id;

  -- What a slip is put right to. A word that no product has any more stays here and corrects nothing, as it would find nothing.
  missing := ARRAY(
    SELECT DISTINCT word FROM string_to_table(catalogue_plain(concat_ws(' ', product.name, variant_words, attribute_words, kind_of,
      product.summary, array_to_string(product.details, ' '), product.description)), ' ') told(word)
    WHERE word ~ '^[[:alpha:]]{3,30}$' AND NOT EXISTS (SELECT FROM catalogue_words known WHERE known.word = told.word) ORDER BY word);
  IF missing <> '{}' THEN
    -- One at a time: two that add the same words in another order would wait for each other.
    PERFORM pg_advisory_xact_lock(hashtext('catalogue_words'));
    INSERT INTO catalogue_words (word) SELECT unnest(missing) ON CONFLICT DO NOTHING;
  END IF;
END $function$;

CREATE OR REPLACE FUNCTION public.index_product_of_variant()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM index_product(OLD.product_id); END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.product_id <> OLD.product_id) THEN PERFORM index_product(NEW.product_id); END IF;
  RETURN NULL;
END $function$;

CREATE OR REPLACE FUNCTION public.name_words(name text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, regexp_replace(NORMALIZE(COALESCE(name, ''::text), NFKD), '[\u0300-\u036F]'::text, ''::text, 'g'::text));

CREATE OR REPLACE FUNCTION public.order_number(order_id text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT string_agg((substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ'::text, ((get_byte(sha256(convert_to(order_number.order_id, 'UTF8'::name)), at.at) & 31) + 1), 1) || CASE at.at WHEN 4 THEN '-'::text ELSE ''::text END), ''::text ORDER BY at.at) AS string_agg FROM generate_series(0, 9) at(at));

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

CREATE OR REPLACE FUNCTION public.refuse_session_of_old_password()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM FROM auth_credentials
    WHERE user_id = NEW.user_id AND encode(sha256(convert_to(password, 'UTF8')), 'hex') = NEW.password_digest
    FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the password that opens this session is no longer the one of the login'
      USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END
$function$;

CREATE OR REPLACE FUNCTION public.refuse_staff()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  RAISE EXCEPTION 'only the owner of the database may make or remove a login of the console'
    USING ERRCODE = 'insufficient_privilege';
END
$function$;

CREATE OR REPLACE FUNCTION public.word_deletions(word text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (SELECT array_agg(("left"(word_deletions.word, (letter.letter - 1)) || substr(word_deletions.word, (letter.letter + 1)))) AS array_agg FROM generate_series(1, (length(word_deletions.word) + 1)) letter(letter));

CREATE TABLE account_monthly (
  account_id text NOT NULL,
  month text NOT NULL,
  deposited bigint NOT NULL,
  withdrawn bigint NOT NULL,
  spent bigint NOT NULL,
  refunded bigint NOT NULL,
  granted bigint DEFAULT 0 NOT NULL
);

ALTER TABLE account_monthly ADD CONSTRAINT account_monthly_pkey PRIMARY KEY (account_id, month);

CREATE TABLE account_statement (
  account_id text NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  amount bigint NOT NULL,
  balance bigint NOT NULL,
  currency text NOT NULL,
  event_id text NOT NULL,
  order_id text,
  at timestamp(6) with time zone NOT NULL
);

ALTER TABLE account_statement ADD CONSTRAINT account_statement_pkey PRIMARY KEY (account_id, version);

CREATE TABLE account_view (
  account_id text NOT NULL,
  currency text NOT NULL,
  balance bigint NOT NULL,
  held bigint NOT NULL,
  available bigint NOT NULL,
  version integer NOT NULL,
  opened_at timestamp(6) with time zone NOT NULL,
  updated_at timestamp(6) with time zone NOT NULL
);

ALTER TABLE account_view ADD CONSTRAINT account_view_pkey PRIMARY KEY (account_id);

CREATE INDEX account_view_balance_account_id_idx ON public.account_view USING btree (balance, account_id);

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

CREATE TABLE auth_credentials (
  id text NOT NULL,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  user_id text NOT NULL,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp(6) with time zone,
  refresh_token_expires_at timestamp(6) with time zone,
  scope text,
  password text,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE auth_credentials ADD CONSTRAINT auth_credentials_pkey PRIMARY KEY (id);

CREATE INDEX auth_credentials_user_id_idx ON public.auth_credentials USING btree (user_id);

CREATE TRIGGER auth_credentials_end_sessions AFTER UPDATE OF password ON public.auth_credentials FOR EACH ROW WHEN ((old.password IS DISTINCT FROM new.password)) EXECUTE FUNCTION end_sessions_of_old_password();

CREATE TABLE auth_sessions (
  id text NOT NULL,
  user_id text NOT NULL,
  token text NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  password_digest text
);

ALTER TABLE auth_sessions ADD CONSTRAINT auth_sessions_pkey PRIMARY KEY (id);

CREATE INDEX auth_sessions_user_id_idx ON public.auth_sessions USING btree (user_id);

CREATE UNIQUE INDEX auth_sessions_token_key ON public.auth_sessions USING btree (token);

CREATE TRIGGER auth_sessions_of_a_password BEFORE INSERT ON public.auth_sessions FOR EACH ROW WHEN ((new.password_digest IS NOT NULL)) EXECUTE FUNCTION refuse_session_of_old_password();

CREATE TABLE auth_users (
  id text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  email_verified boolean DEFAULT false NOT NULL,
  image text,
  role text DEFAULT 'shopper'::text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE auth_users ADD CONSTRAINT auth_users_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX auth_users_email_key ON public.auth_users USING btree (email);

CREATE TRIGGER auth_users_staff_made BEFORE INSERT ON public.auth_users FOR EACH ROW WHEN ((new.role <> 'shopper'::text)) EXECUTE FUNCTION refuse_staff();

CREATE TRIGGER auth_users_staff_moved BEFORE UPDATE OF email ON public.auth_users FOR EACH ROW WHEN (((old.role <> 'shopper'::text) AND (new.email IS DISTINCT FROM old.email))) EXECUTE FUNCTION refuse_staff();

CREATE TRIGGER auth_users_staff_removed BEFORE DELETE ON public.auth_users FOR EACH ROW WHEN ((old.role <> 'shopper'::text)) EXECUTE FUNCTION refuse_staff();

CREATE TABLE auth_verifications (
  id text NOT NULL,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE auth_verifications ADD CONSTRAINT auth_verifications_pkey PRIMARY KEY (id);

CREATE INDEX auth_verifications_identifier_idx ON public.auth_verifications USING btree (identifier);

CREATE TABLE cart_lines (
  cart_id text NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  quantity integer NOT NULL,
  seen_price integer NOT NULL,
  ordinal integer NOT NULL
);

ALTER TABLE cart_lines ADD CONSTRAINT cart_lines_pkey PRIMARY KEY (cart_id, sku);

ALTER TABLE cart_lines ADD CONSTRAINT cart_lines_quantity CHECK ((quantity >= 0));

CREATE TABLE carts (
  id text NOT NULL,
  customer_id text,
  version integer DEFAULT 0 NOT NULL,
  status text DEFAULT 'open'::text NOT NULL,
  order_id text,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE carts ADD CONSTRAINT carts_ordered_have_orders CHECK (((status <> 'ordered'::text) OR (order_id IS NOT NULL)));

ALTER TABLE carts ADD CONSTRAINT carts_pkey PRIMARY KEY (id);

ALTER TABLE carts ADD CONSTRAINT carts_status CHECK ((status = ANY (ARRAY['open'::text, 'ordered'::text, 'closed'::text])));

CREATE INDEX carts_order_id_idx ON public.carts USING btree (order_id);

CREATE INDEX carts_updated_at_idx ON public.carts USING btree (updated_at);

CREATE UNIQUE INDEX carts_one_per_customer ON public.carts USING btree (customer_id) WHERE (status <> 'closed'::text);

CREATE TABLE catalogue_attributes (
  kind text NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  words text[],
  also text DEFAULT ''::text NOT NULL,
  swatch text,
  ordinal integer NOT NULL
);

ALTER TABLE catalogue_attributes ADD CONSTRAINT catalogue_attributes_pkey PRIMARY KEY (kind, slug);

CREATE TABLE catalogue_words (
  word text NOT NULL
);

ALTER TABLE catalogue_words ADD CONSTRAINT catalogue_words_pkey PRIMARY KEY (word);

CREATE INDEX catalogue_words_deletions ON public.catalogue_words USING gin (word_deletions(word));

CREATE INDEX catalogue_words_trigrams ON public.catalogue_words USING gin (word gin_trgm_ops);

CREATE TABLE categories (
  slug text NOT NULL,
  name text NOT NULL,
  summary text NOT NULL,
  image text NOT NULL,
  ordinal integer NOT NULL
);

ALTER TABLE categories ADD CONSTRAINT categories_pkey PRIMARY KEY (slug);

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

CREATE TABLE customer_addresses (
  id text NOT NULL,
  customer_id text NOT NULL,
  address jsonb NOT NULL,
  is_default boolean DEFAULT false NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE customer_addresses ADD CONSTRAINT customer_addresses_pkey PRIMARY KEY (id);

CREATE INDEX customer_addresses_customer_id_idx ON public.customer_addresses USING btree (customer_id);

CREATE UNIQUE INDEX customer_addresses_one_default ON public.customer_addresses USING btree (customer_id) WHERE is_default;

CREATE TABLE customers (
  id text NOT NULL,
  user_id text,
  email text NOT NULL,
  name text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);

CREATE INDEX customers_email_prefix ON public.customers USING btree (lower(email) text_pattern_ops);

CREATE INDEX customers_name_words ON public.customers USING gin (name_words(name));

CREATE UNIQUE INDEX customers_email_key ON public.customers USING btree (email);

CREATE UNIQUE INDEX customers_user_id_key ON public.customers USING btree (user_id);

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

CREATE TABLE discount_codes (
  code text NOT NULL,
  kind text NOT NULL,
  value integer NOT NULL,
  minimum integer DEFAULT 0 NOT NULL,
  uses_max integer,
  uses_per_customer_max integer DEFAULT 1 NOT NULL,
  uses integer DEFAULT 0 NOT NULL,
  starts_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  ends_at timestamp(6) with time zone,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE discount_codes ADD CONSTRAINT discount_codes_limits CHECK (((uses >= 0) AND ((uses_max IS NULL) OR (uses <= uses_max))));

ALTER TABLE discount_codes ADD CONSTRAINT discount_codes_pkey PRIMARY KEY (code);

ALTER TABLE discount_codes ADD CONSTRAINT discount_codes_value CHECK (((value > 0) AND ((kind = 'amount'::text) OR ((kind = 'percent'::text) AND (value <= 100)))));

CREATE INDEX discount_codes_created_at_code_idx ON public.discount_codes USING btree (created_at, code);

CREATE TABLE discount_uses (
  order_id text NOT NULL,
  code text NOT NULL,
  customer text NOT NULL,
  ordinal integer NOT NULL
);

ALTER TABLE discount_uses ADD CONSTRAINT discount_uses_pkey PRIMARY KEY (order_id);

CREATE UNIQUE INDEX discount_uses_code_customer_ordinal_key ON public.discount_uses USING btree (code, customer, ordinal);

CREATE TABLE erasures (
  customer_id text NOT NULL,
  address_digest text,
  requested_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  finished_at timestamp(6) with time zone,
  rewritten_at timestamp(6) with time zone,
  erased jsonb NOT NULL
);

ALTER TABLE erasures ADD CONSTRAINT erasures_pkey PRIMARY KEY (customer_id);

CREATE INDEX erasures_open ON public.erasures USING btree (requested_at) WHERE (finished_at IS NULL);

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

CREATE TABLE faults (
  name text NOT NULL,
  value jsonb NOT NULL,
  set_by text NOT NULL,
  expires_at timestamp(6) with time zone NOT NULL
);

ALTER TABLE faults ADD CONSTRAINT faults_pkey PRIMARY KEY (name);

CREATE TABLE gateway_calls (
  at timestamp(6) with time zone NOT NULL,
  answered integer NOT NULL,
  failed integer NOT NULL,
  last_error text
);

ALTER TABLE gateway_calls ADD CONSTRAINT gateway_calls_pkey PRIMARY KEY (at);

CREATE TABLE gateway_captures (
  charge_id text NOT NULL,
  order_id text NOT NULL,
  amount bigint NOT NULL,
  refunded bigint NOT NULL,
  currency text NOT NULL,
  captured_at timestamp(6) with time zone NOT NULL,
  read_at timestamp(6) with time zone NOT NULL
);

ALTER TABLE gateway_captures ADD CONSTRAINT gateway_captures_pkey PRIMARY KEY (charge_id);

CREATE INDEX gateway_captures_captured_at_idx ON public.gateway_captures USING btree (captured_at);

CREATE INDEX gateway_captures_order_id_idx ON public.gateway_captures USING btree (order_id);

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

CREATE SEQUENCE mail_messages_id_seq AS bigint;

CREATE TABLE mail_messages (
  id bigint DEFAULT nextval('mail_messages_id_seq'::regclass) NOT NULL,
  dedupe_key text NOT NULL,
  recipient text,
  subject text,
  body text NOT NULL,
  order_id text,
  sent_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  sealed_for text,
  delivered_at timestamp(6) with time zone,
  attempts integer DEFAULT 0 NOT NULL,
  next_attempt_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP,
  delivery_error text
);

ALTER SEQUENCE mail_messages_id_seq OWNED BY mail_messages.id;

ALTER TABLE mail_messages ADD CONSTRAINT mail_messages_pkey PRIMARY KEY (id);

CREATE INDEX mail_messages_order_id_idx ON public.mail_messages USING btree (order_id);

CREATE INDEX mail_messages_sealed_for_idx ON public.mail_messages USING btree (sealed_for);

CREATE INDEX mail_messages_waiting ON public.mail_messages USING btree (next_attempt_at, id) WHERE (next_attempt_at IS NOT NULL);

CREATE UNIQUE INDEX mail_messages_dedupe_key_key ON public.mail_messages USING btree (dedupe_key);

CREATE TABLE order_funnel_by_day (
  day date NOT NULL,
  placed integer DEFAULT 0 NOT NULL,
  paid integer DEFAULT 0 NOT NULL,
  confirmed integer DEFAULT 0 NOT NULL,
  shipped integer DEFAULT 0 NOT NULL,
  cancelled integer DEFAULT 0 NOT NULL
);

ALTER TABLE order_funnel_by_day ADD CONSTRAINT order_funnel_by_day_pkey PRIMARY KEY (day);

CREATE TABLE order_lines (
  order_id text NOT NULL,
  ordinal integer NOT NULL,
  sku text NOT NULL,
  name text NOT NULL,
  image text NOT NULL,
  quantity integer NOT NULL,
  unit_price integer NOT NULL
);

ALTER TABLE order_lines ADD CONSTRAINT order_lines_pkey PRIMARY KEY (order_id, ordinal);

CREATE TABLE order_link_requests (
  id text NOT NULL,
  number text NOT NULL,
  email text NOT NULL,
  requested_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE order_link_requests ADD CONSTRAINT order_link_requests_pkey PRIMARY KEY (id);

CREATE INDEX order_link_requests_requested_at_idx ON public.order_link_requests USING btree (requested_at);

CREATE SEQUENCE order_notes_id_seq AS bigint;

CREATE TABLE order_notes (
  id bigint DEFAULT nextval('order_notes_id_seq'::regclass) NOT NULL,
  order_id text NOT NULL,
  text text NOT NULL,
  written_by text NOT NULL,
  at timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL
);

ALTER SEQUENCE order_notes_id_seq OWNED BY order_notes.id;

ALTER TABLE order_notes ADD CONSTRAINT order_notes_pkey PRIMARY KEY (id);

CREATE INDEX order_notes_order_id_id_idx ON public.order_notes USING btree (order_id, id);

CREATE TABLE order_returns (
  return_id text NOT NULL,
  order_id text NOT NULL,
  ordinal integer NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  lines jsonb NOT NULL,
  refund_to text NOT NULL,
  received jsonb DEFAULT '[]'::jsonb NOT NULL,
  refund_ids text[] DEFAULT '{}'::text[] NOT NULL,
  requested_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  settled_at timestamp(3) with time zone
);

ALTER TABLE order_returns ADD CONSTRAINT order_returns_pkey PRIMARY KEY (return_id);

CREATE INDEX order_returns_requested_at_return_id_idx ON public.order_returns USING btree (requested_at, return_id);

CREATE INDEX order_returns_status_requested_at_return_id_idx ON public.order_returns USING btree (status, requested_at, return_id);

CREATE UNIQUE INDEX order_returns_order_id_ordinal_key ON public.order_returns USING btree (order_id, ordinal);

CREATE TABLE order_view (
  order_id text NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  total integer NOT NULL,
  currency text NOT NULL,
  lines jsonb NOT NULL,
  steps jsonb NOT NULL,
  cancel_reason text,
  placed_at timestamp(6) with time zone NOT NULL,
  updated_at timestamp(6) with time zone NOT NULL,
  attention text[] DEFAULT ARRAY[]::text[] NOT NULL,
  tracking jsonb,
  refunds jsonb DEFAULT '[]'::jsonb NOT NULL,
  price jsonb,
  credit_part integer DEFAULT 0 NOT NULL
);

ALTER TABLE order_view ADD CONSTRAINT order_view_pkey PRIMARY KEY (order_id);

CREATE INDEX order_view_placed_at_order_id_idx ON public.order_view USING btree (placed_at, order_id);

CREATE INDEX order_view_status_placed_at_order_id_idx ON public.order_view USING btree (status, placed_at, order_id);

CREATE TABLE orders (
  id text NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  customer_id text,
  email text,
  shipping_address jsonb NOT NULL,
  payment_method text NOT NULL,
  payment_token text,
  total integer NOT NULL,
  currency text NOT NULL,
  payment_status text DEFAULT 'none'::text NOT NULL,
  charge_id text,
  stock_status text DEFAULT 'none'::text NOT NULL,
  cancel_reason text,
  placed_at timestamp(6) with time zone NOT NULL,
  updated_at timestamp(6) with time zone NOT NULL,
  fulfilment text DEFAULT 'none'::text NOT NULL,
  attention_codes text[] DEFAULT ARRAY[]::text[] NOT NULL,
  cart_id text,
  cart_version integer,
  number text NOT NULL,
  caller text,
  erasure text,
  refunds jsonb DEFAULT '[]'::jsonb NOT NULL,
  price jsonb,
  discount_code text,
  credit_part integer DEFAULT 0 NOT NULL,
  credit_taken boolean DEFAULT false NOT NULL,
  card jsonb
) WITH (fillfactor=80);

ALTER TABLE orders ADD CONSTRAINT orders_cart CHECK (((cart_id IS NULL) = (cart_version IS NULL)));

ALTER TABLE orders ADD CONSTRAINT orders_credit_part CHECK (((credit_part = 0) OR (((credit_part >= 1) AND (credit_part <= (total - 1))) AND (payment_method = 'card'::text) AND (customer_id IS NOT NULL))));

ALTER TABLE orders ADD CONSTRAINT orders_discount CHECK ((NOT ((price #>> '{discount,code}'::text[]) IS DISTINCT FROM discount_code)));

ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);

CREATE INDEX orders_caller_placed_at_idx ON public.orders USING btree (caller, placed_at);

CREATE INDEX orders_charge ON public.orders USING btree (charge_id) WHERE (charge_id IS NOT NULL);

CREATE INDEX orders_customer_id_placed_at_idx ON public.orders USING btree (customer_id, placed_at);

CREATE INDEX orders_email_prefix ON public.orders USING btree (lower(email) text_pattern_ops);

CREATE INDEX orders_erasure ON public.orders USING btree (erasure) WHERE (erasure IS NOT NULL);

CREATE INDEX orders_name_words ON public.orders USING gin (name_words((shipping_address ->> 'name'::text)));

CREATE INDEX orders_placed_at_id_idx ON public.orders USING btree (placed_at, id);

CREATE INDEX orders_updated_at_idx ON public.orders USING brin (updated_at) WITH (pages_per_range='16');

CREATE UNIQUE INDEX orders_cart_id_cart_version_key ON public.orders USING btree (cart_id, cart_version);

CREATE UNIQUE INDEX orders_number_key ON public.orders USING btree (number);

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

CREATE SEQUENCE payment_calls_id_seq AS bigint;

CREATE TABLE payment_calls (
  id bigint DEFAULT nextval('payment_calls_id_seq'::regclass) NOT NULL,
  at timestamp(3) with time zone NOT NULL,
  took_ms integer NOT NULL,
  cause text NOT NULL,
  asked text NOT NULL,
  outcome text NOT NULL,
  answer text NOT NULL
);

ALTER SEQUENCE payment_calls_id_seq OWNED BY payment_calls.id;

ALTER TABLE payment_calls ADD CONSTRAINT payment_calls_pkey PRIMARY KEY (id);

CREATE INDEX payment_calls_at_idx ON public.payment_calls USING btree (at);

CREATE INDEX payment_calls_cause_idx ON public.payment_calls USING btree (cause);

CREATE TABLE payment_webhook_counts (
  outcome text NOT NULL,
  count bigint NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE payment_webhook_counts ADD CONSTRAINT payment_webhook_counts_pkey PRIMARY KEY (outcome);

CREATE TABLE payment_webhooks (
  id text NOT NULL,
  type text NOT NULL,
  charge_id text,
  order_id text,
  payload jsonb NOT NULL,
  deliveries integer DEFAULT 1 NOT NULL,
  received_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  attempts integer DEFAULT 0 NOT NULL,
  run_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  processed_at timestamp(6) with time zone,
  outcome text
);

ALTER TABLE payment_webhooks ADD CONSTRAINT payment_webhooks_pkey PRIMARY KEY (id);

CREATE INDEX payment_webhooks_received_at_idx ON public.payment_webhooks USING btree (received_at);

CREATE INDEX payment_webhooks_waiting ON public.payment_webhooks USING btree (run_at) WHERE (processed_at IS NULL);

CREATE SEQUENCE price_changes_id_seq AS bigint;

CREATE TABLE price_changes (
  id bigint DEFAULT nextval('price_changes_id_seq'::regclass) NOT NULL,
  sku text NOT NULL,
  before integer NOT NULL,
  amount integer NOT NULL,
  currency text NOT NULL,
  at timestamp(6) with time zone DEFAULT clock_timestamp() NOT NULL,
  changed_by text NOT NULL,
  reason text NOT NULL
);

ALTER SEQUENCE price_changes_id_seq OWNED BY price_changes.id;

ALTER TABLE price_changes ADD CONSTRAINT price_changes_pkey PRIMARY KEY (id);

CREATE INDEX price_changes_sku_id_idx ON public.price_changes USING btree (sku, id);

CREATE TABLE processed_events (
  consumer text NOT NULL,
  event_id text NOT NULL,
  processed_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE processed_events ADD CONSTRAINT processed_events_pkey PRIMARY KEY (consumer, event_id);

CREATE INDEX processed_events_age ON public.processed_events USING btree (processed_at);

CREATE TABLE product_variants (
  sku text NOT NULL,
  product_id text NOT NULL,
  name text NOT NULL,
  options jsonb NOT NULL,
  price integer NOT NULL,
  currency text NOT NULL,
  image text NOT NULL,
  ordinal integer NOT NULL,
  colour text,
  materials text[] DEFAULT ARRAY[]::text[]
);

ALTER TABLE product_variants ADD CONSTRAINT product_variants_pkey PRIMARY KEY (sku);

CREATE INDEX product_variants_colour_idx ON public.product_variants USING btree (colour);

CREATE INDEX product_variants_materials_idx ON public.product_variants USING gin (materials);

CREATE INDEX product_variants_price_idx ON public.product_variants USING btree (price);

CREATE INDEX product_variants_product_id_ordinal_idx ON public.product_variants USING btree (product_id, ordinal);

CREATE TRIGGER product_variants_search_text AFTER INSERT OR DELETE OR UPDATE OF sku, product_id, name ON public.product_variants FOR EACH ROW EXECUTE FUNCTION index_product_of_variant();

CREATE TABLE products (
  id text NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  category text NOT NULL,
  summary text NOT NULL,
  description text NOT NULL,
  details text[],
  image text NOT NULL,
  featured boolean DEFAULT false NOT NULL,
  ordinal integer NOT NULL,
  price_from integer NOT NULL,
  currency text NOT NULL,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  updated_by text,
  version integer DEFAULT 1 NOT NULL,
  search tsvector
);

ALTER TABLE products ADD CONSTRAINT products_pkey PRIMARY KEY (id);

CREATE INDEX products_category_ordinal_id_idx ON public.products USING btree (category, ordinal, id);

CREATE INDEX products_name_id_idx ON public.products USING btree (name, id);

CREATE INDEX products_ordinal_id_idx ON public.products USING btree (ordinal, id);

CREATE INDEX products_price_from_id_idx ON public.products USING btree (price_from, id);

CREATE INDEX products_search ON public.products USING gin (search);

CREATE UNIQUE INDEX products_slug_key ON public.products USING btree (slug);

CREATE TRIGGER products_search_text AFTER INSERT OR UPDATE OF name, category, summary, description, details ON public.products FOR EACH ROW EXECUTE FUNCTION index_changed_product();

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

CREATE TABLE rate_limits (
  key text NOT NULL,
  full_at timestamp(6) with time zone NOT NULL
);

ALTER TABLE rate_limits ADD CONSTRAINT rate_limits_pkey PRIMARY KEY (key);

CREATE INDEX rate_limits_full_at_idx ON public.rate_limits USING btree (full_at);

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

CREATE TABLE rebuild.account_monthly (
  account_id text NOT NULL,
  month text NOT NULL,
  deposited bigint NOT NULL,
  withdrawn bigint NOT NULL,
  spent bigint NOT NULL,
  refunded bigint NOT NULL,
  granted bigint DEFAULT 0 NOT NULL
);

ALTER TABLE rebuild.account_monthly ADD CONSTRAINT account_monthly_pkey PRIMARY KEY (account_id, month);

CREATE TABLE rebuild.account_statement (
  account_id text NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  amount bigint NOT NULL,
  balance bigint NOT NULL,
  currency text NOT NULL,
  event_id text NOT NULL,
  order_id text,
  at timestamp(6) with time zone NOT NULL
);

ALTER TABLE rebuild.account_statement ADD CONSTRAINT account_statement_pkey PRIMARY KEY (account_id, version);

CREATE TABLE rebuild.account_view (
  account_id text NOT NULL,
  currency text NOT NULL,
  balance bigint NOT NULL,
  held bigint NOT NULL,
  available bigint NOT NULL,
  version integer NOT NULL,
  opened_at timestamp(6) with time zone NOT NULL,
  updated_at timestamp(6) with time zone NOT NULL
);

ALTER TABLE rebuild.account_view ADD CONSTRAINT account_view_pkey PRIMARY KEY (account_id);

CREATE TABLE rebuild.order_view (
  order_id text NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  total integer NOT NULL,
  currency text NOT NULL,
  lines jsonb NOT NULL,
  steps jsonb NOT NULL,
  cancel_reason text,
  placed_at timestamp(6) with time zone NOT NULL,
  updated_at timestamp(6) with time zone NOT NULL,
  attention text[] DEFAULT ARRAY[]::text[] NOT NULL,
  tracking jsonb,
  refunds jsonb DEFAULT '[]'::jsonb NOT NULL,
  price jsonb,
  credit_part integer DEFAULT 0 NOT NULL
);

ALTER TABLE rebuild.order_view ADD CONSTRAINT order_view_pkey PRIMARY KEY (order_id);

CREATE TABLE rebuild.sales_by_day (
  day date NOT NULL,
  currency text NOT NULL,
  orders integer NOT NULL,
  units integer NOT NULL,
  revenue bigint NOT NULL,
  refunded bigint DEFAULT 0 NOT NULL,
  refunds integer DEFAULT 0 NOT NULL
);

ALTER TABLE rebuild.sales_by_day ADD CONSTRAINT sales_by_day_pkey PRIMARY KEY (day, currency);

CREATE SEQUENCE reconciliation_findings_id_seq AS bigint;

CREATE TABLE reconciliation_findings (
  id bigint DEFAULT nextval('reconciliation_findings_id_seq'::regclass) NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  order_id text,
  charge_id text,
  amount bigint NOT NULL,
  currency text NOT NULL,
  status text NOT NULL,
  detail text NOT NULL,
  first_seen timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  last_seen timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  resolved_at timestamp(6) with time zone,
  accepted_by text,
  accepted_reason text
);

ALTER SEQUENCE reconciliation_findings_id_seq OWNED BY reconciliation_findings.id;

ALTER TABLE reconciliation_findings ADD CONSTRAINT reconciliation_findings_pkey PRIMARY KEY (id);

ALTER TABLE reconciliation_findings ADD CONSTRAINT reconciliation_findings_status CHECK ((status = ANY (ARRAY['open'::text, 'repaired'::text, 'attention'::text, 'accepted'::text])));

CREATE INDEX reconciliation_findings_last_seen_idx ON public.reconciliation_findings USING btree (last_seen);

CREATE INDEX reconciliation_findings_order_id_idx ON public.reconciliation_findings USING btree (order_id);

CREATE UNIQUE INDEX reconciliation_findings_kind_subject_key ON public.reconciliation_findings USING btree (kind, subject);

CREATE TABLE reconciliation_runs (
  id text NOT NULL,
  trigger text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  started_at timestamp(6) with time zone,
  finished_at timestamp(6) with time zone,
  since timestamp(6) with time zone,
  captures integer DEFAULT 0 NOT NULL,
  found integer DEFAULT 0 NOT NULL,
  repaired integer DEFAULT 0 NOT NULL,
  error text
);

ALTER TABLE reconciliation_runs ADD CONSTRAINT reconciliation_runs_pkey PRIMARY KEY (id);

CREATE INDEX reconciliation_runs_requested_at_idx ON public.reconciliation_runs USING btree (requested_at);

CREATE UNIQUE INDEX reconciliation_runs_scheduled ON public.reconciliation_runs USING btree (trigger) WHERE ((trigger = 'schedule'::text) AND (finished_at IS NULL));

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

CREATE TABLE sales_by_day (
  day date NOT NULL,
  currency text NOT NULL,
  orders integer NOT NULL,
  units integer NOT NULL,
  revenue bigint NOT NULL,
  refunded bigint DEFAULT 0 NOT NULL,
  refunds integer DEFAULT 0 NOT NULL
);

ALTER TABLE sales_by_day ADD CONSTRAINT sales_by_day_pkey PRIMARY KEY (day, currency);

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

CREATE TABLE shipments (
  order_id text NOT NULL,
  shipment_id text NOT NULL,
  version integer NOT NULL,
  status text NOT NULL,
  due_at timestamp(6) with time zone NOT NULL,
  carrier text,
  tracking_number text,
  return_reason text,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE shipments ADD CONSTRAINT shipments_pkey PRIMARY KEY (order_id);

CREATE INDEX shipments_scheduled ON public.shipments USING btree (due_at) WHERE (status = 'scheduled'::text);

CREATE INDEX shipments_tracking_number ON public.shipments USING btree (tracking_number) WHERE (tracking_number IS NOT NULL);

CREATE UNIQUE INDEX shipments_shipment_id_key ON public.shipments USING btree (shipment_id);

CREATE TABLE snapshots (
  stream_id text NOT NULL,
  version integer NOT NULL,
  state_version integer NOT NULL,
  state jsonb NOT NULL,
  taken_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE snapshots ADD CONSTRAINT snapshots_pkey PRIMARY KEY (stream_id, version);

CREATE TABLE stock (
  sku text NOT NULL,
  available integer NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE stock ADD CONSTRAINT stock_available_not_negative CHECK ((available >= 0));

ALTER TABLE stock ADD CONSTRAINT stock_pkey PRIMARY KEY (sku);

CREATE SEQUENCE stock_ledger_id_seq AS bigint;

CREATE TABLE stock_ledger (
  id bigint DEFAULT nextval('stock_ledger_id_seq'::regclass) NOT NULL,
  sku text NOT NULL,
  event_id text NOT NULL,
  quantity integer NOT NULL,
  available integer NOT NULL,
  reserved integer NOT NULL
);

ALTER SEQUENCE stock_ledger_id_seq OWNED BY stock_ledger.id;

ALTER TABLE stock_ledger ADD CONSTRAINT stock_ledger_pkey PRIMARY KEY (id);

CREATE INDEX stock_ledger_sku_id_idx ON public.stock_ledger USING btree (sku, id);

CREATE SEQUENCE stock_movements_id_seq AS bigint;

CREATE TABLE stock_movements (
  id bigint DEFAULT nextval('stock_movements_id_seq'::regclass) NOT NULL,
  sku text NOT NULL,
  kind text NOT NULL,
  quantity integer NOT NULL,
  order_id text,
  created_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER SEQUENCE stock_movements_id_seq OWNED BY stock_movements.id;

ALTER TABLE stock_movements ADD CONSTRAINT stock_movements_pkey PRIMARY KEY (id);

CREATE INDEX stock_movements_sku_id_idx ON public.stock_movements USING btree (sku, id);

CREATE UNIQUE INDEX stock_movements_once ON public.stock_movements USING btree (order_id, sku, kind) WHERE (kind <> 'restocked'::text);

CREATE TABLE stock_view (
  sku text NOT NULL,
  available integer DEFAULT 0 NOT NULL,
  reserved integer DEFAULT 0 NOT NULL,
  sold integer DEFAULT 0 NOT NULL,
  updated_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

ALTER TABLE stock_view ADD CONSTRAINT stock_view_pkey PRIMARY KEY (sku);

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

ALTER TABLE auth_credentials ADD CONSTRAINT auth_credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE auth_sessions ADD CONSTRAINT auth_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth_users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE cart_lines ADD CONSTRAINT cart_lines_cart_id_fkey FOREIGN KEY (cart_id) REFERENCES carts(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE customer_addresses ADD CONSTRAINT customer_addresses_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE discount_uses ADD CONSTRAINT discount_uses_code_fkey FOREIGN KEY (code) REFERENCES discount_codes(code) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE order_lines ADD CONSTRAINT order_lines_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE order_notes ADD CONSTRAINT order_notes_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE price_changes ADD CONSTRAINT price_changes_sku_fkey FOREIGN KEY (sku) REFERENCES product_variants(sku) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE product_variants ADD CONSTRAINT product_variants_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE products ADD CONSTRAINT products_category_fkey FOREIGN KEY (category) REFERENCES categories(slug) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE saga_steps ADD CONSTRAINT saga_steps_saga_id_fkey FOREIGN KEY (saga_id) REFERENCES sagas(saga_id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE sagas ADD CONSTRAINT sagas_forked_from_fkey FOREIGN KEY (forked_from) REFERENCES sagas(saga_id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE schema_registry_versions ADD CONSTRAINT schema_registry_versions_schema_id_fkey FOREIGN KEY (schema_id) REFERENCES schema_registry_schemas(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE stock ADD CONSTRAINT stock_sku_fkey FOREIGN KEY (sku) REFERENCES product_variants(sku) ON UPDATE CASCADE ON DELETE RESTRICT;
