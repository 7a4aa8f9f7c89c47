/** Why a world is not imported. */
export type ImportRefusal =
  | { readonly code: 'blueprint_differs'; readonly deployment: string; readonly world: string }
  | { readonly code: 'address_taken'; readonly email: string; readonly account: string }
  /** Law 6: a superuser who is there may be followed by another, not by nobody. */
  | { readonly code: 'last_superuser'; readonly account: string }
  | { readonly code: 'account_made_meanwhile'; readonly account: string }
  /** Something else of the account has the name, as two roles that change theirs with each other. */
  | { readonly code: 'name_taken'; readonly account: string; readonly detail: string }

/** The refusal as a sentence for who runs the import: what is wrong, then what to do. */
export function importSentence(refusal: ImportRefusal): string {
  switch (refusal.code) {
    case 'blueprint_differs':
      return `This deployment runs on the blueprint \`${refusal.deployment}\`, and the world is written for ${refusal.deployment === refusal.world ? 'another of that name' : `\`${refusal.world}\``}: use the same blueprint, or another database.`
    case 'address_taken':
      return `\`${refusal.email}\` is the address of somebody in the account \`${refusal.account}\`: give the person in the world another address, or their home there.`
    case 'last_superuser':
      return `The account \`${refusal.account}\` would be left without an active superuser: name one in the world.`
    case 'account_made_meanwhile':
      return `The account \`${refusal.account}\` was made by somebody else at this moment: import the world again.`
    case 'name_taken':
      return `The account \`${refusal.account}\` cannot be brought to this state in one step (${refusal.detail}): rename what is in the way first.`
  }
}
