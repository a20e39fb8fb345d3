-- A shopper goes by one name. Where there are two, the profile's is the one that somebody chose last.
UPDATE "auth_users" SET "name" = "customers"."name"
FROM "customers" WHERE "customers"."user_id" = "auth_users"."id" AND "customers"."name" <> "auth_users"."name";
