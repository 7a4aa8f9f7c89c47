import { stateOf, type AccessRequestState } from '@keyholder/core'
import type { DescribedAccessRequest } from '@keyholder/storage'

/** A request for access as the API shows it, to whoever asks and to whoever answers. */
export function accessRequestForm({ request, account, organization, person }: DescribedAccessRequest) {
  const { place, settled } = request
  return {
    id: request.id,
    account: { id: request.account, ...account },
    user: { id: request.user, email: person.email, name: person.name ?? null },
    organization:
      place.kind === 'organization' && organization ? { id: place.organization, ...organization } : null,
    wants: place.kind === 'words' ? place.words : null,
    message: request.message,
    state: stateOf(request),
    created_at: new Date(request.createdAt).toISOString(),
    settled_at: settled ? new Date(settled.at).toISOString() : null,
    settled_by: settled?.by ?? null,
    answer: (settled && 'answer' in settled ? settled.answer : undefined) ?? null,
    grant: settled?.state === 'approved' ? settled.grant : null,
  }
}

/** The states that a filter lets through; all of them where left out. */
export function statesWanted(state: AccessRequestState | 'any'): readonly AccessRequestState[] | undefined {
  return state === 'any' ? undefined : [state]
}
