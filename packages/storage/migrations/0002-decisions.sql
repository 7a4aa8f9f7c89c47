-- What the nodes need to answer questions quickly, and to stop answering in time.

-- Every node is told when a key is revoked, replaced, cut down or gone, in whatever way it came about.
create function keyholder_tell_of_key() returns trigger language plpgsql as $$
begin
  perform pg_notify('keyholder_changes', old.id || ':0');
  return null;
end $$;

create trigger api_keys_tell
  after update of secret_hash, scopes, ends_at, revoked_at or delete on api_keys
  for each row execute function keyholder_tell_of_key();

-- Questions name an organization by its id alone.
create unique index organizations_by_id on organizations (id);
