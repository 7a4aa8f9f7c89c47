-- Everything of an account carries its account_id, and every reference between such rows is a composite foreign
-- key (account_id, id), so that a reference into another account cannot be stored.

do $$
begin
  create role keyholder_app nologin;
exception when duplicate_object or unique_violation then null; -- roles belong to the server, not to this database
end $$;

create table deployment (
  only_one       boolean primary key default true check (only_one),
  id             text not null,
  blueprint      jsonb not null,
  blueprint_hash text not null,
  cursor_secret  bytea not null,
  created_at     timestamptz not null default now()
);

create table accounts (
  id                 text primary key check (id like 'acc\_%'),
  slug               text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name               text not null,
  status             text not null default 'active' check (status in ('active', 'suspended')),
  certified_provider boolean not null default false,
  settings           jsonb not null default '{}',
  licence            jsonb not null default '{}',
  entity             jsonb not null default '{}',
  version            integer not null default 1,
  revision           bigint not null default 0,
  event_seq          bigint not null default 0,
  event_link         text not null default '',
  created_at         timestamptz not null default now()
);

create table users (
  id              text primary key check (id like 'usr\_%'),
  home_account_id text not null references accounts (id),
  email           text not null unique,
  name            text,
  external_id     text,
  language        text not null default 'en',
  verified_at     timestamptz,
  created_at      timestamptz not null default now(),
  unique (id, home_account_id),
  unique (home_account_id, external_id)
);

create table memberships (
  account_id      text not null references accounts (id),
  user_id         text not null references users (id),
  kind            text not null check (kind in ('home', 'external')),
  status          text not null default 'active' check (status in ('active', 'suspended')),
  version         integer not null default 1,
  last_seen_at    timestamptz,
  created_at      timestamptz not null default now(),
  home_account_id text generated always as (case when kind = 'home' then account_id end) stored,
  primary key (account_id, user_id),
  -- Only the account that a user belongs to can have them as a home member.
  foreign key (user_id, home_account_id) references users (id, home_account_id)
);
create unique index memberships_one_home on memberships (user_id) where kind = 'home';
create index memberships_by_user on memberships (user_id);

create table organizations (
  account_id text not null references accounts (id),
  id         text not null check (id like 'org\_%'),
  key        text not null check (key ~ '^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$'),
  name       text not null,
  assets     bigint not null default 0 check (assets >= 0),
  version    integer not null default 1,
  created_at timestamptz not null default now(),
  primary key (account_id, id),
  unique (account_id, key)
);

create table sites (
  account_id      text not null,
  id              text not null check (id like 'sit\_%'),
  organization_id text not null,
  key             text not null check (key ~ '^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$'),
  name            text not null,
  version         integer not null default 1,
  created_at      timestamptz not null default now(),
  primary key (account_id, id),
  unique (account_id, organization_id, key),
  foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
);

-- Built-in roles stand in the blueprint; these are the accounts' own.
create table roles (
  account_id     text not null references accounts (id),
  id             text not null check (id like 'rol\_%'),
  key            text not null,
  canonical_name text not null,
  name           text not null,
  description    text not null default '',
  permissions    text[] not null,
  bound          boolean not null default false,
  version        integer not null default 1,
  created_at     timestamptz not null default now(),
  primary key (account_id, id),
  unique (account_id, key),
  unique (account_id, canonical_name)
);

create table role_organizations (
  account_id      text not null,
  role_id         text not null,
  organization_id text not null,
  primary key (account_id, role_id, organization_id),
  foreign key (account_id, role_id) references roles (account_id, id) on delete cascade,
  foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
);

create table groups (
  account_id  text not null references accounts (id),
  id          text not null check (id like 'grp\_%'),
  key         text not null,
  name        text not null,
  kind        text not null check (kind in ('manual', 'sso')),
  description text not null default '',
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  primary key (account_id, id),
  unique (account_id, key)
);

-- A connection belongs to its host; the guest sees it too.
create table connections (
  account_id         text not null references accounts (id),
  id                 text not null unique check (id like 'con\_%'),
  guest_account_id   text not null references accounts (id) check (guest_account_id <> account_id),
  maximum_builtin    text,
  maximum_role_id    text,
  delegates_group_id text,
  status             text not null check (status in ('proposed', 'active', 'paused', 'ended', 'declined')),
  starts_at          timestamptz,
  ends_at            timestamptz,
  terms              jsonb not null default '{}', -- message, purpose, assurance, extension, who signed what and when
  pending            jsonb,                       -- an open counter-proposal or request to widen
  last_used_at       timestamptz,
  version            integer not null default 1,
  created_at         timestamptz not null default now(),
  primary key (account_id, id),
  check (num_nonnulls(maximum_builtin, maximum_role_id) = 1),
  check (starts_at is null or ends_at is null or starts_at < ends_at),
  foreign key (account_id, maximum_role_id) references roles (account_id, id),
  foreign key (guest_account_id, delegates_group_id) references groups (account_id, id)
);
-- Two accounts have at most one standing connection in each direction.
create unique index connections_one_standing on connections (account_id, guest_account_id)
  where status in ('proposed', 'active', 'paused');
create index connections_by_guest on connections (guest_account_id);

create table group_members (
  account_id    text not null,
  group_id      text not null,
  member_id     text generated always as (coalesce(user_id, connection_id)) stored,
  user_id       text,
  connection_id text,
  added_at      timestamptz not null default now(),
  unique (account_id, group_id, user_id),
  unique (account_id, group_id, connection_id),
  check (num_nonnulls(user_id, connection_id) = 1),
  foreign key (account_id, group_id) references groups (account_id, id) on delete cascade,
  foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade,
  foreign key (account_id, connection_id) references connections (account_id, id) on delete cascade
);
create index group_members_by_user on group_members (account_id, user_id);

create table grants (
  account_id      text not null references accounts (id),
  id              text not null check (id like 'grt\_%'),
  user_id         text,
  group_id        text,
  connection_id   text,
  builtin_role    text,
  role_id         text,
  organization_id text,
  starts_at       timestamptz,
  ends_at         timestamptz,
  version         integer not null default 1,
  created_at      timestamptz not null default now(),
  primary key (account_id, id),
  check (num_nonnulls(user_id, group_id, connection_id) = 1),
  check (num_nonnulls(builtin_role, role_id) = 1 or (connection_id is not null and num_nonnulls(builtin_role, role_id) = 0)),
  check (starts_at is null or ends_at is null or starts_at < ends_at),
  foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade,
  foreign key (account_id, group_id) references groups (account_id, id) on delete cascade,
  foreign key (account_id, connection_id) references connections (account_id, id) on delete cascade,
  foreign key (account_id, role_id) references roles (account_id, id) on delete cascade,
  foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
);
create index grants_by_user on grants (account_id, user_id) where user_id is not null;
create index grants_by_group on grants (account_id, group_id) where group_id is not null;
create index grants_by_connection on grants (account_id, connection_id) where connection_id is not null;
create index grants_by_role on grants (account_id, role_id) where role_id is not null;
create index grants_by_builtin_role on grants (account_id, builtin_role) where builtin_role is not null;
create index grants_by_organization on grants (account_id, organization_id) where organization_id is not null;

create table invitations (
  account_id   text not null references accounts (id),
  id           text not null check (id like 'inv\_%'),
  kind         text not null check (kind in ('home', 'external')),
  email        text not null,
  token_hash   text not null unique,
  content      jsonb not null,   -- grants, groups, language, subject, body, whether the inviter is shown
  invited_by   jsonb not null,   -- the actor whose power is held against the grants again at acceptance
  inviter_email text,
  settled      text check (settled in ('accepted', 'declined', 'revoked')),
  settled_at   timestamptz,
  accepted_by  text references users (id),
  expires_at   timestamptz not null,
  version      integer not null default 1,
  created_at   timestamptz not null default now(),
  primary key (account_id, id)
);
create unique index invitations_one_open on invitations (account_id, email) where settled is null;

create table api_keys (
  id           text primary key check (id like 'key\_%'),
  account_id   text references accounts (id), -- none: the deployment's own
  name         text not null,
  secret_hash  text not null unique,
  hint         text not null,                 -- the secret's last characters, to tell keys apart
  scopes       text[] not null,
  made_by      text references users (id),
  ends_at      timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  version      integer not null default 1,
  created_at   timestamptz not null default now(),
  unique (account_id, id)
);

create table events (
  account_id text not null references accounts (id),
  seq        bigint not null,
  id         text not null,      -- the same in both accounts' logs where two are concerned
  at         timestamptz not null,
  action     text not null,
  content    jsonb not null,     -- what the hash is of: actor, target, organization, before, after, connection, outcome
  hash       text not null,      -- of the content; the same in both accounts
  link       text not null,      -- of the previous link and this hash
  actor_id         text not null,
  actor_account_id text,
  target_kind      text,
  target_id        text,
  organization_id  text,
  connection_id    text,
  outcome    text not null default 'done' check (outcome in ('done', 'denied')),
  primary key (account_id, seq),
  unique (account_id, id)
);
create index events_by_time on events (account_id, at);
create index events_by_action on events (account_id, action, seq);
create index events_by_actor on events (account_id, actor_id, seq);
create index events_by_target on events (account_id, target_id, seq);
create index events_by_organization on events (account_id, organization_id, seq);

create table outbox (
  id         text primary key,
  account_id text not null references accounts (id),
  kind       text not null check (kind in ('mail')),
  recipient  text not null,
  payload    jsonb not null,
  created_at timestamptz not null default now(),
  sent_at    timestamptz,
  attempts   integer not null default 0,
  last_error text
);
create index outbox_unsent on outbox (created_at) where sent_at is null;

-- What each revision changed, for the replicas; a replica that is further behind loads the account anew.
create table changes (
  account_id text not null references accounts (id),
  revision   bigint not null,
  changes    jsonb not null,
  at         timestamptz not null default now(),
  primary key (account_id, revision)
);

create table idempotency_keys (
  api_key_id   text not null references api_keys (id),
  key          text not null,
  request_hash text not null,
  status       integer,
  headers      jsonb,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (api_key_id, key)
);

-- Row-level security: the application works as keyholder_app, which owns nothing, and every transaction says for
-- which accounts it reads in `keyholder.accounts` (ids separated by commas, or * for the deployment itself).
create function keyholder_sees(account text) returns boolean language sql stable parallel safe as $$
  select current_setting('keyholder.accounts', true) = '*'
      or account = any (string_to_array(current_setting('keyholder.accounts', true), ','))
$$;

do $$
declare
  name text;
begin
  foreach name in array array['organizations', 'sites', 'roles', 'role_organizations', 'groups',
    'group_members', 'grants', 'invitations', 'events', 'outbox', 'changes'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy of_the_account on %I to keyholder_app using (keyholder_sees(account_id))', name);
  end loop;
end $$;

alter table accounts enable row level security;
create policy itself on accounts to keyholder_app using (keyholder_sees(id));

alter table memberships enable row level security;
create policy of_the_account on memberships to keyholder_app using (keyholder_sees(account_id));

alter table users enable row level security;
create policy home_or_member on users to keyholder_app using (
  keyholder_sees(home_account_id)
  or exists (select from memberships m where m.user_id = users.id) -- itself under its own policy
);

alter table connections enable row level security;
create policy host_or_guest on connections to keyholder_app
  using (keyholder_sees(account_id) or keyholder_sees(guest_account_id));

alter table api_keys enable row level security;
create policy of_the_account on api_keys to keyholder_app
  using (keyholder_sees(coalesce(account_id, '*deployment')));

alter table idempotency_keys enable row level security;
create policy of_the_key on idempotency_keys to keyholder_app
  using (exists (select from api_keys k where k.id = idempotency_keys.api_key_id));

grant usage on schema public to keyholder_app;
grant select, insert, update, delete on all tables in schema public to keyholder_app;
-- The log is only ever added to.
revoke update, delete on events from keyholder_app;
revoke delete on accounts from keyholder_app;
