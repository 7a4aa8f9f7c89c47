import type { Bounds } from '../../grant/grant.ts'
import type { GrantId } from '../../id.ts'
import { always, type GrantRow } from './grant-columns.ts'
import { GrowingColumn } from './growing-column.ts'

/** Grants as they come, in any order, before they are put into columns. */
export class StagedGrants {
  readonly ids: GrantId[] = []
  readonly subjects = new GrowingColumn()
  readonly roles = new GrowingColumn()
  readonly organizations = new GrowingColumn()
  readonly bounds = new Map<number, Bounds>()

  push({ id, subject, role, organization, bounds }: GrantRow): void {
    if (bounds !== always) this.bounds.set(this.ids.length, bounds)
    this.ids.push(id)
    this.subjects.push(subject)
    this.roles.push(role)
    this.organizations.push(organization)
  }
}
