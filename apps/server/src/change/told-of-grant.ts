import type { Grant } from '@keyholder/core'
import { momentForm } from '../http/moment-form.ts'

/** What the log tells of a grant. */
export function toldOfGrant({ subject, role, organization, startsAt, endsAt }: Grant) {
  return {
    subject: { type: subject.kind, id: subject.id },
    role: role ?? null,
    organization: organization ?? null,
    starts_at: momentForm(startsAt),
    ends_at: momentForm(endsAt),
  }
}
