import { CompactEncrypt } from 'jose'
import { describe, expect, test } from 'vitest'
import { newSealingKey, sealingKeys } from './sealing-key.ts'
import { Sealing, Unsealable } from './sealing.ts'

const oldKey = newSealingKey()
const newKey = newSealingKey()
const sealing = new Sealing(sealingKeys([oldKey]))
const rotated = new Sealing(sealingKeys([newKey, oldKey]))
const ann = { purpose: 'totp_secret', owner: 'mft_ann' } as const

describe('a sealed secret', () => {
  test('opens for what it was sealed for', async () => {
    const sealed = await sealing.seal('JBSWY3DPEHPK3PXP', ann)

    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP')
    expect(await sealing.open(sealed, ann)).toBe('JBSWY3DPEHPK3PXP')
  })

  test('is never twice the same', async () => {
    expect(await sealing.seal('x', ann)).not.toBe(await sealing.seal('x', ann))
  })

  test.each([
    { why: 'for somebody else', what: { ...ann, owner: 'mft_bob' } },
    { why: 'for another purpose', what: { ...ann, purpose: 'sso_client_secret' } as const },
  ])('does not open $why', async ({ what }) => {
    const sealed = await sealing.seal('JBSWY3DPEHPK3PXP', ann)

    await expect(sealing.open(sealed, what)).rejects.toThrow(Unsealable)
  })

  test('does not open after any part of it was changed', async () => {
    const sealed = await sealing.seal('JBSWY3DPEHPK3PXP', ann)
    const header = Buffer.from(
      JSON.stringify({
        ...(JSON.parse(Buffer.from(sealed.split('.')[0] ?? '', 'base64url').toString()) as object),
        owner: 'mft_bob',
      }),
    ).toString('base64url')
    const parts = sealed.split('.')
    const changed = [
      [header, ...parts.slice(1)].join('.'),
      ...[2, 3, 4].map((at) => parts.map((part, index) => (index === at ? flip(part) : part)).join('.')),
      parts.slice(0, 4).join('.'),
      '',
    ]

    for (const other of changed) {
      await expect(sealing.open(other, ann)).rejects.toThrow(Unsealable)
      await expect(sealing.open(other, { ...ann, owner: 'mft_bob' })).rejects.toThrow(Unsealable)
    }
  })

  test('opens after the keys were rotated, and is sealed again with the new one', async () => {
    const sealed = await sealing.seal('JBSWY3DPEHPK3PXP', ann)

    expect(await rotated.open(sealed, ann)).toBe('JBSWY3DPEHPK3PXP')
    expect(rotated.needsResealing(sealed)).toBe(true)
    const again = await rotated.seal('JBSWY3DPEHPK3PXP', ann)
    expect(rotated.needsResealing(again)).toBe(false)
    await expect(sealing.open(again, ann)).rejects.toThrow(Unsealable)
  })

  test('is taken in no other way than it is made', async () => {
    const [key] = sealingKeys([oldKey])
    if (!key) throw new Error('no key')
    const header = { kid: key.id, ...ann }
    const plaintext = new TextEncoder().encode('JBSWY3DPEHPK3PXP')
    const otherwise = [
      await new CompactEncrypt(plaintext)
        .setProtectedHeader({ alg: 'A256GCMKW', enc: 'A256GCM', ...header })
        .encrypt(key.bytes),
      await new CompactEncrypt(plaintext)
        .setProtectedHeader({ alg: 'dir', enc: 'A128CBC-HS256', ...header })
        .encrypt(key.bytes),
    ]

    for (const sealed of otherwise) await expect(sealing.open(sealed, ann)).rejects.toThrow(Unsealable)
  })
})

test('a key is 32 bytes of base64url', () => {
  expect(() => sealingKeys(['short'])).toThrow('32 bytes')
  expect(() => sealingKeys([`${oldKey}=`])).toThrow('32 bytes')
  expect(() => new Sealing([])).toThrow('needs a key')
})

function flip(part: string): string {
  return (part.startsWith('A') ? 'B' : 'A') + part.slice(1)
}
