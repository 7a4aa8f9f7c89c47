import { listApiKeys } from '@keyholder/contract'
import * as storage from '@keyholder/storage'
import { answer } from '../http/answer.ts'
import type { Bind } from '../http/bind.ts'
import { listBody, pageRequest } from '../http/listing.ts'
import { keyForm } from './key-form.ts'

interface Deps {
  readonly db: storage.Database
  readonly cursorSecret: Buffer
}

/** Lists the API keys of an account; a secret can never be read again. */
export function bindKeyReads(bind: Bind, { db, cursorSecret }: Deps): void {
  bind(listApiKeys, async (call) => {
    const request = pageRequest(cursorSecret, call)
    if (!request.ok) return request

    const page = await storage.transaction(
      db,
      [call.account.id],
      (tx) => storage.listApiKeys(tx, call.account.id, request.value),
      { readOnly: true, snapshot: true },
    )
    return answer(200, listBody(cursorSecret, call, page, keyForm))
  })
}
