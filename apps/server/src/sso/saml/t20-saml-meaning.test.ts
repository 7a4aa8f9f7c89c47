import { describe, expect, test } from 'vitest'
import { base64, expected, noon, response, service, sign, type Said } from './genuine-response.fixture.ts'
import type { Expected } from './meaning.ts'
import { readSamlResponse, type SamlRefusal } from './read-saml-response.ts'

const other = 'https://id.example.test/sso/sso_2'

interface Case {
  readonly what: string
  readonly said: Partial<Said>
  readonly reason: SamlRefusal['reason']
}

/** Every one is signed by the identity provider itself, and says something that it may not. */
const cases: readonly Case[] = [
  { what: 'is for another service', said: { audience: 'https://elsewhere.test' }, reason: 'audience' },
  { what: 'is for another connection', said: { audience: `${other}/metadata` }, reason: 'audience' },
  { what: 'is for nobody in particular', said: { audience: undefined }, reason: 'structure' },
  { what: 'goes to another address', said: { recipient: `${other}/acs` }, reason: 'recipient' },
  { what: 'goes to no address', said: { recipient: undefined }, reason: 'recipient' },
  {
    what: 'goes to our address with a slash more',
    said: { recipient: `${service.acsUrl}/` },
    reason: 'recipient',
  },
  { what: 'is posted elsewhere', said: { destination: `${other}/acs` }, reason: 'destination' },
  { what: 'comes from another issuer', said: { issuer: 'https://m.test' }, reason: 'issuer' },
  {
    what: 'comes from an issuer of another case',
    said: { issuer: 'https://IDP.example.test/metadata' },
    reason: 'issuer',
  },
  {
    what: 'comes from an issuer with a blank',
    said: { issuer: ' https://idp.example.test/metadata' },
    reason: 'issuer',
  },
  {
    what: 'comes in an envelope of another issuer',
    said: { responseIssuer: 'https://m.test' },
    reason: 'issuer',
  },
  {
    what: 'answers no request',
    said: { inResponseTo: undefined, confirmedRequest: undefined },
    reason: 'in_response_to',
  },
  {
    what: 'answers no request by what is signed',
    said: { confirmedRequest: undefined },
    reason: 'in_response_to',
  },
  { what: 'answers no request by its envelope', said: { inResponseTo: undefined }, reason: 'in_response_to' },
  {
    what: 'answers another request',
    said: { inResponseTo: '_other', confirmedRequest: '_other' },
    reason: 'in_response_to',
  },
  { what: 'answers two requests', said: { confirmedRequest: '_other' }, reason: 'in_response_to' },
  { what: 'is of another version', said: { version: '1.1' }, reason: 'version' },
  { what: 'begins later', said: { notBefore: '2026-06-01T12:01:01Z' }, reason: 'not_yet' },
  { what: 'was written later', said: { issued: '2026-06-01T12:01:01Z' }, reason: 'not_yet' },
  { what: 'tells of a sign-in to come', said: { authenticated: '2026-06-01T12:01:01Z' }, reason: 'not_yet' },
  { what: 'is over', said: { notOnOrAfter: '2026-06-01T11:59:00Z' }, reason: 'too_late' },
  {
    what: 'is over for whoever brings it',
    said: { confirmedUntil: '2026-06-01T11:59:00Z' },
    reason: 'too_late',
  },
  { what: 'is of a session that is over', said: { sessionEnds: '2026-06-01T11:59:00Z' }, reason: 'too_late' },
  { what: 'never ends', said: { notOnOrAfter: undefined }, reason: 'not_verified' },
  { what: 'never ends for whoever brings it', said: { confirmedUntil: undefined }, reason: 'not_verified' },
  { what: 'ends at a time in words', said: { notOnOrAfter: 'tomorrow' }, reason: 'not_verified' },
  { what: 'ends at a local time', said: { notOnOrAfter: '2026-06-01T12:05:00' }, reason: 'instant' },
  { what: 'ends in another zone', said: { confirmedUntil: '2026-06-01T14:05:00+02:00' }, reason: 'instant' },
  { what: 'ends on a day that is none', said: { confirmedUntil: '2026-06-31T12:05:00Z' }, reason: 'instant' },
  { what: 'has two beginnings', said: { confirmedFrom: '2026-06-01T11:59:00Z' }, reason: 'confirmation' },
  {
    what: 'must be proved with a key',
    said: { method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' },
    reason: 'confirmation',
  },
  {
    what: 'was vouched for by somebody between',
    said: { method: 'urn:oasis:names:tc:SAML:2.0:cm:sender-vouches' },
    reason: 'confirmation',
  },
  {
    what: 'says that it failed',
    said: { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' },
    reason: 'not_successful',
  },
  { what: 'says nothing of how it went', said: { status: '' }, reason: 'not_successful' },
  { what: 'names nobody', said: { nameId: '' }, reason: 'subject' },
  { what: 'names somebody by blanks', said: { nameId: '  ' }, reason: 'subject' },
  { what: 'names somebody with a blank before', said: { nameId: ' ann@corp.test' }, reason: 'subject' },
  { what: 'names somebody with a line after', said: { nameId: 'ann@corp.test\n' }, reason: 'subject' },
  {
    what: 'names somebody with a mark that nobody sees',
    said: { nameId: 'ann\u202e@corp.test' },
    reason: 'subject',
  },
  { what: 'names somebody at great length', said: { nameId: 'a'.repeat(257) }, reason: 'subject' },
  {
    what: 'names somebody for this one time',
    said: { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
    reason: 'transient_subject',
  },
]

describe.each(['assertion', 'response', 'both'] as const)(
  'with the %s signed, an answer is refused that',
  (which) => {
    const signing = { assertion: which !== 'response', response: which !== 'assertion' }

    test.each(cases)('$what', async ({ said, reason }) => {
      const read = await readSamlResponse(base64(sign(response(said), signing)), expected)

      expect(read).toMatchObject({ ok: false, refusal: { code: 'sso_refused', reason } })
    })
  },
)

test('a response that is signed must say where it is posted; where the assertion is, its recipient is enough', async () => {
  const xml = response({ destination: undefined })

  expect((await readSamlResponse(base64(sign(xml, { assertion: true })), expected)).ok).toBe(true)
  expect((await readSamlResponse(base64(sign(xml, { response: true })), expected)).ok).toBe(false)
})

describe('clocks may differ by a minute', () => {
  const from = {
    notBefore: '2026-06-01T12:00:00Z',
    issued: '2026-06-01T11:00:00Z',
    authenticated: '2026-06-01T11:00:00Z',
  }
  const until = { notOnOrAfter: '2026-06-01T12:00:00Z', confirmedUntil: '2026-06-01T12:00:00Z' }

  test.each([
    { what: 'a minute before it begins', said: from, seconds: -60, ok: true },
    { what: 'a second more', said: from, seconds: -61, ok: false },
    { what: 'within a minute after its end', said: until, seconds: 59, ok: true },
    { what: 'a minute after its end', said: until, seconds: 60, ok: false },
  ])('$what: $ok', async ({ said, seconds, ok }) => {
    const at: Expected = { ...expected, now: new Date(noon.getTime() + seconds * 1000) }
    const read = await readSamlResponse(base64(sign(response(said), { assertion: true })), at)

    expect(read.ok).toBe(ok)
  })
})

test('one confirmation that fits is enough, and what it is needed for is remembered to its last end', async () => {
  const second =
    '</saml:SubjectConfirmation><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:sender-vouches">' +
    '<saml:SubjectConfirmationData NotOnOrAfter="2026-06-01T13:00:00Z"/></saml:SubjectConfirmation></saml:Subject>'
  const xml = response().replace('</saml:SubjectConfirmation></saml:Subject>', second)
  const read = await readSamlResponse(base64(sign(xml, { assertion: true })), expected)

  expect(read).toMatchObject({ ok: true, value: { notOnOrAfter: new Date('2026-06-01T13:00:00Z') } })
})

test('an issuer is named as an entity, and not as a person', async () => {
  const kind = (format: string) =>
    base64(
      sign(response().replaceAll('<saml:Issuer>', `<saml:Issuer Format="${format}">`), { assertion: true }),
    )
  const entity = await readSamlResponse(kind('urn:oasis:names:tc:SAML:2.0:nameid-format:entity'), expected)
  const person = await readSamlResponse(
    kind('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'),
    expected,
  )

  expect(entity.ok).toBe(true)
  expect(person).toMatchObject({ ok: false, refusal: { reason: 'issuer' } })
})

test('every audience restriction must name us', async () => {
  const more =
    '</saml:AudienceRestriction><saml:AudienceRestriction><saml:Audience>https://elsewhere.test</saml:Audience>'
  const xml = response().replace('</saml:AudienceRestriction>', `${more}</saml:AudienceRestriction>`)
  const read = await readSamlResponse(base64(sign(xml, { assertion: true })), expected)

  expect(read).toMatchObject({ ok: false, refusal: { reason: 'audience' } })
})

test('what the identity provider says of its failure is kept for the log, and cut short', async () => {
  const denied = 'urn:oasis:names:tc:SAML:2.0:status:RequestDenied'
  const inner = `<samlp:StatusCode Value="${denied}${'x'.repeat(300)}"/>`
  const xml = response({ status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' })
    .replace(/(<samlp:StatusCode[^>]*)\/>/, `$1>${inner}</samlp:StatusCode>`)
    .replace(/<saml:Assertion.*<\/saml:Assertion>/, '')
  const read = await readSamlResponse(base64(xml), expected)

  expect(read).toMatchObject({ ok: false, refusal: { reason: 'not_successful' } })
  expect(read.ok ? '' : read.refusal.detail).toMatch(/^urn:oasis:names:tc:SAML:2\.0:status:RequestDeniedx+$/)
  expect(read.ok ? '' : read.refusal.detail).toHaveLength(200)
})
