import { SignedXml } from 'xml-crypto'
import { describe, expect, test, vi } from 'vitest'
import {
  attacker,
  base64,
  expected,
  noon,
  provider,
  response,
  service,
  sign,
  type Signing,
} from './genuine-response.fixture.ts'
import { makeKeyPair } from './key-pair.ts'
import { readSamlResponse } from './read-saml-response.ts'
import { tamperings } from './signature-tampering.fixture.ts'
import { wrappings } from './signature-wrapping.fixture.ts'
import { verifiedAssertion } from './verify-signatures.ts'
import { xmlTricks } from './xml-tricks.fixture.ts'

const ways: readonly { readonly which: string; readonly signing: Signing }[] = [
  { which: 'the assertion', signing: { assertion: true } },
  { which: 'the response', signing: { response: true } },
  { which: 'both', signing: { assertion: true, response: true } },
]

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

describe.each(ways)('of an answer with $which signed', ({ signing }) => {
  const genuine = sign(response(), signing)

  test('the genuine one is accepted', async () => {
    expect(await readSamlResponse(base64(genuine), expected)).toMatchObject({
      ok: true,
      value: { subject: { value: 'ann@corp.test' } },
    })
  })

  test.each([...wrappings, ...tamperings, ...xmlTricks])('one with $what is refused', async ({ of }) => {
    const spoiled = of(genuine)
    expect(spoiled).not.toBe(genuine)

    await expectRefusal(base64(spoiled))
  })

  test.each([
    { what: 'SHA-1', weak: { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' } },
    { what: 'a digest by SHA-1', weak: { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' } },
    { what: 'comments kept', weak: { transforms: [enveloped, `${exclusive}WithComments`] } },
    { what: 'comments kept in its own form', weak: { canonicalization: `${exclusive}WithComments` } },
    {
      what: 'an inclusive form',
      weak: { transforms: [enveloped, 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'] },
    },
    {
      what: 'an inclusive form of its own',
      weak: { canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' },
    },
    { what: 'one transform', weak: { transforms: [enveloped] } },
    { what: 'three transforms', weak: { transforms: [enveloped, exclusive, exclusive] } },
    { what: 'the transforms the other way round', weak: { transforms: [exclusive, enveloped] } },
    { what: 'the certificate of somebody else', weak: { certificate: attacker.certificate } },
    { what: "an attacker's key and certificate", weak: { key: attacker } },
    {
      what: "an attacker's key under the genuine certificate",
      weak: { key: attacker, certificate: provider.certificate },
    },
    { what: "an attacker's key and no certificate", weak: { key: attacker, certificate: null } },
  ])('one signed with $what is refused', async ({ weak }) => {
    await expectRefusal(base64(sign(response(), { ...signing, ...weak })))
  })

  test('one is refused of whose two signatures one is good', async () => {
    const [inner, outer] = signing.response ? [attacker, provider] : [provider, attacker]
    const xml = sign(response(), { assertion: true, key: inner, certificate: null })

    await expectRefusal(base64(sign(xml, { response: true, key: outer, certificate: null })))
  })
})

test('the public key is no secret to sign with', async () => {
  for (const secret of [provider.certificate, provider.certificate.trim()]) {
    await expectRefusal(base64(signWithHmac(response({ nameId: 'root@corp.test' }), secret)))
  }
})

test('our own key signs no answers', async () => {
  const own = await makeKeyPair(service.entityId, noon)

  await expectRefusal(base64(sign(response(), { assertion: true, key: own })))
})

test.each([
  { what: 'not base64', posted: '<samlp:Response/>' },
  { what: 'base64 with something after it', posted: `${base64(sign(response(), { assertion: true }))}====` },
  {
    what: 'base64 for addresses',
    posted: base64(sign(response(), { assertion: true }))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .slice(0, -4),
  },
  {
    what: 'not UTF-8',
    posted: Buffer.from(sign(response(), { assertion: true }), 'utf16le').toString('base64'),
  },
  {
    what: 'a byte that is no character',
    posted: Buffer.concat([Buffer.from('<a>'), Buffer.from([0xff])]).toString('base64'),
  },
  { what: 'empty', posted: '' },
  { what: 'of many megabytes', posted: 'A'.repeat(20_000_000) },
])('an answer that is $what is refused', async ({ posted }) => {
  await expectRefusal(posted)
})

test('what node-saml would take by itself is what the checks before it are for', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const genuine = sign(response(), { assertion: true })
  const taken: string[] = []
  for (const { what, of } of [...wrappings, ...tamperings, ...xmlTricks]) {
    const spoiled = of(genuine)
    // It takes seconds over what is refused here for its size.
    if (spoiled.length > 20_000) continue
    const verified = await verifiedAssertion(spoiled, { response: false, assertion: true }, expected)
    if (verified.ok) taken.push(what)
  }
  warn.mockRestore()

  expect(taken).toEqual([
    'XSW7: an evil assertion in extensions',
    'an evil assertion in the key of the signature',
    'a comment in the digest',
    'a response without an id',
    'a response whose id is no name',
    'the certificate of somebody else',
    'a certificate that is none',
    'a key to be fetched',
    'a comment in the name',
    'a comment that cuts the name',
    'a comment in the issuer',
    'a comment before the answer',
    'a comment after the answer',
    'a processing instruction before the answer',
    'a section of character data in the name',
    'text after the answer',
    'a document type',
    'a document type in small letters',
    'an entity of parameters',
    'a document type from elsewhere',
    'an XInclude in the response',
    'an end tag too many',
    'an attribute without quotes',
  ])
})

describe('the log is told what was wrong', () => {
  const genuine = sign(response(), { assertion: true })

  test.each([
    { what: 'no signature at all', reason: 'unsigned' },
    { what: 'another name', reason: 'not_verified' },
    { what: 'a response without an id', reason: 'ids' },
    { what: 'the reference to the whole document', reason: 'reference' },
    { what: 'the algorithm none', reason: 'signature_algorithm' },
    { what: 'the transform urn:unknown in place of another', reason: 'transforms' },
    { what: 'the certificate of somebody else', reason: 'foreign_key' },
    { what: 'an encrypted assertion beside the signed one', reason: 'structure' },
    { what: 'XSW3, CVE-2022-41912: an evil assertion before the genuine one', reason: 'structure' },
    { what: 'a comment in the name', reason: 'comment' },
    { what: 'a billion laughs', reason: 'document_type' },
    { what: 'two roots', reason: 'not_one_root' },
    { what: 'an answer to a logout', reason: 'not_a_response' },
  ])('of one with $what: $reason', async ({ what, reason }) => {
    const mutation = [...wrappings, ...tamperings, ...xmlTricks].find((one) => one.what === what)
    const read = await readSamlResponse(base64(mutation?.of(genuine) ?? genuine), expected)

    expect(read).toMatchObject({ ok: false, refusal: { reason } })
  })
})

/** One answer for all of them, without a word of what was posted. */
async function expectRefusal(posted: string): Promise<void> {
  const read = await readSamlResponse(posted, expected)

  expect(read).toMatchObject({ ok: false, refusal: { code: 'sso_refused' } })
  expect(JSON.stringify(read).length).toBeLessThan(400)
}

function signWithHmac(xml: string, secret: string): string {
  const signature = new SignedXml({
    privateKey: secret,
    signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1',
    canonicalizationAlgorithm: exclusive,
  })
  signature.enableHMAC()
  signature.addReference({
    xpath: "//*[local-name(.)='Assertion']",
    transforms: [enveloped, exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signature.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='Assertion']/*[local-name(.)='Issuer']", action: 'after' },
  })
  return signature.getSignedXml()
}
