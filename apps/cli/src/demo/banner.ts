import type { DemoFile } from './demo-file.ts'

export interface Started {
  readonly url: string
  readonly blueprint: string
  readonly database: string
  readonly demo?: { readonly file: string; readonly contents: DemoFile } | undefined
}

/** What somebody who started a node by hand reads: where to look, and how to stop. */
export function banner({ url, blueprint, database, demo }: Started): string {
  const rows = [
    ['Start page', `${url}/`],
    ['API reference', `${url}/docs/api`],
    ['Blueprint', blueprint],
    ['Database', database],
    ...(demo
      ? [
          ['Accounts', accountsLine(demo.contents)] as const,
          ['Keys, people', demo.file] as const,
          ['Signing in', 'with the passwords in that file; see docs/guides/sign-in.md'] as const,
        ]
      : []),
  ]
  const lines = rows.map(([name = '', value]) => `  ${name.padEnd(14)}${value}`)
  return ['', `Keyholder runs at ${url}`, '', ...lines, '', '  Stop it with ctrl-C.', ''].join('\n') + '\n'
}

function accountsLine({ accounts, users }: DemoFile): string {
  const slugs = Object.keys(accounts)
  const shown = slugs.length > 6 ? `${slugs.slice(0, 6).join(', ')}, …` : slugs.join(', ')
  return `${shown} (${Object.keys(users).length} people)`
}
