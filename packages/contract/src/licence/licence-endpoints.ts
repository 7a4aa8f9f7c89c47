import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { exported, exportFormat } from '../export.ts'
import { line, naming, text } from '../reference.ts'

const path = '/api/v1/accounts/{account}'
const seatReason = z.enum(['member', 'restricted', 'single_customer', 'external', 'suspended'])

export const Licence = z
  .strictObject({
    assets_licensed: z.int().nullable(),
    assets_in_use: z.int().describe('Over all organizations, as the host product last reported them'),
    seats_licensed: z.int().nullable(),
    renews_on: z.iso.date().nullable(),
    seats: z.strictObject({
      billed: z.int(),
      by_reason: z.record(seatReason, z.int()),
    }),
  })
  .meta({ id: 'Licence' })

export const getLicence = endpoint({
  id: 'licence.get',
  method: 'GET',
  path: `${path}/licence`,
  summary: 'Read the licence: assets and seats, licensed and in use',
  access: { permission: 'account.manage_licence', at: 'account' },
  answers: { 200: Licence },
  problems: [],
})

export const updateLicence = endpoint({
  id: 'licence.update',
  method: 'PATCH',
  path: `${path}/licence`,
  summary: 'Change what is licensed',
  access: { permission: 'account.manage_licence', at: 'account' },
  body: z.strictObject({
    assets_licensed: z.int().min(0).nullable().optional(),
    seats_licensed: z.int().min(0).nullable().optional(),
    renews_on: z.iso.date().nullable().optional(),
  }),
  answers: { 200: Licence },
  problems: [],
  edits: true,
})

export const listSeats = endpoint({
  id: 'licence.seats',
  method: 'GET',
  path: `${path}/seats`,
  summary: 'Every seat with its reason',
  description: 'People who come through a connection take none and are not listed.',
  access: { permission: 'account.manage_licence', at: 'account' },
  query: z.strictObject({ format: exportFormat }),
  answers: { 200: exported },
  problems: [],
})

export const reportAssets = endpoint({
  id: 'licence.report_assets',
  method: 'PUT',
  path: `${path}/assets`,
  summary: 'Report how many assets each organization has',
  description: 'Sent by the host product; all counts are taken over, or none.',
  access: 'deployment',
  body: z.strictObject({
    organizations: z
      .array(z.strictObject({ organization: naming('organization'), assets: z.int().min(0) }))
      .min(1)
      .max(10_000),
  }),
  answers: { 200: z.strictObject({ assets_in_use: z.int() }) },
  problems: ['reference_unknown'],
})

const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country’s two capital letters (ISO 3166)')

export const Entity = z
  .strictObject({
    legal_name: line(200).nullable(),
    address: text(1000).nullable(),
    country: country.nullable(),
    tax_id: z
      .string()
      .trim()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9 ./-]{2,38}[A-Za-z0-9]$/,
        'must be 4–40 letters, digits, spaces, `.`, `/` or `-`',
      )
      .nullable(),
    contact_name: line(200).nullable(),
    contact_email: z.email().max(320).nullable(),
  })
  .meta({ id: 'Entity' })

export const getEntity = endpoint({
  id: 'entity.get',
  method: 'GET',
  path: `${path}/entity`,
  summary: 'Read the legal entity that the account is licensed to',
  access: { permission: 'account.manage_entity', at: 'account' },
  answers: { 200: Entity },
  problems: [],
})

export const updateEntity = endpoint({
  id: 'entity.update',
  method: 'PATCH',
  path: `${path}/entity`,
  summary: 'Change the legal entity',
  access: { permission: 'account.manage_entity', at: 'account' },
  body: Entity.partial(),
  answers: { 200: Entity },
  problems: [],
  edits: true,
})

export const licenceEndpoints = [getLicence, updateLicence, listSeats, reportAssets, getEntity, updateEntity]
