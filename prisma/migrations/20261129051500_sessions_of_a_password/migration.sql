-- A session names the password that opened it, as a digest of its hash. Sessions of the time before name none, and end with
-- the next password all the same.
ALTER TABLE "auth_sessions" ADD COLUMN "password_digest" TEXT;

-- Checking a password takes longer than changing it: what was proved may be over when the session is made. The row is locked
-- until that is committed, so whoever changes the password meanwhile finds the session, and ends it.
CREATE FUNCTION refuse_session_of_old_password() RETURNS trigger
LANGUAGE plpgsql AS $$
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
$$;

CREATE TRIGGER auth_sessions_of_a_password
  BEFORE INSERT ON auth_sessions FOR EACH ROW WHEN (NEW.password_digest IS NOT NULL)
  EXECUTE FUNCTION refuse_session_of_old_password();

CREATE FUNCTION end_sessions_of_old_password() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM auth_sessions WHERE user_id = NEW.user_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER auth_credentials_end_sessions
  AFTER UPDATE OF password ON auth_credentials FOR EACH ROW WHEN (OLD.password IS DISTINCT FROM NEW.password)
  EXECUTE FUNCTION end_sessions_of_old_password();
