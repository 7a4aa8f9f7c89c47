import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64, expected, response, sign } from './genuine-response.fixture.ts'
import { readSamlResponse } from './read-saml-response.ts'

const answers = [
  sign(response(), { assertion: true }),
  sign(response(), { response: true }),
  sign(response(), { assertion: true, response: true }),
]

/** Elements, tags and texts of an answer: what is moved about, said twice, left out or exchanged. */
const pieces = [
  ...new Set(
    answers.flatMap((xml) =>
      [...xml.matchAll(/<([\w:]+)[^>]*>[^<]*<\/\1>|<[^>]+>|[^<>]+/g)].map(([piece]) => piece),
    ),
  ),
]

const change = fc.oneof(
  fc.record({ kind: fc.constant('remove' as const), piece: fc.constantFrom(...pieces) }),
  fc.record({ kind: fc.constant('twice' as const), piece: fc.constantFrom(...pieces) }),
  fc.record({
    kind: fc.constant('exchange' as const),
    piece: fc.constantFrom(...pieces),
    by: fc.constantFrom(...pieces),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(20_000),
    text: fc.constantFrom(...pieces, ' ', '<', '"', '&', 'root'),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(20_000), length: fc.nat(300) }),
)
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function changed(xml: string, step: Change): string {
  switch (step.kind) {
    case 'remove':
      return xml.replace(step.piece, '')
    case 'twice':
      return xml.replace(step.piece, () => step.piece + step.piece)
    case 'exchange':
      return xml.replace(step.piece, () => step.by)
    case 'insert':
      return xml.slice(0, step.at % xml.length) + step.text + xml.slice(step.at % xml.length)
    case 'cut':
      return xml.slice(0, step.at % xml.length) + xml.slice((step.at % xml.length) + step.length)
  }
}

test('whatever is done to an answer, it is refused or names exactly whom the identity provider named', async () => {
  const genuine = await readSamlResponse(base64(answers[0] ?? ''), expected)
  let refused = 0
  const property = fc.asyncProperty(
    fc.constantFrom(...answers),
    fc.array(change, { minLength: 1, maxLength: 4 }),
    async (answer, changes) => {
      const read = await readSamlResponse(base64(changes.reduce(changed, answer)), expected)
      if (!read.ok) refused += 1
      return !read.ok || isDeepStrictEqual(read, genuine)
    },
  )
  await fc.assert(property, { seed: 19, numRuns: 600 })

  expect(genuine.ok).toBe(true)
  expect(refused).toBeGreaterThan(400)
})
