import type { ApiKey } from '@keyholder/storage'

/** A key as the API shows it: everything but the secret, which nobody has. */
export function keyForm({ id, name, hint, scopes, madeBy, endsAt, lastUsedAt, createdAt }: ApiKey) {
  return {
    id,
    name,
    hint,
    scopes: [...scopes],
    made_by: madeBy ?? null,
    ends_at: endsAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
    created_at: createdAt.toISOString(),
  }
}
