-- Mails are tried again, each at its own time, until they leave or there is no more use in it.

alter table outbox
  add column due_at    timestamptz not null default now(), -- when it is tried next; meanwhile a node may be at it
  add column failed_at timestamptz,                        -- given up
  add check (num_nonnulls(sent_at, failed_at) <= 1);

drop index outbox_unsent;
create index outbox_due on outbox (due_at) where sent_at is null and failed_at is null;
