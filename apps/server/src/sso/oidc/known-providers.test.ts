import { afterEach, beforeEach, expect, test } from 'vitest'
import { knownProviders } from './known-providers.ts'
import { outside } from './oidc-journey.fixture.ts'
import { startProvider, type ScriptedProvider } from './scripted-provider.fixture.ts'

let provider: ScriptedProvider
let elapsed = 0
beforeEach(async () => {
  provider = await startProvider()
  elapsed = 0
})
afterEach(() => provider.close())

test('a provider is asked once, however many people come at once', async () => {
  const known = knownProviders(outside, () => elapsed)

  const answers = await Promise.all([1, 2, 3].map(() => known.of(provider.issuer)))

  expect(answers).toEqual(
    Array(3).fill({ ok: true, value: expect.objectContaining({ issuer: provider.issuer }) as unknown }),
  )
  expect(provider.asked).toHaveLength(1)
})

test('a provider is asked again after five minutes, or where something did not fit', async () => {
  const known = knownProviders(outside, () => elapsed)
  await known.of(provider.issuer)

  elapsed = 299_999
  await known.of(provider.issuer)
  expect(provider.asked).toHaveLength(1)

  elapsed = 300_000
  await known.of(provider.issuer)
  expect(provider.asked).toHaveLength(2)

  known.forget(provider.issuer)
  await known.of(provider.issuer)
  expect(provider.asked).toHaveLength(3)
})

test('a refusal is not remembered', async () => {
  const known = knownProviders(outside, () => elapsed)
  provider.script.discovery = () => ({})
  expect(await known.of(provider.issuer)).toMatchObject({ ok: false })

  delete provider.script.discovery
  expect(await known.of(provider.issuer)).toMatchObject({ ok: true })
})
