import { lastingSuperusers, noticesOf, refuse, type AccountId, type UserId } from '@keyholder/core'
import { getAccount, getBlueprint, getNotices, listAccounts } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { blueprintForm } from '@keyholder/world'
import type { AppDeps } from '../app-deps.ts'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { replicaViews } from '../http/replica-views.ts'
import { accountForm } from './account-form.ts'

type Deps = Pick<AppDeps, 'db' | 'cursorSecret' | 'blueprint' | 'replica'>

/** Shows accounts, what should be mended in one, and the blueprint that all of them are under. */
export function bindAccountReads(bind: Bind, { db, cursorSecret, blueprint, replica }: Deps): void {
  const views = replicaViews(replica)

  bind(listAccounts, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request
    const { q: text, status } = call.query
    const page = await storage.transaction(
      db,
      'deployment',
      (tx) => storage.listAccounts(tx, { text, status }, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, accountForm))
  })

  bind(getAccount, async (call) => {
    const found = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.readAccount(tx, call.account.id),
      { readOnly: true },
    )
    if (!found) return refuse({ code: 'not_found' })
    return answer(200, accountForm(found), { version: found.version })
  })

  bind(getNotices, async (call) => {
    const { directory, at } = await views.of([call.account.id])
    const index = directory.account(call.account.id)
    if (!index) return refuse({ code: 'not_found' })
    const superusers = lastingSuperusers(index, at)
    const notices = noticesOf({ superusers, ...(await doorsOf(db, call.account.id, superusers)) })
    return answer(200, {
      items: notices.map((notice) =>
        notice.code === 'few_superusers' ? { ...notice, superusers: [...notice.superusers] } : notice,
      ),
    })
  })

  const shown = blueprintForm(blueprint)
  bind(getBlueprint, async () => answer(200, shown))
}

/** Whether people come by single sign-on, and which of the superusers get in without it. */
function doorsOf(db: storage.Database, account: AccountId, superusers: readonly UserId[]) {
  return storage.transaction(
    db,
    [account],
    async (tx) => ({
      sso: (await storage.activeSsoConnection(tx, account)) !== undefined,
      withPasswordAndMfa: await storage.withPasswordAndMfa(tx, superusers),
    }),
    { readOnly: true },
  )
}
