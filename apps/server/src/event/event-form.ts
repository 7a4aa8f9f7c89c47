import type { ChainedEvent, EventActor } from '@keyholder/core'

/** An event as the API shows it. */
export function eventForm({ sequence, content, hash, link }: ChainedEvent) {
  return {
    id: content.id,
    sequence,
    at: new Date(content.at).toISOString(),
    action: content.action,
    outcome: content.outcome,
    actor: actorForm(content.actor),
    target: content.target ? { ...content.target } : null,
    organization: content.organization ?? null,
    accounts: [...content.accounts],
    before: content.before ?? null,
    after: content.after ?? null,
    reason: content.reason ?? null,
    request: content.request ?? null,
    hash,
    link,
  }
}

/** The columns of the log as a table. */
export const eventColumns = {
  sequence: ({ sequence }: ChainedEvent) => sequence,
  at: ({ content }: ChainedEvent) => new Date(content.at),
  action: ({ content }: ChainedEvent) => content.action,
  outcome: ({ content }: ChainedEvent) => content.outcome,
  actor_kind: ({ content }: ChainedEvent) => content.actor.kind,
  actor: ({ content }: ChainedEvent) => actorForm(content.actor).user ?? actorForm(content.actor).key,
  connection: ({ content }: ChainedEvent) => actorForm(content.actor).connection,
  support_access: ({ content }: ChainedEvent) => actorForm(content.actor).support_access,
  target_type: ({ content }: ChainedEvent) => content.target?.type,
  target: ({ content }: ChainedEvent) => content.target?.id,
  organization: ({ content }: ChainedEvent) => content.organization,
  accounts: ({ content }: ChainedEvent) => content.accounts.join(' '),
  before: ({ content }: ChainedEvent) => JSON.stringify(content.before),
  after: ({ content }: ChainedEvent) => JSON.stringify(content.after),
  reason: ({ content }: ChainedEvent) => content.reason,
  id: ({ content }: ChainedEvent) => content.id,
  hash: ({ hash }: ChainedEvent) => hash,
  link: ({ link }: ChainedEvent) => link,
}

function actorForm(actor: EventActor) {
  const person = actor.kind === 'person' ? actor : undefined
  const support = actor.kind === 'support' ? actor : undefined
  const keyed = actor.kind === 'key' || actor.kind === 'operator' ? actor : undefined
  const madeBy = actor.kind === 'key' ? actor.madeBy : undefined
  return {
    kind: actor.kind,
    user: person?.user ?? support?.user ?? madeBy ?? null,
    key: person?.actedFor ?? keyed?.key ?? null,
    connection: person?.connection ?? null,
    support_access: support?.access ?? null,
  }
}
