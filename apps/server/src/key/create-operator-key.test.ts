import { transaction, verifyEvents, findKey } from '@keyholder/storage'
import { testDatabase } from '@keyholder/testkit/database'
import { loadBlueprint } from '@keyholder/world'
import type { AccountId } from '@keyholder/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { secretHash } from '../http/secret-token.ts'
import { newId } from '../new-id.ts'
import { createOperatorKey, type OperatorKeyRequest } from './create-operator-key.ts'

const database = await testDatabase()
const loaded = loadBlueprint('network-inventory')
if (!loaded.ok) throw new Error('the blueprint cannot be read')
const deps = { db: database.open(), blueprint: loaded.value, newId }
const account = 'acc_1' as AccountId

beforeAll(() =>
  database.asOwner(`insert into accounts (id, slug, name) values ('acc_1', 'contoso', 'Contoso')`),
)

async function made(request: OperatorKeyRequest) {
  const created = await createOperatorKey(deps, request)
  if (!created.ok) throw new Error(created.refusal.code)
  return created.value
}

function known(secret: string) {
  return transaction(deps.db, 'deployment', (tx) => findKey(tx, secretHash(secret)))
}

describe('a key that the operator makes', () => {
  test('is bounded by the scopes that its patterns name, and by nobody', async () => {
    const { secret } = await made({ account: 'contoso', name: 'Sync', scopes: ['asset.*', 'member.view'] })

    const key = await known(secret)
    expect(key).toMatchObject({ account, maker: undefined })
    expect(key?.scopes).toEqual(expect.arrayContaining(['asset.view', 'asset.edit_tag', 'member.view']))
    expect(key?.scopes.every((scope) => /^asset\.|^member\.view$/.test(scope))).toBe(true)
  })

  test('stands in the log of its account, without its secret', async () => {
    const { id, secret } = await made({ account: 'contoso', name: 'Logged', scopes: ['*'] })

    const events = await database.asOwner<{ content: string }>(
      'select content from events where target_id = $1',
      [id],
    )
    expect(events.map(({ content }) => JSON.parse(content))).toMatchObject([
      {
        action: 'api_key.create',
        actor: { kind: 'operator', key: 'command_line' },
        after: { name: 'Logged' },
      },
    ])
    expect(JSON.stringify(events)).not.toContain(secret)
    expect(await transaction(deps.db, [account], (tx) => verifyEvents(tx, account))).toMatchObject({
      ok: true,
    })
  })

  test('takes the place of the one of the same name, where it is to', async () => {
    const first = await made({ name: 'Demo', scopes: ['decisions'], replaces: true })
    const second = await made({ name: 'Demo', scopes: ['decisions'], replaces: true })

    expect(await known(first.secret)).toBeUndefined()
    expect(await known(second.secret)).toMatchObject({ account: undefined, scopes: ['decisions'] })
  })

  test.each([
    ['a permission that there is not', { account: 'contoso', scopes: ['asset.veiw'] }, 'scope_unknown'],
    ['a permission, for a key of the deployment', { scopes: ['asset.view'] }, 'scope_unknown'],
    ['an account that there is not', { account: 'fabrikam', scopes: ['*'] }, 'account_unknown'],
  ])('is refused for %s', async (_, request, code) => {
    const before = await database.asOwner('select count(*) from api_keys')

    expect(await createOperatorKey(deps, { name: 'X', ...request })).toMatchObject({
      ok: false,
      refusal: { code },
    })
    expect(await database.asOwner('select count(*) from api_keys')).toEqual(before)
  })
})
