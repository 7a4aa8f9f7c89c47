-- Everything of an account carries its account_id, and every reference between such rows is a composite foreign
-- key (account_id, id), so that a reference into another account cannot be stored.

create table deployment (
  only_one       boolean primary key default true check (only_one),
  id             text not null,
  blueprint      json not null, -- not jsonb, which forgets the order of its keys
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
  -- Folded by the application, because what lower() makes of a letter depends on the server's locale.
  sort_name       text collate "C" not null,
  search_text     text collate "C" not null,
  verified_at     timestamptz,
  version         integer not null default 1,
  created_at      timestamptz not null default now(),
  unique (id, home_account_id),
  unique (home_account_id, external_id)
);

create table memberships (
  account_id      text not null references accounts (id),
  user_id         text not null,
  -- Beside the account, it tells home members from external ones; nobody is at home where they do not belong.
  home_account_id text not null,
  kind            text not null generated always as
                    (case when home_account_id = account_id then 'home' else 'external' end) stored,
  status          text not null default 'active' check (status in ('active', 'suspended')),
  -- Copies of the user's, so that a search among the people of an account reads one table; of the sort name, as much
  -- as an index takes.
  email           text collate "C" not null,
  sort_name       text collate "C" not null,
  search_text     text collate "C" not null,
  verified        boolean not null,
  -- The roles of the user's own grants over the whole account that always count, and whether there are others that
  -- count for a time: kept beside, because people are listed by role.
  default_roles   text[] not null default '{}',
  default_bounded boolean not null default false,
  version         integer not null default 1,
  last_seen_at    timestamptz,
  created_at      timestamptz not null default now(),
  primary key (account_id, user_id),
  -- Held to at the end of the transaction, so that a new person and their access are written in either order.
  foreign key (user_id, home_account_id) references users (id, home_account_id) deferrable initially deferred
);
create index memberships_by_user on memberships (user_id, account_id);
create index memberships_external on memberships (account_id, home_account_id) where kind = 'external';
create index memberships_by_name on memberships (account_id, kind, sort_name, user_id);

create table organizations (
  account_id text not null references accounts (id),
  id         text not null check (id like 'org\_%'),
  key        text not null check (key ~ '^[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?$'),
  name       text not null,
  sort_name  text collate "C" not null,
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
  sort_name       text collate "C" not null,
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
  name           text not null,
  canonical_key  text not null,
  canonical_name text not null,
  description    text not null default '',
  permissions    text[] not null,
  -- Whether the role can be granted on its organizations only; it stays so when the last of them is removed.
  bound          boolean not null default false,
  version        integer not null default 1,
  created_at     timestamptz not null default now(),
  primary key (account_id, id)
);
-- By digest, because the canonical form of a name can be longer than an index takes.
create unique index roles_one_key on roles (account_id, md5(canonical_key));
create unique index roles_one_name on roles (account_id, md5(canonical_name));

create table role_organizations (
  account_id      text not null,
  role_id         text not null,
  organization_id text not null,
  primary key (account_id, role_id, organization_id),
  foreign key (account_id, role_id) references roles (account_id, id) on delete cascade,
  foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
);
create index role_organizations_by_organization on role_organizations (account_id, organization_id);

create table groups (
  account_id  text not null references accounts (id),
  id          text not null check (id like 'grp\_%'),
  key         text not null,
  name        text not null,
  sort_name   text collate "C" not null,
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
  assurance          text not null default 'none' check (assurance in ('none', 'mfa', 'sso')),
  extension          bigint,         -- milliseconds by which the host may move the end without asking again
  purpose            text,
  message            text,
  proposed_by        jsonb,          -- the author, whose power is held against it again at the acceptance
  proposed_at        timestamptz not null default now(),
  offer              jsonb,          -- what waits for the other side's answer
  ended              jsonb,          -- by whom and when
  last_used_at       timestamptz,
  version            integer not null default 1,
  created_at         timestamptz not null default now(),
  primary key (account_id, id),
  check (num_nonnulls(maximum_builtin, maximum_role_id) = 1),
  foreign key (account_id, maximum_role_id) references roles (account_id, id),
  foreign key (guest_account_id, delegates_group_id) references groups (account_id, id)
);
-- Two accounts have at most one standing connection in each direction.
create unique index connections_one_standing on connections (account_id, guest_account_id)
  where status in ('proposed', 'active', 'paused');
create index connections_by_guest on connections (guest_account_id, delegates_group_id);
create index connections_by_maximum on connections (account_id, maximum_role_id) where maximum_role_id is not null;

create table group_members (
  account_id    text not null,
  group_id      text not null,
  member_id     text not null generated always as (coalesce(user_id, connection_id)) stored,
  user_id       text,
  connection_id text,
  added_at      timestamptz not null default now(),
  primary key (account_id, group_id, member_id),
  check (num_nonnulls(user_id, connection_id) = 1),
  foreign key (account_id, group_id) references groups (account_id, id) on delete cascade,
  foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade,
  foreign key (account_id, connection_id) references connections (account_id, id) on delete cascade
);
create index group_members_by_user on group_members (account_id, user_id) where user_id is not null;
create index group_members_by_connection on group_members (account_id, connection_id) where connection_id is not null;

create table grants (
  account_id      text not null references accounts (id),
  id              text not null check (id like 'grt\_%'),
  user_id         text,
  group_id        text,
  connection_id   text,
  builtin_role    text,
  role_id         text,
  role            text generated always as (coalesce(role_id, builtin_role)) stored,
  organization_id text,
  starts_at       timestamptz,
  ends_at         timestamptz,
  version         integer not null default 1,
  created_at      timestamptz not null default now(),
  primary key (account_id, id),
  check (num_nonnulls(user_id, group_id, connection_id) = 1),
  -- Only a connection's grant goes without a role: it stands for the maximum role.
  check (num_nonnulls(builtin_role, role_id) = 1 or (connection_id is not null and num_nonnulls(builtin_role, role_id) = 0)),
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
create index grants_default_for_a_time on grants (account_id, user_id, role)
  where organization_id is null and user_id is not null and (starts_at is not null or ends_at is not null);
create index grants_by_organization on grants (account_id, organization_id) where organization_id is not null;

create table invitations (
  account_id    text not null references accounts (id),
  id            text not null check (id like 'inv\_%'),
  kind          text not null check (kind in ('home', 'external')),
  email         text not null,
  token_hash    text not null unique,
  language      text not null,
  show_inviter  boolean not null,
  subject       text,
  body          text,
  inviter_kind  text not null check (inviter_kind in ('person', 'key', 'operator')),
  inviter_id    text not null,
  settled       text check (settled in ('accepted', 'declined', 'revoked')),
  settled_at    timestamptz,
  settled_by    text,
  sent_at       timestamptz not null,
  expires_at    timestamptz not null,
  version       integer not null default 1,
  created_at    timestamptz not null,
  primary key (account_id, id),
  check ((settled is null) = (settled_at is null))
);
create unique index invitations_one_open on invitations (account_id, email) where settled is null;
create index invitations_by_email on invitations (email) where settled is null;
create index invitations_by_inviter on invitations (account_id, inviter_id);

-- What an invitation brings, as rows: what it names belongs to its account, and goes when that goes.
create table invitation_grants (
  account_id      text not null,
  invitation_id   text not null,
  position        integer not null,
  builtin_role    text,
  role_id         text,
  organization_id text,
  starts_at       timestamptz,
  ends_at         timestamptz,
  primary key (account_id, invitation_id, position),
  check (num_nonnulls(builtin_role, role_id) = 1),
  foreign key (account_id, invitation_id) references invitations (account_id, id) on delete cascade,
  foreign key (account_id, role_id) references roles (account_id, id) on delete cascade,
  foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
);
create index invitation_grants_by_role on invitation_grants (account_id, role_id) where role_id is not null;
create index invitation_grants_by_organization on invitation_grants (account_id, organization_id)
  where organization_id is not null;

create table invitation_groups (
  account_id    text not null,
  invitation_id text not null,
  position      integer not null,
  group_id      text not null,
  primary key (account_id, invitation_id, position),
  unique (account_id, invitation_id, group_id),
  foreign key (account_id, invitation_id) references invitations (account_id, id) on delete cascade,
  foreign key (account_id, group_id) references groups (account_id, id) on delete cascade
);
create index invitation_groups_by_group on invitation_groups (account_id, group_id);

-- INVARIANT: a key without a maker is bounded by its scopes alone, so the maker's removal takes the key along and
-- never leaves it without one.
create table api_keys (
  id           text primary key check (id like 'key\_%'),
  account_id   text references accounts (id), -- none: the deployment's own
  name         text not null,
  secret_hash  text not null unique,
  hint         text not null,                 -- the secret's last characters, to tell keys apart
  scopes       text[] not null,
  made_by      text,
  ends_at      timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  version      integer not null default 1,
  created_at   timestamptz not null default now(),
  unique (account_id, id),
  check (account_id is not null or made_by is null),
  foreign key (account_id, made_by) references memberships (account_id, user_id) on delete cascade
);
create index api_keys_by_maker on api_keys (account_id, made_by) where made_by is not null;

-- Text may hold what PostgreSQL cannot: a NUL, half a surrogate pair. In the content they stand as escapes, as they
-- were hashed; for the search they are taken for the sign of an unreadable letter.
create function event_json(content text) returns json language sql immutable parallel safe as
  $$ select regexp_replace(content, '\\u(0000|d[89a-f][0-9a-f]{2})', '\\ufffd', 'g')::json $$;

-- The content is kept byte for byte as it was hashed. What the log is searched by is computed from it, so that
-- nothing can be filed under a name that the hash does not vouch for. An index takes no text of any length, and an
-- attempt that was refused may name a target of any: what is searched by is its beginning.
create table events (
  account_id       text not null references accounts (id),
  seq              bigint not null,
  content          text not null,
  hash             text not null, -- of the content; the same in both accounts where two are concerned
  link             text not null, -- of the previous link and this hash
  id               text not null generated always as (event_json(content) ->> 'id') stored,
  at               timestamptz not null generated always as
                     (to_timestamp((event_json(content) ->> 'at')::double precision / 1000)) stored,
  action           text not null generated always as (left(event_json(content) ->> 'action', 200)) stored,
  outcome          text not null generated always as (event_json(content) ->> 'outcome') stored,
  actor_id         text not null generated always as
                     (left(coalesce(event_json(content) #>> '{actor,user}', event_json(content) #>> '{actor,key}',
                       event_json(content) #>> '{actor,kind}'), 200)) stored,
  target_type      text generated always as (left(event_json(content) #>> '{target,type}', 200)) stored,
  target_id        text generated always as (left(event_json(content) #>> '{target,id}', 200)) stored,
  organization_id  text generated always as (left(event_json(content) ->> 'organization', 200)) stored,
  connection_id    text generated always as
                     (left(coalesce(event_json(content) #>> '{actor,connection}',
                       case when event_json(content) #>> '{target,type}' = 'connection'
                            then event_json(content) #>> '{target,id}' end), 200)) stored,
  other_account_id text generated always as
                     (case when event_json(content) #>> '{accounts,0}' = account_id then event_json(content) #>> '{accounts,1}'
                           else event_json(content) #>> '{accounts,0}' end) stored,
  primary key (account_id, seq),
  unique (account_id, id)
);
create index events_by_time on events (account_id, at);
create index events_by_action on events (account_id, action, seq);
create index events_by_actor on events (account_id, actor_id, seq);
create index events_by_target on events (account_id, target_id, seq) where target_id is not null;
create index events_by_organization on events (account_id, organization_id, seq) where organization_id is not null;
create index events_by_connection on events (account_id, connection_id, seq) where connection_id is not null;
create index events_by_other_account on events (account_id, other_account_id, seq) where other_account_id is not null;

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
  changes    json not null,
  at         timestamptz not null default now(),
  primary key (account_id, revision)
);
create index changes_by_time on changes (at);

create table idempotency_keys (
  caller       text not null,                  -- the API key or the person that sent the request
  key          text not null,
  account_id   text references accounts (id),  -- none: a request about no account
  request_hash text not null,
  status       integer,                        -- none yet: the first request is still at work
  headers      jsonb,
  body         text,
  created_at   timestamptz not null default now(),
  primary key (caller, key)
);
create index idempotency_keys_by_time on idempotency_keys (created_at);

-- A person's text is copied into their memberships everywhere, also in accounts that the change at hand may not
-- write to: hence with the owner's rights.
create function copy_person_into_membership() returns trigger
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
  return new;
end $$;
create trigger copy_person before insert on memberships
  for each row execute function copy_person_into_membership();

create function copy_person_into_memberships() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update memberships
     set email = new.email, sort_name = left(new.sort_name, 200), search_text = new.search_text,
         verified = new.verified_at is not null
   where user_id = new.id;
  return null;
end $$;
create trigger copy_person after insert or update of email, sort_name, search_text, verified_at on users
  for each row execute function copy_person_into_memberships();

create function keep_default_roles() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  update memberships m set default_roles = now.roles, default_bounded = now.bounded
    from (select c.account_id, c.user_id,
                 coalesce(array_agg(distinct g.role) filter (where g.role is not null
                   and g.starts_at is null and g.ends_at is null), '{}') as roles,
                 coalesce(bool_or(g.starts_at is not null or g.ends_at is not null), false) as bounded
            from (select distinct account_id, user_id from changed
                   where user_id is not null and organization_id is null) c
            left join grants g on g.account_id = c.account_id and g.user_id = c.user_id and g.organization_id is null
           group by c.account_id, c.user_id) now
   where m.account_id = now.account_id and m.user_id = now.user_id
     and (m.default_roles, m.default_bounded) is distinct from (now.roles, now.bounded);
  return null;
end $$;
create trigger added_default_roles after insert on grants
  referencing new table as changed for each statement execute function keep_default_roles();
create trigger removed_default_roles after delete on grants
  referencing old table as changed for each statement execute function keep_default_roles();
create trigger gained_default_roles after update on grants
  referencing new table as changed for each statement execute function keep_default_roles();
create trigger lost_default_roles after update on grants
  referencing old table as changed for each statement execute function keep_default_roles();

-- Row-level security: the application works as keyholder_app, which owns nothing, and every transaction says for
-- which accounts it works in `keyholder.accounts`: ids separated by commas, or * for the deployment itself. Nothing
-- said is nobody: no row is seen. The policies call these functions as (select …), so that they are answered once
-- for a statement and not once for a row.
create function keyholder_everywhere() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('keyholder.accounts', true), '') = '*' $$;
create function keyholder_accounts() returns text[] language sql stable parallel safe as
  $$ select string_to_array(coalesce(current_setting('keyholder.accounts', true), ''), ',') $$;

do $$
declare
  name text;
  ours constant text := '(select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[])';
begin
  foreach name in array array['memberships', 'organizations', 'sites', 'roles', 'role_organizations', 'groups',
    'group_members', 'grants', 'invitations', 'invitation_grants', 'invitation_groups', 'api_keys', 'outbox',
    'changes', 'idempotency_keys'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy of_the_account on %I to keyholder_app using (%s) with check (%s)', name, ours, ours);
    execute format('grant select, insert, update, delete on %I to keyholder_app', name);
  end loop;
end $$;

alter table accounts enable row level security;
create policy itself on accounts to keyholder_app
  using ((select keyholder_everywhere()) or id = any ((select keyholder_accounts())::text[]))
  with check ((select keyholder_everywhere()) or id = any ((select keyholder_accounts())::text[]));
grant select, insert, update on accounts to keyholder_app;

-- A person is seen where they are a member, and changed only by the account that they belong to.
alter table users enable row level security;
create policy at_home on users to keyholder_app
  using ((select keyholder_everywhere()) or home_account_id = any ((select keyholder_accounts())::text[]))
  with check ((select keyholder_everywhere()) or home_account_id = any ((select keyholder_accounts())::text[]));
create policy as_a_member on users for select to keyholder_app
  using (exists (select from memberships m where m.user_id = users.id)); -- itself under its own policy
grant select, insert, update, delete on users to keyholder_app;

-- Proposed by the host, and then in the hands of both.
alter table connections enable row level security;
create policy of_the_host on connections to keyholder_app
  using ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]))
  with check ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]));
create policy seen_by_the_guest on connections for select to keyholder_app
  using (guest_account_id = any ((select keyholder_accounts())::text[]));
create policy answered_by_the_guest on connections for update to keyholder_app
  using (guest_account_id = any ((select keyholder_accounts())::text[]))
  with check (guest_account_id = any ((select keyholder_accounts())::text[]));
grant select, insert, update on connections to keyholder_app;

-- The log is only ever added to.
alter table events enable row level security;
create policy read_by_the_account on events for select to keyholder_app
  using ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]));
create policy added_for_the_account on events for insert to keyholder_app
  with check ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]));
grant select, insert on events to keyholder_app;

grant select, insert, update on deployment to keyholder_app;

-- The names of other accounts that an account has to do with, and nothing else of them: its connections' other
-- side, the homes of its external users, and the providers that the operator vouches for.
create view account_names with (security_barrier) as
  select a.id, a.slug, a.name, a.status, a.certified_provider
    from accounts a
   where (select keyholder_everywhere())
      or a.id = any ((select keyholder_accounts())::text[])
      or (a.certified_provider and cardinality((select keyholder_accounts())) > 0)
      or exists (select from connections c
                  where c.account_id = any ((select keyholder_accounts())::text[]) and c.guest_account_id = a.id)
      or exists (select from connections c
                  where c.guest_account_id = any ((select keyholder_accounts())::text[]) and c.account_id = a.id)
      or exists (select from memberships m
                  where m.account_id = any ((select keyholder_accounts())::text[])
                    and m.home_account_id = a.id and m.kind = 'external');
grant select on account_names to keyholder_app;

grant usage on schema public to keyholder_app;
