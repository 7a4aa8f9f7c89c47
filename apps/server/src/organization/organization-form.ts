import type { Organization } from '@keyholder/storage'

/** An organization as the API shows it. */
export function organizationForm({ id, key, name, assets, createdAt }: Organization) {
  return { id, key, name, assets, created_at: createdAt.toISOString() }
}
