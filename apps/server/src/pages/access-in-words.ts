import type { Access } from '@keyholder/contract'

/** What an endpoint demands of its caller, as a sentence. */
export function accessInWords(access: Access): string {
  switch (access) {
    case 'public':
      return 'Anybody may call this.'
    case 'any_caller':
      return 'Needs a valid key or session.'
    case 'session':
      return 'For a person who is signed in.'
    case 'begun_session':
      return 'For a person who is signed in, or in the middle of it.'
    case 'fresh_session':
      return 'For a person who has proven everything in the last ten minutes.'
    case 'enrolling_session':
      return 'For a person who has proven everything in the last ten minutes, or who has to set up a second factor first.'
    case 'deployment':
      return "Needs a deployment key: for the deployment's owner alone."
    case 'anyone_with_access':
      return 'For whoever has any access in the account.'
  }
  const where = {
    account: 'over the whole account',
    organization: 'in the organization, or over the whole account where none is named',
    anywhere: 'in at least one organization; it shows and touches only those',
  }[access.at]
  return `Needs \`${access.permission}\` ${where}.`
}
