/** The texts in English; the other languages have the same ones, with the same slots. */
export const en = {
  greeting: 'Hello {name},',
  greetingAnybody: 'Hello,',
  buttonFails: 'If the button does not work, open this address in your browser:',
  sentBy: 'Sent by {product}, {host}.',
  open: 'Open {product}',
  ignore: 'If you did not ask for this, ignore this mail: nothing changes.',
  notYou:
    'If this was not you, change your password at once, end your other sessions, and tell an administrator of your account.',
  linkUntil: 'The link works once, until {date}.',
  personWithEmail: '{name} ({email})',
  roleUntil: '{role}, until {date}',
  organizationIn: '{organization} ({account})',
  colon: '{label}: {value}',

  fact: {
    account: 'Account',
    by: 'By',
    from: 'From',
    groups: 'Groups',
    label: 'Name',
    maximum: 'Maximum role',
    method: 'Sign-in method',
    newEmail: 'New address',
    organization: 'Organization',
    person: 'Person',
    purpose: 'Purpose',
    reason: 'Reason',
    role: 'Role',
    support: 'Support staff',
    time: 'Time',
    until: 'Until',
    wholeAccount: 'The whole account',
  },

  method: {
    security_key: 'Security key',
    passkey: 'Passkey',
    totp: 'Authenticator app',
    recovery_codes: 'Recovery codes',
  },

  invitation: {
    subject: 'Invitation to join {account}',
    subjectBy: 'Invitation to join {account} by {inviter}',
    heading: 'Join {account}',
    lead: 'You are invited to join {account}.',
    leadBy: '{inviter} invites you to join {account}.',
    external:
      'You sign in with a login of your own; {account} becomes one more account that you can switch to.',
    offered: 'Once you accept, you have:',
    nothingOffered: 'Once you accept, you can sign in; access is given to you afterwards.',
    button: 'View the invitation',
    until: 'You can accept or decline until {date}. Nothing is accepted by opening the link.',
    resent: 'This mail replaces an earlier one, whose link no longer works.',
    personal: 'The link is meant for you alone: please do not forward this mail.',
    ignore: 'If you do not know why you got this invitation, ignore this mail: nothing changes.',
  },

  roleBound: {
    subject: 'You now have access to {place}',
    lead: '{by} gave you a role. It counts from now on; there is nothing to accept.',
    leadAnybody: 'You were given a role. It counts from now on; there is nothing to accept.',
    leave: 'You can leave {account} at any time in your own settings.',
  },

  connectionOffer: {
    button: 'View the connection',
    proposal: {
      subject: '{from} offers {account} a connection',
      lead: 'People of {account} could then work in the account of {from}, within the limits below.',
      next: 'Any administrator of {account} can accept, decline, or answer with something narrower. Until then nobody gets in.',
    },
    counter: {
      subject: '{from} answers your offer of a connection with narrower terms',
      lead: 'Instead of what {account} offered, {from} suggests the terms below.',
      next: 'Any administrator of {account} can accept or decline. Until then nobody gets in.',
    },
    widening: {
      subject: '{from} asks to widen the connection with {account}',
      lead: 'The connection between {account} and {from} would allow more than it does today.',
      next: 'Any administrator of {account} can accept or decline. Until then the present terms hold.',
    },
  },

  connectionChanged: {
    accepted: {
      subject: '{from} accepted the connection with {account}',
      lead: 'The connection counts from now on, within the terms that both sides agreed on.',
    },
    declined: {
      subject: '{from} declined the connection with {account}',
      lead: 'What was offered is off the table; a new offer can be made at any time.',
    },
    paused: {
      subject: '{from} paused the connection with {account}',
      lead: 'Nobody gets in through it until {from} resumes it. The agreed terms are kept.',
    },
    resumed: {
      subject: '{from} resumed the connection with {account}',
      lead: 'It counts again from now on, within the same terms as before.',
    },
    ended: {
      subject: '{from} ended the connection with {account}',
      lead: 'Nobody gets in through it any more. What was open was cut off at once.',
    },
  },

  emailVerification: {
    subject: 'Confirm your e-mail address',
    lead: 'Please confirm that this address is yours, so that you can use it at {product}.',
    button: 'Confirm the address',
  },

  passwordReset: {
    subject: 'Reset your password',
    lead: 'A new password was asked for, for your login at {product}.',
    button: 'Choose a new password',
    ignore: 'If you did not ask for this, ignore this mail: your password stays as it is.',
  },

  passwordChanged: {
    subject: 'Your password was changed',
    lead: 'The password of your login at {product} was changed.',
  },

  emailChangeConfirmation: {
    subject: 'Confirm your new e-mail address',
    lead: 'This address is to become the one that you sign in with at {product}.',
    button: 'Confirm the new address',
  },

  emailChangeNotice: {
    asked: {
      subject: 'Your e-mail address is about to change',
      lead: 'Another address was asked for, for your login at {product}. It counts once it is confirmed from there.',
    },
    done: {
      subject: 'Your e-mail address was changed',
      lead: 'Your login at {product} has another address from now on; this one is no longer used.',
    },
  },

  mfaAdded: {
    subject: 'A sign-in method was added to your login',
    lead: 'Your login at {product} has one more way to prove that it is you.',
  },

  mfaRemoved: {
    subject: 'A sign-in method was removed from your login',
    lead: 'Your login at {product} no longer takes the sign-in method below.',
  },

  mfaReset: {
    subject: 'Your sign-in methods were reset',
    lead: 'An administrator of {account} removed all additional sign-in methods from your login at {product}.',
    next: 'Where one is required, you are asked to set it up at your next sign-in.',
  },

  recoveryCodeUsed: {
    subject: 'A recovery code was used',
    lead: 'Somebody signed in to your login at {product} with one of its recovery codes.',
    remaining: {
      one: '{count} recovery code is left.',
      other: '{count} recovery codes are left.',
    },
    noneLeft: 'No recovery code is left.',
    makeNew: 'Make new ones in your own settings before you need them.',
  },

  accessRequested: {
    subject: '{person} asks for access to {organization}',
    lead: '{person} asks for access to {organization}.',
    next: 'Whoever may grant this can approve it, with a role and an end, or decline it.',
  },

  accessRequestApproved: {
    subject: 'You now have access to {organization}',
    lead: 'What you asked for was approved, and counts from now on.',
  },

  accessRequestDeclined: {
    subject: 'No access to {organization}',
    lead: 'Your request for access to {organization} was declined.',
  },

  supportAccessBegun: {
    subject: 'Support entered {account}',
    lead: 'Somebody of the support staff of {product} entered your account.',
    next: 'All that they do stands in your activity log. You can end this at any time, or disable support access altogether.',
  },

  supportAccessEnded: {
    subject: 'Support left {account}',
    operator: 'The support staff ended its access to your account.',
    account: 'The access of the support staff was ended by your account.',
    expiry: 'The time of the support staff in your account is over.',
    next: 'All that was done stands in your activity log.',
  },
} as const
