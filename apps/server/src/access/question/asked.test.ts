import { describe, expect, test } from 'vitest'
import { resolveBlueprint } from '@keyholder/core'
import { readAsked, type AskedResource } from './asked.ts'

const resolved = resolveBlueprint({
  name: 'Inventory',
  resources: { asset: { actions: { view: 'View', tag: 'Tag' } } },
  roles: {},
})
if (!resolved.ok) throw new Error('the blueprint is sound')
const blueprint = resolved.value

const subject = { type: 'user', id: 'dana' }
const asked = (name: string, resource: AskedResource) =>
  readAsked(blueprint, { subject, action: { name }, resource })

describe('a question in the form of AuthZEN', () => {
  test('names the permission by the type of the resource and the action', () => {
    const resource = { type: 'asset', id: '7', properties: { organization: 'contoso/rome', owner: 'erik' } }
    expect(asked('tag', resource)).toEqual({
      subject,
      permission: 'asset.tag',
      account: undefined,
      organization: 'contoso/rome',
      owner: 'erik',
    })
  })

  test.each([
    { resource: { type: 'organization', id: 'contoso/rome' }, place: { organization: 'contoso/rome' } },
    { resource: { type: 'account', id: 'contoso' }, place: { account: 'contoso' } },
    { resource: { type: 'account', id: '*' }, place: {} },
    { resource: { type: 'asset', id: 'contoso/rome' }, place: {} },
    {
      resource: { type: 'organization', id: '*', properties: { account: 'contoso' } },
      place: { account: 'contoso' },
    },
    {
      resource: { type: 'organization', id: 'milan', properties: { organization: 'contoso/rome' } },
      place: { organization: 'contoso/rome' },
    },
    {
      resource: { type: 'organization', id: 'rome', properties: { account: 'contoso' } },
      place: { account: 'contoso', perhaps: 'rome' },
    },
  ])('is about $place where the resource is $resource', ({ resource, place }) => {
    expect(asked('view', resource)).toMatchObject({ account: undefined, organization: undefined, ...place })
  })

  test('about something of the account leaves aside which organization is to come', () => {
    const resource = { type: 'organization', id: 'a-new-one', properties: { account: 'contoso' } }
    expect(asked('create', resource)).toMatchObject({ account: 'contoso', organization: undefined })
  })

  test('may name a whole permission on an organization, as searches do', () => {
    expect(asked('asset.tag', { type: 'organization', id: 'contoso/rome' }).permission).toBe('asset.tag')
    expect(asked('asset.tag', { type: 'asset', id: '7' }).permission).toBe('asset.asset.tag')
  })
})
