-- Single sign-on: an account's identity providers, the domains it has proven, and who its people are over there.

create table sso_connections (
  account_id      text not null references accounts (id),
  id              text not null unique check (id like 'sso\_%'),
  kind            text not null check (kind in ('saml', 'oidc')),
  name            text not null,
  status          text not null default 'disabled' check (status in ('active', 'disabled')),
  provider        jsonb not null,                    -- what the provider is called and where it stands; nothing secret
  sealed_secret   text,                              -- what Keyholder proves itself with to the provider
  default_builtin text,                              -- what somebody gets who comes for the first time; neither: nothing
  default_role_id text,
  version         integer not null default 1,
  created_at      timestamptz not null default now(),
  primary key (account_id, id),
  check (num_nonnulls(default_builtin, default_role_id) <= 1),
  foreign key (account_id, default_role_id) references roles (account_id, id) on delete set null (default_role_id)
);
-- Of several, as while one takes the place of another, people come by one.
create unique index sso_connections_one_active on sso_connections (account_id) where status = 'active';

create table sso_domains (
  account_id text not null references accounts (id),
  domain     text collate "C" not null,              -- in lower case, its own script as xn--
  token      text not null,                          -- what the record in DNS has to say
  proven_at  timestamptz,
  proven_by  text check (proven_by in ('dns', 'operator')),
  created_at timestamptz not null default now(),
  primary key (account_id, domain),
  check ((proven_at is null) = (proven_by is null))
);
-- INVARIANT: a domain is one account's. Whoever proves it later has to have it taken from the first.
create unique index sso_domains_one_owner on sso_domains (domain) where proven_at is not null;

create table sso_rules (
  account_id    text not null,
  connection_id text not null,
  position      integer not null,
  attribute     text not null,
  comparison    text not null check (comparison in ('equals', 'contains_value', 'exists')),
  value         text,
  group_id      text not null,
  primary key (account_id, connection_id, position),
  check ((comparison = 'exists') = (value is null)),
  foreign key (account_id, connection_id) references sso_connections (account_id, id) on delete cascade,
  foreign key (account_id, group_id) references groups (account_id, id) on delete cascade
);
create index sso_rules_by_group on sso_rules (account_id, group_id);

-- INVARIANT: who somebody is, is (connection, subject). The e-mail beside it is a label.
create table sso_identities (
  account_id    text not null,
  id            text not null unique check (id like 'sid\_%'),
  connection_id text not null,
  subject       text collate "C" not null,
  user_id       text not null,
  email         text,
  created_at    timestamptz not null default now(),
  last_used_at  timestamptz,
  primary key (account_id, id),
  unique (connection_id, subject),
  unique (connection_id, user_id),
  foreign key (account_id, connection_id) references sso_connections (account_id, id) on delete cascade,
  foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade
);
create index sso_identities_by_user on sso_identities (account_id, user_id);

-- Browsers on their way to an identity provider and back. The secret itself is in the browser alone.
create table sso_flows (
  secret_hash   text primary key,
  connection_id text not null references sso_connections (id) on delete cascade,
  intent        text not null check (intent in ('sign_in', 'link', 'prove')),
  session_id    text references sessions (id) on delete cascade,
  return_to     text not null,
  request_id    text unique,                         -- of the request that a SAML answer has to name
  handle_hash   text unique,                         -- of the way back into the browser, once a SAML answer has come
  asserted      jsonb,                               -- who it said has signed in
  expires_at    timestamptz not null,
  created_at    timestamptz not null default now(),
  check ((intent = 'sign_in') = (session_id is null))
);
create index sso_flows_by_end on sso_flows (expires_at);
create index sso_flows_by_session on sso_flows (session_id) where session_id is not null;

-- An assertion is good for once, on all nodes.
create table sso_assertions (
  connection_id text not null references sso_connections (id) on delete cascade,
  assertion_id  text collate "C" not null,
  expires_at    timestamptz not null,
  primary key (connection_id, assertion_id)
);
create index sso_assertions_by_end on sso_assertions (expires_at);

-- A session that came by single sign-on is over with the connection, and with the link to it.
create function end_sessions_of_identity() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from sessions where user_id = old.user_id and sso_connection = old.connection_id;
  return null;
end $$;
create trigger end_sessions_of_identity after delete on sso_identities
  for each row execute function end_sessions_of_identity();

do $$
declare
  name text;
  ours constant text := '(select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[])';
begin
  foreach name in array array['sso_connections', 'sso_domains', 'sso_rules', 'sso_identities'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy of_the_account on %I to keyholder_app using (%s) with check (%s)', name, ours, ours);
    execute format('grant select, insert, update, delete on %I to keyholder_app', name);
  end loop;
  foreach name in array array['sso_flows', 'sso_assertions'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy of_the_deployment on %I to keyholder_app using ((select keyholder_everywhere()))', name);
    execute format('grant select, insert, update, delete on %I to keyholder_app', name);
  end loop;
end $$;
