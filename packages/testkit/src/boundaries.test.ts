import { readFileSync, readdirSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What each part may import, besides itself, and how many files of it there are at the least. */
const parts = [
  { part: 'packages/core', least: 40, may: [] },
  { part: 'packages/contract', least: 15, may: ['zod', '@keyholder/core'] },
  { part: 'packages/world', least: 20, may: ['node:*', 'yaml', '@keyholder/core', '@keyholder/contract'] },
  { part: 'packages/storage', least: 20, may: ['node:*', 'kysely', 'pg', '@keyholder/core'] },
  {
    part: 'packages/mail',
    least: 20,
    may: ['node:*', 'zod', 'nodemailer', 'react', 'react-dom/server', '@react-email/*', '@keyholder/core'],
  },
  {
    part: 'apps/server',
    least: 40,
    may: [
      'node:*',
      '@node-rs/argon2',
      '@node-saml/node-saml',
      '@peculiar/x509',
      '@simplewebauthn/server*',
      '@xmldom/xmldom',
      '@zxcvbn-ts/language-common',
      'ajv',
      'cookie',
      'fastify',
      '@fastify/*',
      'csv-stringify*',
      'ipaddr.js',
      'jose',
      'kysely',
      'openid-client',
      'otpauth',
      'pino',
      'reflect-metadata',
      'tldts',
      'undici',
      'zod',
      '@keyholder/core',
      '@keyholder/contract',
      '@keyholder/mail',
      '@keyholder/storage',
      '@keyholder/world',
    ],
  },
  {
    part: 'apps/cli',
    least: 10,
    may: [
      'node:*',
      '@keyholder/core',
      '@keyholder/contract',
      '@keyholder/storage',
      '@keyholder/world',
      '@keyholder/server',
    ],
  },
] as const

/** Folders of the server that its features share; every other folder is a feature. */
const shared = ['http', 'change', 'access', 'export', 'outgoing', 'session', 'password', 'mfa', 'sealing']

describe.each(parts)('$part', ({ part, least, may }) => {
  const files = sourcesOf(part)

  test('was seen', () => {
    expect(files.length).toBeGreaterThanOrEqual(least)
  })

  test('imports only what lies in its direction', () => {
    const astray = files
      .flatMap((file) => importsOf(file))
      .filter(({ name }) => !isRelative(name) && !may.some((pattern) => matches(name, pattern)))

    expect(astray).toEqual([])
  })

  test('reaches into no other part by a path', () => {
    const astray = files
      .flatMap((file) => importsOf(file))
      .filter(({ file, name }) => isRelative(name) && !within(part, resolve(root, dirname(file), name)))

    expect(astray).toEqual([])
  })
})

describe('the contract', () => {
  test('takes only types from the core', () => {
    const values = sourcesOf('packages/contract')
      .flatMap((file) => importsOf(file))
      .filter(({ name, isType }) => name === '@keyholder/core' && !isType)

    expect(values).toEqual([])
  })
})

describe('a feature of the server', () => {
  test('imports no other feature', () => {
    const astray = sourcesOf('apps/server')
      .flatMap((file) => importsOf(file))
      .filter(({ file, name }) => {
        const [from, to] = [featureOf(file), featureOf(relative(root, resolve(root, dirname(file), name)))]
        return (
          isRelative(name) && from !== undefined && to !== undefined && from !== to && !shared.includes(to)
        )
      })
      .filter(({ file }) => !shared.includes(featureOf(file) ?? ''))

    expect(astray).toEqual([])
  })
})

describe('the testkit', () => {
  test('is imported by tests only', () => {
    const importers = parts
      .flatMap(({ part }) => sourcesOf(part))
      .flatMap((file) => importsOf(file))
      .filter(({ name }) => matches(name, '@keyholder/testkit*'))

    expect(importers).toEqual([])
  })
})

/** The files of a part that run in the product: no tests, and nothing that only tests use. */
function sourcesOf(part: string): readonly string[] {
  return readdirSync(resolve(root, part, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/(\.test|\.fixture)\.tsx?$|(^|[/\\])testing[/\\]/.test(file))
    .map((file) => `${part}/src/${file.split(sep).join('/')}`)
}

interface Import {
  readonly file: string
  readonly name: string
  readonly isType: boolean
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(resolve(root, file), 'utf8')
  const statements = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)
  const calls = text.matchAll(/\bimport\('([^']+)'\)/g)
  return [
    ...[...statements].map(([, type, name = '']) => ({ file, name, isType: type !== undefined })),
    ...[...calls].map(([, name = '']) => ({ file, name, isType: false })),
  ]
}

function isRelative(name: string): boolean {
  return name.startsWith('.')
}

/** `@fastify/*` stands for every name that begins so. */
function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

function within(part: string, path: string): boolean {
  return !relative(resolve(root, part), path).startsWith('..')
}

function featureOf(file: string): string | undefined {
  return /^apps\/server\/src\/([^/]+)\//.exec(file.split(sep).join('/'))?.[1]
}
