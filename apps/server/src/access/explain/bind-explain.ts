import type { z } from 'zod'
import { explainAccess, type Explanation } from '@keyholder/contract'
import { refuse, type OrganizationId } from '@keyholder/core'
import { DatabaseUnavailable } from '@keyholder/storage'
import type { Bind } from '../../http/bind.ts'
import { readAtLeast } from '../question/at-least.ts'
import { explainAsked } from '../question/decide-asked.ts'
import { fromMemory, Needs, type MemoryDeps } from '../question/from-memory.ts'

/** Binds the explanation of an answer, the same that decisions carry on request. */
export function bindExplain(bind: Bind, deps: MemoryDeps): void {
  bind(explainAccess, async ({ account, organization, body, reach, caller }) => {
    const { user, permission, owner, at_least: revisions } = body
    const asked = {
      subject: { type: 'user', id: user },
      permission,
      account: account.id,
      organization,
      owner,
    }
    const atLeast = revisions === undefined ? undefined : readAtLeast(revisions)
    const sees = (place: OrganizationId) => reach.may('grant.view', place)
    const sight = caller.kind === 'operator' ? undefined : { account: account.id, sees }
    const explained = await fromMemory(deps, account.id, (grounds) => {
      const decided = explainAsked(grounds, asked, atLeast, sight)
      return 'kind' in decided ? new Needs().with(decided) : decided
    })
    if (explained.ok) {
      const explanation = explained.value.explanation as z.input<typeof Explanation>
      return { status: 200 as const, body: explanation }
    }
    if (explained.refusal.code === 'revision_unreached') return refuse({ ...explained.refusal })
    throw new DatabaseUnavailable('unreachable', undefined)
  })
}
