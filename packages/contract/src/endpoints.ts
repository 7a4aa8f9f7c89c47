import type { Endpoint } from './endpoint.ts'
import { organizationEndpoints } from './organization/organization-endpoints.ts'

/** Every endpoint by feature, in the order in which the reference shows them. */
export const endpointsByFeature: Readonly<Record<string, readonly Endpoint[]>> = {
  Organizations: organizationEndpoints,
}

export const endpoints: readonly Endpoint[] = Object.values(endpointsByFeature).flat()
