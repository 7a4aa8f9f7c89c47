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

interface ActorForm {
  readonly user: string | null
  readonly key: string | null
  readonly connection: string | null
  readonly support_access: string | null
}

const nobody: ActorForm = { user: null, key: null, connection: null, support_access: null }

function actorForm(actor: EventActor) {
  return { kind: actor.kind, ...nobody, ...namesIn(actor) }
}

function namesIn(actor: EventActor): Partial<ActorForm> {
  switch (actor.kind) {
    case 'person':
      return { user: actor.user, key: actor.actedFor ?? null, connection: actor.connection ?? null }
    case 'support':
      return { user: actor.user, support_access: actor.access }
    case 'key':
      return { user: actor.madeBy ?? null, key: actor.key }
    case 'operator':
      return { key: actor.key }
    case 'system':
    case 'anonymous':
      return {}
  }
}
