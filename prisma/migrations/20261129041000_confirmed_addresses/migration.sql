-- Logins of the time before addresses were confirmed count as confirmed: nobody is kept out of an account that they use.
UPDATE "auth_users" SET "email_verified" = true WHERE NOT "email_verified";
