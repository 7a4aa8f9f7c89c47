import { refuse, type AccountId, type ConnectionId, type ConnectionStatus } from '@keyholder/core'
import { getConnection, listCertifiedProviders, listConnections } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { connectionForm } from './connection-form.ts'
import { namesFor, type Names } from './host-names.ts'

type Deps = Pick<AppDeps, 'db' | 'cursorSecret' | 'blueprint'>

/** Shows the connections of an account from its side, and whom it can connect with. */
export function bindConnectionReads(bind: Bind, deps: Deps): void {
  const { db, cursorSecret } = deps

  bind(listConnections, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const own = call.account.id
    const { q: text, side, status } = call.query
    const filter = { text, side, statuses: status?.split(',') as readonly ConnectionStatus[] | undefined }
    const page = await storage.transaction(
      db,
      [own],
      (tx) => storage.listConnections(tx, own, filter, request.value),
      { readOnly: true, snapshot: true },
    )
    const form = await formOf(deps, own, page.rows)
    return answer(200, listBody(cursorSecret, call, page, form))
  })

  bind(getConnection, async (call) => {
    const own = call.account.id
    const id = call.params.connection as ConnectionId
    const found = await storage.transaction(db, [own], (tx) => storage.findConnection(tx, own, id), {
      readOnly: true,
    })
    if (!found) return refuse({ code: 'not_found' })
    const form = await formOf(deps, own, [found])
    return answer(200, form(found), { version: found.version })
  })

  bind(listCertifiedProviders, async (call) => {
    const providers = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listCertifiedProviders(tx),
      { readOnly: true },
    )
    return answer(200, {
      items: providers.filter(({ id }) => id !== call.account.id).map(({ slug, name }) => ({ slug, name })),
    })
  })
}

/** How connections are shown to one side: with the names of what is the hosts'. */
async function formOf({ db, blueprint }: Deps, own: AccountId, rows: readonly storage.StoredConnection[]) {
  const names = new Map<AccountId, Names>()
  for (const host of new Set(rows.map((row) => row.host.id))) {
    const agreements = rows.flatMap((row) => (row.host.id === host ? row.agreement : []))
    const read = (tx: storage.Tx) => namesFor(tx, blueprint, host, agreements)
    names.set(host, await storage.transaction(db, [host], read, { readOnly: true }))
  }
  return (row: storage.StoredConnection) => {
    const side = row.host.id === own ? 'host' : 'guest'
    return connectionForm(row, side, names.get(row.host.id) ?? ((id) => ({ id, name: id })))
  }
}
