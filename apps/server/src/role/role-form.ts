import type { DescribedRole } from '@keyholder/storage'

/** A role as the API shows it. */
export function roleForm({
  id,
  key,
  name,
  description,
  builtIn,
  permissions,
  organizations,
  grants,
  createdAt,
}: DescribedRole) {
  return {
    id,
    key,
    name,
    description,
    built_in: builtIn,
    permissions: [...permissions],
    organizations: organizations ? [...organizations] : null,
    grants,
    created_at: createdAt?.toISOString() ?? null,
  }
}
