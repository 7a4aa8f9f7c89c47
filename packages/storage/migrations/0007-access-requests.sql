-- Members ask for access; whoever may grant it answers. A request goes with the membership, and with the organization.
create table access_requests (
  account_id      text not null references accounts (id),
  id              text not null unique check (id like 'arq\_%'),
  user_id         text not null,
  organization_id text,                            -- none: the whole account, or what the words say
  words           text,
  message         text not null,
  settled         text check (settled in ('approved', 'declined', 'withdrawn')),
  settled_at      timestamptz,
  settled_by      text,
  answer          text,
  grant_id        text,                            -- what came of it; it may be gone by now
  created_at      timestamptz not null default now(),
  primary key (account_id, id),
  check (num_nonnulls(organization_id, words) <= 1),
  check ((settled is null) = (settled_at is null) and (settled is null) = (settled_by is null)),
  check ((coalesce(settled, '') = 'approved') = (grant_id is not null)),
  foreign key (account_id, user_id) references memberships (account_id, user_id) on delete cascade,
  foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
);
-- Of one person for one place; words are compared by the application.
create unique index access_requests_one_open on access_requests (account_id, user_id, coalesce(organization_id, ''))
  where settled is null and words is null;
create index access_requests_by_user on access_requests (user_id, created_at);
create index access_requests_of_account on access_requests (account_id, created_at);
create index access_requests_by_organization on access_requests (account_id, organization_id)
  where organization_id is not null;

alter table access_requests enable row level security;
create policy of_the_account on access_requests to keyholder_app
  using ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]))
  with check ((select keyholder_everywhere()) or account_id = any ((select keyholder_accounts())::text[]));
grant select, insert, update, delete on access_requests to keyholder_app;
