import { modelAllows, type AccountId } from '@keyholder/core'
import { loadFacts, transaction } from '@keyholder/storage'
import { loadScenarios } from '@keyholder/testkit'
import { randomWorld } from '@keyholder/testkit/world'
import { writeWorld, type World, type WorldAccount } from '@keyholder/world'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { importWorld } from './import-world.ts'
import { noon, openImports } from './imports.fixture.ts'
import { inOrder } from './in-order.ts'

const { asOwner, clear, deps, everything, exported, imported, read } = await openImports()
beforeEach(clear)

const seed = 20_261_121

/** As a file, which is what a failing case is shown as. */
const anyWorld = randomWorld.map(writeWorld)

/** The world as an export writes it: in the order of its keys, and without questions. */
function inExport({ blueprint, blueprintName, accounts }: World): World {
  const sorted = accounts.map(inOrder).toSorted((a, b) => (a.slug < b.slug ? -1 : 1))
  return { blueprint, blueprintName, accounts: sorted, questions: [] }
}

/**
 * Without connections that are over, and without the roles and groups that are kept because one refers to them: those
 * that the wanted world does not have.
 */
function withoutThePast(world: World, wanted: World): World {
  const keys = (account: WorldAccount) => new Set([...account.roles, ...account.groups].map(({ key }) => key))
  const accounts = world.accounts.map((account) => {
    const known = keys(wanted.accounts.find(({ slug }) => slug === account.slug) ?? account)
    return {
      ...account,
      roles: account.roles.filter(({ key }) => known.has(key)),
      groups: account.groups.filter(({ key }) => known.has(key)),
      connections: account.connections.filter(({ status }) => status !== 'ended' && status !== 'declined'),
    }
  })
  return { ...world, accounts }
}

describe('an imported world', () => {
  test('is written back as it was read, and changes nothing when it comes again', async () => {
    const property = fc.asyncProperty(anyWorld, async (text) => {
      await clear()
      const world = read(text)
      await imported(world)
      const written = await exported(world)
      expect(written).toEqual(inExport(world))

      const before = await everything()
      const again = await imported(read(writeWorld(written)))
      expect(again.filter(({ changed }) => changed)).toEqual([])
      expect(await everything()).toEqual(before)
    })
    await fc.assert(property, { numRuns: 60, seed })
  })

  test('takes the place of the state that was there, or changes nothing', async () => {
    const property = fc.asyncProperty(anyWorld, anyWorld, async (former, text) => {
      await clear()
      const world = read(text)
      await imported(read(former))
      const before = await everything()

      const result = await importWorld(deps, world)
      const state = result.ok ? withoutThePast(await exported(world), world) : await everything()
      expect(state).toEqual(result.ok ? withoutThePast(inExport(world), world) : before)
      const refused = result.ok ? 'not refused' : result.refusal.code
      expect(['not refused', 'last_superuser']).toContain(refused)
    })
    await fc.assert(property, { numRuns: 40, seed })
  })

  test.each(loadScenarios({ now: noon }))(
    'decides as its file demands: $file',
    async ({ world, questions }) => {
      await imported(world)
      expect(await exported(world)).toEqual(inExport(world))

      const accounts = await asOwner<{ id: AccountId; slug: string }>('select id, slug from accounts')
      const people = await asOwner<{ id: string; external_id: string }>('select id, external_id from users')
      const places = await asOwner<{ id: string; place: string }>(
        `select o.id, a.slug || '/' || o.key as place from organizations o join accounts a on a.id = o.account_id`,
      )
      const idOf = new Map<string, string>([
        ...accounts.map(({ id, slug }) => [slug, id] as const),
        ...people.map(({ id, external_id }) => [external_id, id] as const),
        ...places.map(({ id, place }) => [place, id] as const),
      ])
      const facts = await transaction(deps.db, 'deployment', async (tx) => {
        const loaded = []
        for (const { id } of accounts) loaded.push(await loadFacts(tx, world.blueprint, id))
        return new Map(loaded.flatMap((one) => (one ? [[one.id, one] as const] : [])))
      })
      const answers = questions.map(({ title, asked, question, expected }) => {
        const { who, account, organization, owner } = asked
        const stored = {
          user: idOf.get(who),
          account: idOf.get(account),
          organization: organization === undefined ? undefined : idOf.get(`${account}/${organization}`),
          owner: owner === undefined ? undefined : idOf.get(owner),
        }
        const answer = modelAllows({ blueprint: world.blueprint, accounts: facts }, {
          ...question,
          ...stored,
        } as never)
        return { title, answer, expected }
      })
      expect(answers.filter(({ answer, expected }) => answer !== expected)).toEqual([])
    },
  )
})
