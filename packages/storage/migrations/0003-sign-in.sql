-- People sign in: what they prove themselves with, and the sessions that come of it.

-- Seals the small secrets that have to be read back, as the seeds of one-time codes; the first seals, all open.
alter table deployment add column sealing_keys text[] not null default '{}';

-- Without a row somebody has no password, and comes in another way.
create table passwords (
  user_id    text primary key references users (id) on delete cascade,
  hash       text not null,
  changed_at timestamptz not null default now()
);

create table mfa_tokens (
  id              text primary key check (id like 'mft\_%'),
  user_id         text not null references users (id) on delete cascade,
  kind            text not null check (kind in ('totp', 'webauthn')),
  name            text not null,
  confirmed_at    timestamptz,                       -- none: begun and not proven yet, and so of no use
  last_used_at    timestamptz,
  sealed_secret   text,                              -- of one-time codes
  last_step       bigint,                            -- the period whose code was used last
  credential_id   text unique,                       -- of hardware keys and passkeys, in base64url
  public_key      bytea,
  sign_count      bigint,
  transports      text[],
  aaguid          text,
  backup_eligible boolean,
  backed_up       boolean,
  verifies_user   boolean,                           -- whether it can stand alone
  created_at      timestamptz not null default now(),
  check ((kind = 'totp') = (sealed_secret is not null)),
  check ((kind = 'webauthn') = (num_nonnulls(credential_id, public_key, sign_count, verifies_user) = 4)),
  check (kind = 'totp' or confirmed_at is not null)
);
create index mfa_tokens_by_user on mfa_tokens (user_id);

create table recovery_codes (
  user_id   text not null references users (id) on delete cascade,
  code_hash text not null,
  used_at   timestamptz,
  primary key (user_id, code_hash)
);

-- INVARIANT: a session that is over has no row, so that nothing can bring it back.
create table sessions (
  id               text primary key check (id like 'ses\_%'),
  token_hash       text not null unique,
  user_id          text not null references users (id) on delete cascade,
  first_factor     text not null check (first_factor in ('password', 'passkey', 'sso')),
  first_factor_at  timestamptz not null,
  second_factor    text check (second_factor in ('totp', 'security_key', 'recovery_code', 'passkey')),
  second_factor_at timestamptz,
  pending          text check (pending in ('second_factor', 'set_up_mfa', 'link_sso')), -- none: signed in
  sso_connection   text,
  started_at       timestamptz not null,
  signed_in_at     timestamptz not null,             -- when everything was last proven; the longest login counts from here
  last_used_at     timestamptz not null,
  longest_gap      bigint not null default 0,        -- milliseconds without use since then
  user_agent       text,
  address          text,
  check ((second_factor is null) = (second_factor_at is null)),
  check ((first_factor = 'sso') = (sso_connection is not null))
);
create index sessions_by_user on sessions (user_id, started_at);
create index sessions_by_sso_connection on sessions (sso_connection) where sso_connection is not null;

-- What a link in a mail proves, once.
create table one_time_tokens (
  token_hash text primary key,
  purpose    text not null check (purpose in ('password_reset', 'email_verification', 'email_change')),
  user_id    text not null references users (id) on delete cascade,
  email      text not null,                          -- the address that the link was sent to
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index one_time_tokens_by_user on one_time_tokens (user_id, purpose);
create index one_time_tokens_by_end on one_time_tokens (expires_at);

-- What a hardware key or passkey has to sign.
create table challenges (
  id         text primary key check (id like 'chl\_%'),
  purpose    text not null,
  challenge  text not null,
  user_id    text references users (id) on delete cascade,    -- none: whoever turns out to hold the passkey
  session_id text references sessions (id) on delete cascade,
  expires_at timestamptz not null
);
create index challenges_by_end on challenges (expires_at);

-- How often somebody guessed wrong, counted where all nodes see it.
create table attempts (
  bucket   text primary key,                         -- what is counted, as the hash of an address
  failures integer not null,
  since    timestamptz not null                      -- the beginning of the period that is counted
);
create index attempts_by_time on attempts (since);

-- People are listed by whether they hold a second factor, so it stands beside them.
alter table memberships add column has_mfa boolean not null default false;
create index memberships_without_mfa on memberships (account_id, user_id) where not has_mfa;

create function keep_has_mfa() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  who constant text := case when tg_op = 'DELETE' then old.user_id else new.user_id end;
  has constant boolean := exists (select from mfa_tokens where user_id = who and confirmed_at is not null);
begin
  update memberships set has_mfa = has where user_id = who and has_mfa is distinct from has;
  return null;
end $$;
create trigger keep_has_mfa after insert or update of confirmed_at or delete on mfa_tokens
  for each row execute function keep_has_mfa();

create or replace function copy_person_into_membership() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  select email, left(sort_name, 200), search_text, verified_at is not null
    into new.email, new.sort_name, new.search_text, new.verified
    from users where id = new.user_id;
  if not found then -- a person who is written later in this transaction, and copied then
    new.email := '';
    new.sort_name := '';
    new.search_text := '';
    new.verified := false;
  end if;
  new.has_mfa := exists (select from mfa_tokens where user_id = new.user_id and confirmed_at is not null);
  return new;
end $$;

-- What people prove themselves with is seen by their home account, and by the sign-in, which works for the deployment.
do $$
declare
  name text;
  theirs constant text := '(select keyholder_everywhere()) or exists (select from users u where u.id = user_id'
    ' and u.home_account_id = any ((select keyholder_accounts())::text[]))';
begin
  foreach name in array array['passwords', 'mfa_tokens', 'recovery_codes', 'sessions', 'one_time_tokens'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy of_the_person on %I to keyholder_app using (%s) with check (%s)', name, theirs, theirs);
    execute format('grant select, insert, update, delete on %I to keyholder_app', name);
  end loop;
  foreach name in array array['challenges', 'attempts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy of_the_deployment on %I to keyholder_app using ((select keyholder_everywhere()))', name);
    execute format('grant select, insert, update, delete on %I to keyholder_app', name);
  end loop;
end $$;
