import { describe, expect, test } from 'vitest'
import type { ResolveTxt } from '../../outgoing/resolve-txt.ts'
import { proofRecordOf, proveDomain } from './prove-domain.ts'
import { domainOfEmail, readDomain, type Domain } from './read-domain.ts'

const read = (text: string) => {
  const result = readDomain(text)
  return result.ok ? result.value : result.refusal.reason
}

describe('a domain', () => {
  test.each([
    ['corp.test', 'corp.test'],
    [' Corp.TEST. ', 'corp.test'],
    ['sales.corp.co.uk', 'sales.corp.co.uk'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['例え.jp', 'xn--r8jz45g.jp'],
    ['corp。test', 'corp.test'],
    ['ｃｏｒｐ.test', 'corp.test'],
    ['acme.github.io', 'acme.github.io'],
  ])('written as %j is %j', (text, form) => {
    expect(read(text)).toBe(form)
  })

  test.each([
    ['', 'malformed'],
    ['corp', 'malformed'],
    ['corp..test', 'malformed'],
    ['-corp.test', 'malformed'],
    ['corp-.test', 'malformed'],
    ['corp_x.test', 'malformed'],
    ['*.corp.test', 'malformed'],
    ['ann@corp.test', 'malformed'],
    ['https://corp.test', 'malformed'],
    ['corp.test/path', 'malformed'],
    ['corp.test:443', 'malformed'],
    ['corp.test\u0000', 'malformed'],
    ['corp.te st', 'malformed'],
    ['corp\u200b.test', 'malformed'],
    ['127.0.0.1', 'malformed'],
    ['[::1]', 'malformed'],
    ['1.2', 'malformed'],
    [`${'a'.repeat(64)}.test`, 'malformed'],
    [`${'a.'.repeat(100)}test`, 'malformed'],
    ['xn--a.test', 'malformed'],
    ['co.uk', 'public_suffix'],
    ['github.io', 'public_suffix'],
    ['com.br', 'public_suffix'],
    ['gmail.com', 'free_mail'],
    ['GMail.com.', 'free_mail'],
    ['eu.yahoo.co.uk', 'free_mail'],
  ])('cannot be %j: %s', (text, reason) => {
    expect(read(text)).toBe(reason)
  })

  test('of an address is compared in the same form', () => {
    expect(domainOfEmail('ann@bücher.example')).toBe(read('xn--bcher-kva.example'))
    expect(domainOfEmail('ann@Corp.Test')).toBe('corp.test')
  })

  test('of a look-alike in another script is another', () => {
    expect(domainOfEmail('ann@cоrp.test')).not.toBe('corp.test')
  })

  test('of a sub-domain is another', () => {
    expect(domainOfEmail('ann@sales.corp.test')).toBe('sales.corp.test')
  })
})

describe('a domain is proven', () => {
  const domain = 'corp.test' as Domain
  const record = proofRecordOf(domain, 'token-of-acme')
  const zone =
    (records: Readonly<Record<string, readonly (readonly string[])[]>>): ResolveTxt =>
    async (name) => {
      const found = records[name]
      if (!found) throw Object.assign(new Error('queryTxt ENOTFOUND'), { code: 'ENOTFOUND' })
      return found
    }
  const prove = async (resolveTxt: ResolveTxt) => {
    const result = await proveDomain(resolveTxt, record)
    return result.ok ? 'proven' : result.refusal.reason
  }
  const name = '_keyholder-challenge.corp.test'
  const value = 'keyholder-domain-verification=token-of-acme'

  test('by a text at a name below it', () => {
    expect(record).toEqual({ name, value })
  })

  test.each([
    ['alone', [[value]]],
    ['beside others', [['v=spf1 -all'], [value], ['keyholder-domain-verification=of-somebody-else']]],
    ['in pieces', [[value.slice(0, 9), value.slice(9)]]],
  ])('by the text %s', async (_, texts) => {
    expect(await prove(zone({ [name]: texts }))).toBe('proven')
  })

  test.each([
    ['there is nothing', {}, 'record_missing'],
    ['the name is empty', { [name]: [] }, 'record_missing'],
    ['the text stands at the domain itself', { 'corp.test': [[value]] }, 'record_missing'],
    [
      'the text is another account’s',
      { [name]: [['keyholder-domain-verification=other']] },
      'record_different',
    ],
    ['the text is longer', { [name]: [[`${value}x`]] }, 'record_different'],
    ['the text is in capitals', { [name]: [[value.toUpperCase()]] }, 'record_different'],
    [
      'the text is split over two records',
      { [name]: [[value.slice(0, 9)], [value.slice(9)]] },
      'record_different',
    ],
  ])('by nothing where %s', async (_, records, reason) => {
    expect(await prove(zone(records))).toBe(reason)
  })

  test.each(['ESERVFAIL', 'ETIMEOUT', 'ECONNREFUSED', undefined])(
    'by nothing where DNS fails: %s',
    async (code) => {
      expect(
        await prove(async () => {
          throw Object.assign(new Error('queryTxt'), { code })
        }),
      ).toBe('dns_unavailable')
    },
  )
})
