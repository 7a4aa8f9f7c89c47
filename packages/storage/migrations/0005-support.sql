-- The operator's staff: people who may enter an account for support where it lets them.
create table operators (
  user_id  text primary key references users (id) on delete cascade,
  added_at timestamptz not null default now()
);

-- Who was in an account for support, until when and why. Who they were stands here too, because the account keeps this
-- when they are gone, and never sees their login.
create table support_accesses (
  account_id text not null references accounts (id),
  id         text not null unique check (id like 'sup\_%'),
  user_id    text not null,
  email      text not null,
  name       text,
  scope      text not null check (scope in ('read', 'change')),
  reason     text not null,
  started_at timestamptz not null,
  ends_at    timestamptz not null,
  ended_at   timestamptz,
  ended_by   text check (ended_by in ('operator', 'account', 'expiry')),
  primary key (account_id, id),
  check ((ended_at is null) = (ended_by is null)),
  check (ends_at > started_at and ends_at <= started_at + interval '8 hours')
);
create index support_accesses_by_user on support_accesses (user_id, started_at);
create index support_accesses_open on support_accesses (ends_at) where ended_at is null;

alter table operators enable row level security;
create policy of_the_deployment on operators to keyholder_app using ((select keyholder_everywhere()));
grant select, insert, delete on operators to keyholder_app;

alter table support_accesses enable row level security;
create policy of_the_account on support_accesses to keyholder_app
  using ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]))
  with check ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]));
grant select, insert, update on support_accesses to keyholder_app;

-- What was done in a support access is found by it, its beginning and its end included.
alter table events add column support_access_id text generated always as
  (left(coalesce(event_json(content) #>> '{actor,access}',
    case when event_json(content) #>> '{target,type}' = 'support_access'
         then event_json(content) #>> '{target,id}' end), 200)) stored;
create index events_by_support_access on events (account_id, support_access_id, seq)
  where support_access_id is not null;
