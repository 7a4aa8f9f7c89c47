import {
  refuse,
  succeed,
  type AccountId,
  type ConnectionId,
  type EventId,
  type OrganizationId,
  type Result,
  type SupportAccessId,
} from '@keyholder/core'
import { exportEvents, getEvent, listEvents, verifyEvents, type QueryOf } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { exportAnswer } from '../export/export-answer.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import type { AccountOfPath } from '../http/call.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import type { Reach } from '../http/reach.ts'
import { eventColumns, eventForm } from './event-form.ts'

interface Deps {
  readonly db: storage.Database
  readonly cursorSecret: Buffer
}

type Filters = Omit<QueryOf<typeof exportEvents>, 'format'>

interface Reading {
  readonly account: AccountOfPath
  readonly reach: Reach
}

/** Shows the activity log: in pages, one by one, as a file, and whether it is what was written. */
export function bindEventReads(bind: Bind, { db, cursorSecret }: Deps): void {
  bind(listEvents, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const filter = await filterOf(db, call, call.query, 'event.view')
    if (!filter.ok) return filter

    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listEvents(tx, call.account.id, filter.value, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, eventForm))
  })

  bind(getEvent, async (call) => {
    const account = call.account.id
    const found = await storage.transaction(
      db,
      [account],
      (tx) => storage.findEvent(tx, account, call.params.event as EventId),
      { readOnly: true },
    )
    const isShown = found && call.reach.may('event.view', found.content.organization)
    return isShown ? answer(200, eventForm(found)) : refuse({ code: 'not_found' })
  })

  bind(exportEvents, async (call) => {
    const filter = await filterOf(db, call, call.query, 'event.export')
    if (!filter.ok) return filter
    return exportAnswer(call.query.format, {
      name: `${call.account.slug}-events`,
      columns: eventColumns,
      item: eventForm,
      pages: inPages(storage.streamEvents(db, call.account.id, filter.value)),
    })
  })

  bind(verifyEvents, async (call) => {
    const result = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.verifyEvents(tx, call.account.id),
      { readOnly: true, snapshot: true },
    )
    if (result.ok) {
      const { sequence: events, link } = result.value
      return answer(200, { intact: true, events, link, broken_at: null, reason: null })
    }
    const { sequence, reason } = result.refusal
    return answer(200, { intact: false, events: sequence - 1, link: null, broken_at: sequence, reason })
  })
}

/** What is looked for, within what the caller may see: elsewhere than everywhere, only events in those organizations. */
async function filterOf(
  db: storage.Database,
  { account, reach }: Reading,
  query: Filters,
  permission: string,
): Promise<Result<storage.EventFilter, { readonly code: 'reference_unknown'; readonly pointer: string }>> {
  const organization = await organizationNamed(db, account.id, query.organization)
  if (query.organization !== undefined && !(organization && reach.enters(organization))) {
    return refuse({ code: 'reference_unknown', pointer: '/organization' })
  }
  const where = reach.where(permission)
  return succeed({
    actions: query.action?.split(','),
    outcome: query.outcome,
    actor: query.actor,
    organization,
    among: where === 'everywhere' ? undefined : where,
    targetType: query.target_type,
    target: query.target,
    connection: query.connection as ConnectionId | undefined,
    supportAccess: query.support_access as SupportAccessId | undefined,
    account: query.with_account as AccountId | undefined,
    from: query.from === undefined ? undefined : Date.parse(query.from),
    until: query.until === undefined ? undefined : Date.parse(query.until),
  })
}

async function organizationNamed(
  db: storage.Database,
  account: AccountId,
  name: string | undefined,
): Promise<OrganizationId | undefined> {
  if (name === undefined) return undefined
  const found = await storage.transaction(
    db,
    [account],
    (tx) => storage.findOrganization(tx, account, name),
    {
      readOnly: true,
    },
  )
  return found?.id
}

/** Single events, gathered so that an export is written in large pieces. */
async function* inPages<Row>(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[]> {
  let page: Row[] = []
  for await (const row of rows) {
    page.push(row)
    if (page.length < 500) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
