-- What the Prisma schema cannot say.

-- History is append-only, for the owner too: nobody changes what has happened.
CREATE FUNCTION refuse_change_of_history() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'object_not_in_prerequisite_state',
          HINT = 'Append an event that corrects the earlier one.';
END
$$;

CREATE TRIGGER events_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

CREATE TRIGGER event_log_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- The relay counts on from this row.
INSERT INTO event_log_head (id, position) VALUES (0, 0);

-- Nothing is sold that is not there, whatever the code does.
ALTER TABLE stock ADD CONSTRAINT stock_available_not_negative CHECK (available >= 0);

-- The relay claims by state. The index holds the backlog only, so that it stays small for ever.
CREATE INDEX outbox_events_unpublished ON outbox_events (id) WHERE NOT published;

-- The sweeper looks for steps whose owner died, and for steps that are due.
CREATE INDEX saga_steps_running ON saga_steps (lease_expires_at) WHERE status = 'running';
CREATE INDEX saga_steps_pending ON saga_steps (run_at) WHERE status = 'pending';

-- What a product is found by: its name counts most, its description least.
CREATE FUNCTION product_search_document(name text, category text, summary text, description text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector('pg_catalog.english'::regconfig, name), 'A')
    || setweight(to_tsvector('pg_catalog.english'::regconfig, category), 'B')
    || setweight(to_tsvector('pg_catalog.english'::regconfig, summary), 'C')
    || setweight(to_tsvector('pg_catalog.english'::regconfig, description), 'D');

CREATE INDEX products_search ON products USING gin (product_search_document(name, category, summary, description));
