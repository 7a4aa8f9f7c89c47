import type { DescribedGrant } from '@keyholder/storage'
import { momentForm } from '../http/moment-form.ts'

/** A grant as the API shows it. */
export function grantForm({ grant, subjectName, organizationName, createdAt }: DescribedGrant) {
  const { id, subject, role, organization, startsAt, endsAt } = grant
  return {
    id,
    subject: { type: subject.kind, id: subject.id, name: subjectName },
    role: role ?? null,
    organization: organization === undefined ? null : { id: organization, name: organizationName ?? '' },
    starts_at: momentForm(startsAt),
    ends_at: momentForm(endsAt),
    created_at: createdAt.toISOString(),
  }
}
