import type { AccountId, OrganizationId, SiteId } from '@keyholder/core'
import { testDatabase } from '@keyholder/testkit/database'
import { beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../database/transaction.ts'
import { assetsInUse, reportAssets } from '../licence/assets.ts'
import { deleteSite, findSite, insertSite, listSites, updateSite } from '../site/sites.ts'
import { acme, globex, makeTeam, milan, rome } from '../team.fixture.ts'
import {
  accountNames,
  insertAccount,
  listAccounts,
  listCertifiedProviders,
  readAccount,
  updateAccount,
} from './accounts.ts'

describe('an account', async () => {
  const database = await testDatabase()
  const db = database.open()
  const provider = 'acc_provider' as AccountId
  beforeAll(async () => {
    await makeTeam(db, Date.now())
    await transaction(db, 'deployment', (tx) =>
      insertAccount(tx, { id: provider, slug: 'provider', name: 'Provider', certifiedProvider: true }),
    )
  })

  test('has a slug that no other has', async () => {
    const twin = { id: 'acc_twin' as AccountId, slug: 'acme', name: 'Twin' }

    expect(await transaction(db, 'deployment', (tx) => insertAccount(tx, twin))).toBe(false)
  })

  test('keeps what is left out of a change', async () => {
    const entity = { name: 'Acme Ltd', address: ['1 Main St'] }
    await transaction(db, [acme], (tx) => updateAccount(tx, acme, { entity }))
    await transaction(db, [acme], (tx) => updateAccount(tx, acme, { name: 'Acme & Sons' }))

    const account = await transaction(db, [acme], (tx) => readAccount(tx, acme))
    expect(account).toMatchObject({ name: 'Acme & Sons', entity, settings: {}, version: 3 })
  })

  test('is not known to another one that has nothing to do with it', async () => {
    expect(await transaction(db, [globex], (tx) => readAccount(tx, acme))).toBeUndefined()
    expect((await transaction(db, [globex], (tx) => accountNames(tx, [acme]))).size).toBe(0)
  })

  test('knows the homes of its external users, by name alone', async () => {
    const names = await transaction(db, [acme], (tx) => accountNames(tx, [globex, provider]))

    expect([...names.values()].map(({ slug }) => slug)).toEqual(['globex', 'provider'])
    expect(await transaction(db, [acme], (tx) => readAccount(tx, globex))).toBeUndefined()
  })

  test('is offered the certified providers', async () => {
    expect(await transaction(db, [globex], listCertifiedProviders)).toMatchObject([{ slug: 'provider' }])
    expect(await transaction(db, [], listCertifiedProviders)).toEqual([])
  })

  test('is listed for the deployment by name, slug and status', async () => {
    const slugs = async (filter: Parameters<typeof listAccounts>[1]) =>
      (
        await transaction(db, 'deployment', (tx) => listAccounts(tx, filter, { limit: 25, sort: '-slug' }))
      ).rows.map(({ slug }) => slug)

    expect(await slugs({})).toEqual(['provider', 'globex', 'acme'])
    expect(await slugs({ text: 'SONS' })).toEqual(['acme'])
    expect(await slugs({ status: 'suspended' })).toEqual([])
  })

  test('has sites in its organizations, each under its own key', async () => {
    const roof = { id: 'sit_roof' as SiteId, organization: rome, key: 'roof', name: 'The roof' }
    const cellar = { id: 'sit_cellar' as SiteId, organization: rome, key: 'cellar', name: 'Cellar' }
    const insert = (site: typeof roof) => transaction(db, [acme], (tx) => insertSite(tx, acme, site))
    expect(await insert(roof)).toBe(true)
    expect(await insert(cellar)).toBe(true)
    expect(await insert({ ...roof, id: 'sit_other' as SiteId })).toBe(false)
    expect(await insert({ ...roof, id: 'sit_milan' as SiteId, organization: milan })).toBe(true)

    const update = (key: string) =>
      transaction(db, [acme], (tx) => updateSite(tx, acme, { ...cellar, key, name: 'Vault' }))
    expect(await update('roof')).toBe(false)
    expect(await update('vault')).toBe(true)
    expect(await transaction(db, [acme], (tx) => findSite(tx, acme, cellar.id))).toMatchObject({
      key: 'vault',
      name: 'Vault',
      organization: rome,
      version: 2,
    })

    const list = async (filter: Parameters<typeof listSites>[2]) =>
      (
        await transaction(db, [acme], (tx) => listSites(tx, acme, filter, { limit: 25, sort: 'name' }))
      ).rows.map(({ id }) => id)
    expect(await list({ organization: rome })).toEqual(['sit_roof', 'sit_cellar'])
    expect(await list({ among: [milan] })).toEqual(['sit_milan'])
    expect(await list({ text: 'ROOF' })).toEqual(['sit_milan', 'sit_roof'])
    expect(await transaction(db, [acme], (tx) => deleteSite(tx, acme, roof.id))).toBe(true)
    expect(await transaction(db, [acme], (tx) => deleteSite(tx, acme, roof.id))).toBe(false)
  })

  test('uses the assets that the host product counts in its organizations', async () => {
    const nowhere = 'org_nowhere' as OrganizationId
    const unknown = await transaction(db, [acme], (tx) =>
      reportAssets(tx, acme, [
        { organization: rome, assets: 1_200 },
        { organization: milan, assets: 30 },
        { organization: nowhere, assets: 9 },
      ]),
    )

    expect(unknown).toEqual([nowhere])
    expect(await transaction(db, [acme], (tx) => assetsInUse(tx, acme))).toBe(1_230)
    expect(await transaction(db, [globex], (tx) => assetsInUse(tx, globex))).toBe(0)
  })
})
