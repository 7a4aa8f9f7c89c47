import type { SeatCount } from '@keyholder/core'
import type { Account } from '@keyholder/storage'

interface Licensed {
  readonly assets_licensed: number | null
  readonly seats_licensed: number | null
  readonly renews_on: string | null
}

interface Entity {
  readonly legal_name: string | null
  readonly address: string | null
  readonly country: string | null
  readonly tax_id: string | null
  readonly contact_name: string | null
  readonly contact_email: string | null
}

const nothingLicensed: Licensed = { assets_licensed: null, seats_licensed: null, renews_on: null }
const nobody: Entity = {
  legal_name: null,
  address: null,
  country: null,
  tax_id: null,
  contact_name: null,
  contact_email: null,
}

export function licensedOf({ licence }: Pick<Account, 'licence'>): Licensed {
  return { ...nothingLicensed, ...(licence as Partial<Licensed>) }
}

export function entityOf({ entity }: Pick<Account, 'entity'>): Entity {
  return { ...nobody, ...(entity as Partial<Entity>) }
}

/** A licence as the API shows it: what is licensed beside what is in use. */
export function licenceForm(account: Account, assetsInUse: number, { billed, byReason }: SeatCount) {
  const { assets_licensed, seats_licensed, renews_on } = licensedOf(account)
  return {
    assets_licensed,
    assets_in_use: assetsInUse,
    seats_licensed,
    renews_on,
    seats: { billed, by_reason: { ...byReason } },
  }
}
