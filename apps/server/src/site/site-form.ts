import type { Site } from '@keyholder/storage'

/** A site as the API shows it. */
export function siteForm({ id, organization, key, name, createdAt }: Site) {
  return { id, organization, key, name, created_at: createdAt.toISOString() }
}
