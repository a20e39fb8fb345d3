-- A shopper may move their login to another address; one of the console's, which is signed in by its address, no process moves.
CREATE TRIGGER auth_users_staff_moved
  BEFORE UPDATE OF email ON auth_users FOR EACH ROW
  WHEN (OLD.role <> 'shopper' AND NEW.email IS DISTINCT FROM OLD.email) EXECUTE FUNCTION refuse_staff();
