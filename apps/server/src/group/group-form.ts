import type { DescribedGroup, ListedGroupMember } from '@keyholder/storage'

/** A group as the API shows it. */
export function groupForm({
  id,
  key,
  name,
  description,
  kind,
  users,
  connections,
  createdAt,
}: DescribedGroup) {
  return { id, key, name, description, kind, users, connections, created_at: createdAt.toISOString() }
}

/** Somebody in a group as the API shows them. */
export function groupMemberForm(member: ListedGroupMember) {
  return {
    type: member.kind,
    id: member.id,
    name: member.name ?? null,
    email: member.kind === 'user' ? member.email : null,
    added_at: member.addedAt.toISOString(),
  }
}
