import { Resolver } from 'node:dns/promises'

/** Asks for the texts at a name in DNS; each comes in the pieces that it is kept in. */
export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>

/** Asks the servers that this machine is set up with, for at most six seconds each time. */
export function resolveTxtByDns(): ResolveTxt {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  return (name) => resolver.resolveTxt(name)
}
