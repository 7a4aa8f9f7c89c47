import type { Mutation } from './signature-wrapping.fixture.ts'

const entities = (count: number) =>
  Array.from({ length: count }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')

const declaring = (declaration: string, use: string) => (xml: string) =>
  `<!DOCTYPE r ${declaration}>${xml.replace('ann@corp.test</saml:NameID>', `${use}</saml:NameID>`)}`

const inName = (text: string) => (xml: string) =>
  xml.replace('ann@corp.test</saml:NameID>', `${text}</saml:NameID>`)

const xinclude =
  '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'

/** What is done with XML itself: what one reader sees, and another does not. */
export const xmlTricks: readonly Mutation[] = [
  { what: 'a comment in the name', of: inName('ann@corp.test<!---->') },
  { what: 'a comment that cuts the name', of: inName('ann<!-- -->@corp.test') },
  {
    what: 'a comment in the issuer',
    of: (xml) => xml.replaceAll('</saml:Issuer>', '<!-- --></saml:Issuer>'),
  },
  { what: 'a comment before the answer', of: (xml) => `<!-- -->${xml}` },
  { what: 'a comment after the answer', of: (xml) => `${xml}<!-- -->` },
  { what: 'a processing instruction in the name', of: inName('ann<?x y?>@corp.test') },
  {
    what: 'a processing instruction before the answer',
    of: (xml) => `<?xml-stylesheet href="https://m.test/x.xsl"?>${xml}`,
  },
  { what: 'a section of character data in the name', of: inName('<![CDATA[ann@corp.test]]>') },
  {
    what: 'a section of character data that holds an assertion',
    of: inName('<![CDATA[<saml:Assertion/>]]>ann@corp.test'),
  },
  { what: 'two roots', of: (xml) => `${xml}${xml}` },
  { what: 'a root before the answer', of: (xml) => `<a/>${xml}` },
  { what: 'a root after the answer', of: (xml) => `${xml}<a/>` },
  { what: 'text after the answer', of: (xml) => `${xml}text` },
  { what: 'a document type', of: (xml) => `<!DOCTYPE Response>${xml}` },
  { what: 'a document type in small letters', of: (xml) => `<!doctype Response>${xml}` },
  { what: 'a document type after the answer', of: (xml) => `${xml}<!DOCTYPE Response>` },
  { what: 'an entity in the name', of: declaring('[<!ENTITY e "ann@corp.test">]', '&e;') },
  { what: 'an entity from a file', of: declaring('[<!ENTITY e SYSTEM "file:///etc/passwd">]', '&e;') },
  { what: 'an entity from the network', of: declaring('[<!ENTITY e SYSTEM "http://127.0.0.1:9/">]', '&e;') },
  {
    what: 'an entity of parameters',
    of: declaring('[<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]', 'ann@corp.test'),
  },
  { what: 'a document type from elsewhere', of: (xml) => `<!DOCTYPE r SYSTEM "file:///etc/passwd">${xml}` },
  { what: 'a billion laughs', of: declaring(`[<!ENTITY a0 "lol">${entities(9)}]`, '&a9;') },
  {
    what: 'an entity of great length, many times',
    of: declaring(`[<!ENTITY a "${'a'.repeat(50_000)}">]`, '&a;'.repeat(1000)),
  },
  {
    what: 'CVE-2025-23369: an id by an entity',
    of: (xml) => `<!DOCTYPE r [<!ENTITY i "_assertion1">]>${xml.replace('ID="_assertion1"', 'ID="&i;"')}`,
  },
  {
    what: 'CVE-2025-25291: a document type whose quotes hide an assertion from one reader',
    of: (xml) => `<!DOCTYPE r [<!ATTLIST r a CDATA '"><saml:Assertion/>' > <!-- " -->]>${xml}`,
  },
  { what: 'an entity that nobody declared', of: inName('&ann;') },
  { what: 'an XInclude in the name', of: inName(xinclude) },
  { what: 'an XInclude in an attribute', of: (xml) => xml.replace('>ops<', `>${xinclude}<`) },
  {
    what: 'an XInclude in the response',
    of: (xml) => xml.replace('<samlp:Status>', `${xinclude}<samlp:Status>`),
  },
  { what: 'a character of number nothing', of: inName('ann@corp.test&#0;') },
  { what: 'a character zero', of: inName('ann@corp.test\u0000') },
  { what: 'an end tag of another name', of: (xml) => xml.replace('</saml:Subject>', '</saml:Subjects>') },
  { what: 'an end tag of another case', of: (xml) => xml.replace('</saml:Subject>', '</saml:subject>') },
  { what: 'an end tag that is missing', of: (xml) => xml.replace('</samlp:Response>', '') },
  {
    what: 'an end tag too many',
    of: (xml) => xml.replace('</saml:Subject>', '</saml:Subject></saml:Subject>'),
  },
  {
    what: 'an end tag with something in it',
    of: (xml) => xml.replace('</saml:Subject>', '</saml:Subject x="y">'),
  },
  { what: 'an attribute without quotes', of: (xml) => xml.replace('Version="2.0"', 'Version=2.0') },
  { what: 'an attribute twice', of: (xml) => xml.replace('Version="2.0"', 'Version="2.0" Version="2.0"') },
  { what: 'two names', of: (xml) => xml.replace(/(<saml:NameID .*?<\/saml:NameID>)/s, '$1$1') },
  { what: 'two subjects', of: (xml) => xml.replace(/(<saml:Subject>.*<\/saml:Subject>)/s, '$1$1') },
  { what: 'a name within the name', of: inName('ann@corp.test<saml:NameID>root@corp.test</saml:NameID>') },
  { what: 'text beside the subject', of: (xml) => xml.replace('<saml:Subject>', 'root<saml:Subject>') },
  { what: 'an element that nobody knows', of: (xml) => xml.replace('<saml:Subject>', '<x/><saml:Subject>') },
  {
    what: 'an attribute that nobody knows',
    of: (xml) => xml.replace('<saml:Subject>', '<saml:Subject x="y">'),
  },
  { what: 'an answer to a logout', of: (xml) => xml.replaceAll('samlp:Response', 'samlp:LogoutResponse') },
  {
    what: 'elements within elements, ten thousand deep',
    of: inName('<a>'.repeat(10_000) + '</a>'.repeat(10_000)),
  },
  {
    what: 'twenty thousand elements',
    of: (xml) => xml.replace('<saml:Attribute ', `${'<saml:Attribute/>'.repeat(20_000)}<saml:Attribute `),
  },
  {
    what: 'ten thousand signatures',
    of: (xml) => xml.replace('<samlp:Status>', `${'<ds:Signature/>'.repeat(10_000)}<samlp:Status>`),
  },
  {
    what: 'five thousand namespaces',
    of: (xml) =>
      xml.replace(
        '<saml:Subject>',
        `<saml:Subject ${Array.from({ length: 5000 }, (_, i) => `xmlns:n${i}="urn:${i}"`).join(' ')}>`,
      ),
  },
  { what: 'a name of a million characters', of: inName('a'.repeat(1_000_000)) },
  { what: 'nothing', of: () => '' },
  { what: 'no XML', of: () => 'SAMLResponse' },
]
