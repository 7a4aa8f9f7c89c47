import type { Result } from '@keyholder/core'
import type { Outside } from '../../outgoing/outside.ts'
import { discoverProvider, type ProviderMetadata } from './discover.ts'
import type { OidcRefusal } from './oidc-refusal.ts'

/** What providers say of themselves, remembered for a while. */
export interface KnownProviders {
  of(issuer: string): Promise<Result<ProviderMetadata, OidcRefusal>>
  /** Asks again at the next question: something did not fit. */
  forget(issuer: string): void
}

const longest = 5 * 60_000
const most = 500

/**
 * Keeps what providers say of themselves for five minutes, so that a flood of people who start to sign in is not passed
 * on to the provider; those who ask at the same time share one answer. `elapsed` are milliseconds that only grow.
 *
 * Keys are not kept: each sign-in asks for them afresh, so that one that was added counts and one that was withdrawn does not.
 */
export function knownProviders(outside: Outside, elapsed: () => number): KnownProviders {
  const known = new Map<
    string,
    { readonly at: number; readonly answer: Promise<Result<ProviderMetadata, OidcRefusal>> }
  >()

  const askAgain = async (issuer: string): Promise<Result<ProviderMetadata, OidcRefusal>> => {
    const answer = await discoverProvider(outside, issuer)
    if (!answer.ok) known.delete(issuer)
    return answer
  }

  return {
    of(issuer) {
      const found = known.get(issuer)
      if (found && elapsed() - found.at < longest) return found.answer

      known.delete(issuer)
      const [oldest] = known.keys()
      if (known.size >= most && oldest !== undefined) known.delete(oldest)
      const answer = askAgain(issuer)
      known.set(issuer, { at: elapsed(), answer })
      return answer
    },
    forget(issuer) {
      known.delete(issuer)
    },
  }
}
