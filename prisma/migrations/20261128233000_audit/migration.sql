-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT clock_timestamp(),
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "correlation_id" TEXT NOT NULL,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_actor_id_idx" ON "audit"("actor", "id");

-- CreateIndex
CREATE INDEX "audit_action_id_idx" ON "audit"("action", "id");

-- CreateIndex
CREATE INDEX "audit_subject_id_idx" ON "audit"("subject", "id");

-- What people did is as final as history.
CREATE TRIGGER audit_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();

-- A row is small, whoever writes it.
ALTER TABLE audit ADD CONSTRAINT audit_bounded CHECK (
  octet_length(subject) <= 2000 AND octet_length(reason) <= 4000
  AND octet_length(before::text) <= 65536 AND octet_length(after::text) <= 65536
);

-- Who may do what in the console is the owner's to say: no process makes, or removes, anybody but a shopper. That none
-- changes a role is a matter of privileges (packages/db/src/migrations/app-role.ts).
CREATE FUNCTION refuse_staff() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_catalog.pg_class WHERE oid = TG_RELID), 'USAGE') THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  RAISE EXCEPTION 'only the owner of the database may make or remove a login of the console'
    USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER auth_users_staff_made
  BEFORE INSERT ON auth_users FOR EACH ROW WHEN (NEW.role <> 'shopper') EXECUTE FUNCTION refuse_staff();
CREATE TRIGGER auth_users_staff_removed
  BEFORE DELETE ON auth_users FOR EACH ROW WHEN (OLD.role <> 'shopper') EXECUTE FUNCTION refuse_staff();
