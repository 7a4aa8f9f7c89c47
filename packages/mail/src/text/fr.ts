import type { Translation } from './translation.ts'

export const fr: Translation = {
  greeting: 'Bonjour {name},',
  greetingAnybody: 'Bonjour,',
  buttonFails: 'Si le bouton ne fonctionne pas, ouvrez cette adresse dans votre navigateur :',
  sentBy: 'Envoyé par {product}, {host}.',
  open: 'Ouvrir {product}',
  ignore: 'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message : rien ne change.',
  notYou:
    'Si ce n’était pas vous, changez immédiatement votre mot de passe, fermez vos autres sessions et prévenez un administrateur de votre compte.',
  linkUntil: 'Le lien fonctionne une seule fois, jusqu’au {date}.',
  personWithEmail: '{name} ({email})',
  roleUntil: '{role}, jusqu’au {date}',
  organizationIn: '{organization} ({account})',
  colon: '{label} : {value}',

  fact: {
    account: 'Compte',
    by: 'Par',
    from: 'De',
    groups: 'Groupes',
    label: 'Nom',
    maximum: 'Rôle maximal',
    method: 'Méthode de connexion',
    newEmail: 'Nouvelle adresse',
    organization: 'Organisation',
    person: 'Personne',
    purpose: 'Objet',
    reason: 'Motif',
    role: 'Rôle',
    support: 'Support',
    time: 'Date',
    until: 'Jusqu’au',
    wholeAccount: 'Tout le compte',
  },

  method: {
    security_key: 'Clé de sécurité',
    passkey: 'Clé d’accès',
    totp: 'Application d’authentification',
    recovery_codes: 'Codes de récupération',
  },

  invitation: {
    subject: 'Invitation à rejoindre {account}',
    subjectBy: 'Invitation à rejoindre {account} de la part de {inviter}',
    heading: 'Rejoindre {account}',
    lead: 'Vous êtes invité(e) à rejoindre {account}.',
    leadBy: '{inviter} vous invite à rejoindre {account}.',
    external:
      'Vous vous connectez avec votre propre identifiant ; {account} devient un compte de plus vers lequel vous pouvez basculer.',
    offered: 'Une fois l’invitation acceptée, vous aurez :',
    nothingOffered:
      'Une fois l’invitation acceptée, vous pourrez vous connecter ; les accès vous seront donnés ensuite.',
    button: 'Voir l’invitation',
    until: 'Vous pouvez accepter ou refuser jusqu’au {date}. Ouvrir le lien n’engage à rien.',
    resent: 'Ce message en remplace un précédent, dont le lien ne fonctionne plus.',
    personal: 'Ce lien vous est réservé : merci de ne pas transférer ce message.',
    ignore:
      'Si vous ne savez pas pourquoi vous recevez cette invitation, ignorez ce message : rien ne change.',
  },

  roleBound: {
    subject: 'Vous avez maintenant accès à {place}',
    lead: '{by} vous a donné un rôle. Il vaut dès maintenant ; vous n’avez rien à accepter.',
    leadAnybody: 'Un rôle vous a été donné. Il vaut dès maintenant ; vous n’avez rien à accepter.',
    leave: 'Vous pouvez quitter {account} à tout moment dans vos paramètres personnels.',
  },

  connectionOffer: {
    button: 'Voir la connexion',
    proposal: {
      subject: '{from} propose une connexion à {account}',
      lead: 'Des personnes de {account} pourraient alors travailler dans le compte de {from}, dans les limites ci-dessous.',
      next: 'Tout administrateur de {account} peut accepter, refuser ou répondre par une proposition plus restreinte. D’ici là, personne n’a accès.',
    },
    counter: {
      subject: '{from} répond à votre proposition de connexion par des conditions plus restreintes',
      lead: 'Au lieu de ce que {account} a proposé, {from} suggère les conditions ci-dessous.',
      next: 'Tout administrateur de {account} peut accepter ou refuser. D’ici là, personne n’a accès.',
    },
    widening: {
      subject: '{from} demande à élargir la connexion avec {account}',
      lead: 'La connexion entre {account} et {from} permettrait plus qu’aujourd’hui.',
      next: 'Tout administrateur de {account} peut accepter ou refuser. D’ici là, les conditions actuelles restent valables.',
    },
  },

  connectionChanged: {
    accepted: {
      subject: '{from} a accepté la connexion avec {account}',
      lead: 'La connexion vaut dès maintenant, dans les conditions convenues par les deux parties.',
    },
    declined: {
      subject: '{from} a refusé la connexion avec {account}',
      lead: 'La proposition est abandonnée ; une nouvelle peut être faite à tout moment.',
    },
    paused: {
      subject: '{from} a suspendu la connexion avec {account}',
      lead: 'Personne ne peut entrer par elle tant que {from} ne l’a pas rétablie. Les conditions convenues sont conservées.',
    },
    resumed: {
      subject: '{from} a rétabli la connexion avec {account}',
      lead: 'Elle vaut de nouveau dès maintenant, dans les mêmes conditions qu’avant.',
    },
    ended: {
      subject: '{from} a mis fin à la connexion avec {account}',
      lead: 'Plus personne ne peut entrer par elle. Ce qui était ouvert a été coupé aussitôt.',
    },
  },

  emailVerification: {
    subject: 'Confirmez votre adresse e-mail',
    lead: 'Merci de confirmer que cette adresse est la vôtre, afin de pouvoir l’utiliser sur {product}.',
    button: 'Confirmer l’adresse',
  },

  passwordReset: {
    subject: 'Réinitialisez votre mot de passe',
    lead: 'Un nouveau mot de passe a été demandé pour votre identifiant sur {product}.',
    button: 'Choisir un nouveau mot de passe',
    ignore:
      'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message : votre mot de passe reste inchangé.',
  },

  passwordChanged: {
    subject: 'Votre mot de passe a été modifié',
    lead: 'Le mot de passe de votre identifiant sur {product} a été modifié.',
  },

  emailChangeConfirmation: {
    subject: 'Confirmez votre nouvelle adresse e-mail',
    lead: 'Cette adresse doit devenir celle avec laquelle vous vous connectez à {product}.',
    button: 'Confirmer la nouvelle adresse',
  },

  emailChangeNotice: {
    asked: {
      subject: 'Votre adresse e-mail va changer',
      lead: 'Une autre adresse a été demandée pour votre identifiant sur {product}. Elle vaudra dès qu’elle aura été confirmée depuis sa messagerie.',
    },
    done: {
      subject: 'Votre adresse e-mail a changé',
      lead: 'Votre identifiant sur {product} a désormais une autre adresse ; celle-ci n’est plus utilisée.',
    },
  },

  mfaAdded: {
    subject: 'Une méthode de connexion a été ajoutée à votre identifiant',
    lead: 'Votre identifiant sur {product} dispose d’un moyen de plus pour prouver que c’est bien vous.',
  },

  mfaRemoved: {
    subject: 'Une méthode de connexion a été retirée de votre identifiant',
    lead: 'Votre identifiant sur {product} n’accepte plus la méthode ci-dessous.',
  },

  mfaReset: {
    subject: 'Vos méthodes de connexion ont été réinitialisées',
    lead: 'Un administrateur de {account} a retiré toutes les méthodes de connexion supplémentaires de votre identifiant sur {product}.',
    next: 'Là où il en faut une, vous serez invité(e) à la configurer à votre prochaine connexion.',
  },

  recoveryCodeUsed: {
    subject: 'Un code de récupération a été utilisé',
    lead: 'Quelqu’un s’est connecté à {product} avec l’un de vos codes de récupération.',
    remaining: {
      one: 'Il reste {count} code de récupération.',
      many: 'Il reste {count} de codes de récupération.',
      other: 'Il reste {count} codes de récupération.',
    },
    noneLeft: 'Il ne reste aucun code de récupération.',
    makeNew: 'Créez-en de nouveaux dans vos paramètres personnels avant d’en avoir besoin.',
  },

  accessRequested: {
    subject: '{person} demande l’accès à {organization}',
    lead: '{person} demande l’accès à {organization}.',
    next: 'Toute personne habilitée peut l’approuver, avec un rôle et une date de fin, ou la refuser.',
  },

  accessRequestApproved: {
    subject: 'Vous avez maintenant accès à {organization}',
    lead: 'Votre demande a été approuvée ; l’accès vaut dès maintenant.',
  },

  accessRequestDeclined: {
    subject: 'Accès refusé à {organization}',
    lead: 'Votre demande d’accès à {organization} a été refusée.',
  },

  supportAccessBegun: {
    subject: 'Le support est entré dans {account}',
    lead: 'Un membre du support de {product} est entré dans votre compte.',
    next: 'Tout ce qu’il fait figure dans votre journal d’activité. Vous pouvez y mettre fin à tout moment, ou désactiver entièrement l’accès du support.',
  },

  supportAccessEnded: {
    subject: 'Le support a quitté {account}',
    operator: 'Le support a mis fin à son accès à votre compte.',
    account: 'L’accès du support a été interrompu par votre compte.',
    expiry: 'Le temps accordé au support dans votre compte est écoulé.',
    next: 'Tout ce qui a été fait figure dans votre journal d’activité.',
  },
}
