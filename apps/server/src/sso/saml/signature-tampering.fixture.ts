import { createHash } from 'node:crypto'
import { attacker, base64 } from './genuine-response.fixture.ts'
import type { Mutation } from './signature-wrapping.fixture.ts'
import { copy, ds, edit, first, samlp, saml, wrap } from './spoiled-xml.fixture.ts'

const emptyDigest = createHash('sha256').update('').digest('base64')
const evil = (xml: string) => xml.replace('ann@corp.test</saml:NameID>', 'root@corp.test</saml:NameID>')
const attackerCertificate = attacker.certificate.replace(/-----[A-Z ]+-----|\s/g, '')

/** What is done to the signature itself, its parts, and the ids by which it names what it covers. */
export const tamperings: readonly Mutation[] = [
  { what: 'another name', of: evil },
  { what: 'another value of an attribute', of: (xml) => xml.replace('>ops<', '>admins<') },
  {
    what: 'no signature at all',
    of: (xml) => evil(xml.replaceAll(/<ds:Signature .*?<\/ds:Signature>/gs, '')),
  },
  { what: 'a signature without its value', of: (xml) => xml.replace(/(<ds:SignatureValue>).*?(<)/s, '$1$2') },
  {
    what: 'a signature whose value is missing',
    of: (xml) => xml.replace(/<ds:SignatureValue>.*?<\/ds:SignatureValue>/s, ''),
  },
  { what: 'a value cut short', of: (xml) => xml.replace(/(<ds:SignatureValue>.{40}).*?(<)/s, '$1$2') },
  {
    what: 'a second SignedInfo before the first',
    of: (xml) =>
      edit(evil(xml), ({ signature }) => {
        const info = first(signature, 'SignedInfo')
        signature.insertBefore(copy(info), info)
      }),
  },
  {
    what: 'a second SignedInfo after the first, with a digest of nothing',
    of: (xml) =>
      edit(evil(xml), ({ signature }) => {
        const info = copy(first(signature, 'SignedInfo'))
        first(info, 'DigestValue').textContent = emptyDigest
        signature.appendChild(info)
      }),
  },
  {
    what: 'a second SignedInfo in an object',
    of: (xml) =>
      edit(xml, (answer) => {
        const info = copy(first(answer.signature, 'SignedInfo'))
        answer.signature.insertBefore(wrap(answer, ds, 'ds:Object', info), answer.signature.firstChild)
      }),
  },
  {
    what: 'two references',
    of: (xml) =>
      edit(xml, ({ signature }) => {
        const reference = first(signature, 'Reference')
        first(signature, 'SignedInfo').appendChild(copy(reference))
      }),
  },
  {
    what: 'a digest in a comment before the genuine one',
    of: (xml) => evil(xml).replace('<ds:DigestValue>', `<ds:DigestValue><!--${emptyDigest}-->`),
  },
  { what: 'a comment in the digest', of: (xml) => xml.replace(/(<ds:DigestValue>.{10})/, '$1<!---->') },
  {
    what: 'a comment in the value of the signature',
    of: (xml) => xml.replace(/(<ds:SignatureValue>.{10})/, '$1<!---->'),
  },
  {
    what: 'two digests',
    of: (xml) =>
      xml.replace('<ds:DigestValue>', `<ds:DigestValue>${emptyDigest}</ds:DigestValue><ds:DigestValue>`),
  },
  {
    what: 'CVE-2024-45409: a digest in the details of the status',
    of: (xml) =>
      edit(evil(xml), (answer) => {
        const digest = wrap(answer, ds, 'ds:DigestValue')
        digest.textContent = emptyDigest
        first(answer.response, 'Status').appendChild(wrap(answer, samlp, 'samlp:StatusDetail', digest))
      }),
  },
  {
    what: 'CVE-2025-25292: a digest of nothing, and a namespace that breaks the canonical form',
    of: (xml) =>
      evil(xml)
        .replace(/<ds:DigestValue>.*?</s, `<ds:DigestValue>${emptyDigest}<`)
        .replace('<saml:Assertion ', '<saml:Assertion xmlns:ns="1" '),
  },
  {
    what: 'a namespace that is a relative address',
    of: (xml) => xml.replace('<saml:Assertion ', '<saml:Assertion xmlns:ns="1" ns:ID="x" '),
  },
  { what: 'the reference to the whole document', of: (xml) => xml.replace(/URI="#[^"]*"/, 'URI=""') },
  { what: 'the reference without its hash', of: (xml) => xml.replace('URI="#', 'URI="') },
  { what: 'no reference by id', of: (xml) => xml.replace(/ URI="#[^"]*"/, '') },
  { what: 'a reference with a quote', of: (xml) => xml.replace(/URI="#[^"]*"/, `URI="#x' or '1'='1"`) },
  {
    what: 'a reference by XPointer',
    of: (xml) => xml.replace(/URI="#([^"]*)"/, `URI="#xpointer(id('$1'))"`),
  },
  {
    what: 'a reference to another place',
    of: (xml) => xml.replace(/URI="#[^"]*"/, 'URI="https://m.test/x.xml"'),
  },
  { what: 'a reference to another id', of: (xml) => xml.replace(/URI="#[^"]*"/, 'URI="#_other"') },
  {
    what: 'one id for the response and the assertion',
    of: (xml) => xml.replaceAll('_response1', '_assertion1'),
  },
  {
    what: 'the id of the assertion on the subject too',
    of: (xml) => xml.replace('<saml:Subject>', '<saml:Subject ID="_assertion1">'),
  },
  {
    what: 'an id in another case',
    of: (xml) => xml.replace('<ds:SignedInfo>', '<ds:SignedInfo Id="_assertion1">'),
  },
  {
    what: 'an id by xml:id',
    of: (xml) => xml.replace('<samlp:Status>', '<samlp:Status xml:id="_assertion1">'),
  },
  { what: 'an id given twice', of: (xml) => xml.replace('ID="_assertion1"', 'ID="_assertion1" ID="_evil"') },
  { what: 'a response without an id', of: (xml) => xml.replace(' ID="_response1"', '') },
  { what: 'a response whose id is no name', of: (xml) => xml.replace('ID="_response1"', 'ID="1 response"') },
  { what: 'no id', of: (xml) => xml.replace(' ID="_assertion1"', '') },
  {
    what: 'the certificate of somebody else',
    of: (xml) => xml.replaceAll(/(<ds:X509Certificate>).*?(<)/gs, `$1${attackerCertificate}$2`),
  },
  {
    what: 'a certificate that is none',
    of: (xml) => xml.replaceAll(/(<ds:X509Certificate>).*?(<)/gs, '$1AAAA$2'),
  },
  {
    what: 'a key to be fetched',
    of: (xml) =>
      xml.replace(/<ds:X509Data>.*?<\/ds:X509Data>/s, '<ds:RetrievalMethod URI="https://m.test/key"/>'),
  },
  {
    what: 'the algorithm none',
    of: (xml) => xml.replace(/(<ds:SignatureMethod Algorithm=")[^"]*/, '$1none'),
  },
  { what: 'no algorithm', of: (xml) => xml.replace(/<ds:SignatureMethod [^>]*>/, '<ds:SignatureMethod/>') },
  {
    what: 'an HMAC of a length of one bit',
    of: (xml) =>
      xml.replace(
        /<ds:SignatureMethod [^>]*\/>/,
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><ds:HMACOutputLength>1</ds:HMACOutputLength></ds:SignatureMethod>',
      ),
  },
  ...[
    'http://www.w3.org/TR/1999/REC-xslt-19991116',
    'http://www.w3.org/TR/1999/REC-xpath-19991116',
    'http://www.w3.org/2002/06/xmldsig-filter2',
    'http://www.w3.org/2000/09/xmldsig#base64',
    'urn:unknown',
  ].flatMap((algorithm): Mutation[] => [
    {
      what: `the transform ${algorithm} in place of another`,
      of: (xml) =>
        xml.replace(
          /(<ds:Transform Algorithm=")http:\/\/www.w3.org\/2001\/10\/xml-exc-c14n#/,
          `$1${algorithm}`,
        ),
    },
    {
      what: `the transform ${algorithm} besides`,
      of: (xml) =>
        xml.replace('</ds:Transforms>', `<ds:Transform Algorithm="${algorithm}"/></ds:Transforms>`),
    },
  ]),
  {
    what: 'a stylesheet in a transform',
    of: (xml) =>
      xml.replace(
        '<ds:Transforms>',
        '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet ' +
          'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/"/></xsl:stylesheet></ds:Transform>',
      ),
  },
  { what: 'no transforms', of: (xml) => xml.replace(/<ds:Transforms>.*?<\/ds:Transforms>/s, '') },
  {
    what: 'a signature in another namespace',
    of: (xml) => xml.replaceAll(ds, 'http://www.w3.org/2000/09/xmldsig'),
  },
  { what: 'an assertion in another namespace', of: (xml) => xml.replaceAll(saml, `${saml}#`) },
  {
    what: 'an assertion of SAML 1.1',
    of: (xml) => xml.replaceAll(saml, 'urn:oasis:names:tc:SAML:1.0:assertion'),
  },
  {
    what: 'an encrypted assertion in place of the signed one',
    of: (xml) =>
      xml.replace(
        /<saml:Assertion .*<\/saml:Assertion>/s,
        `<saml:EncryptedAssertion>${encrypted}</saml:EncryptedAssertion>`,
      ),
  },
  {
    what: 'an encrypted assertion beside the signed one',
    of: (xml) =>
      xml.replace(
        '</samlp:Response>',
        `<saml:EncryptedAssertion>${encrypted}</saml:EncryptedAssertion></samlp:Response>`,
      ),
  },
  {
    what: 'an encrypted name in place of the signed one',
    of: (xml) =>
      xml.replace(/<saml:NameID .*?<\/saml:NameID>/s, `<saml:EncryptedID>${encrypted}</saml:EncryptedID>`),
  },
]

const encrypted =
  '<xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element">' +
  '<xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><xenc:CipherData><xenc:CipherValue>' +
  `${base64('root@corp.test')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`
