import type { Translation } from './translation.ts'

export const de: Translation = {
  greeting: 'Guten Tag {name},',
  greetingAnybody: 'Guten Tag,',
  buttonFails: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse im Browser:',
  sentBy: 'Gesendet von {product}, {host}.',
  open: '{product} öffnen',
  ignore: 'Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Es ändert sich nichts.',
  notYou:
    'Falls Sie das nicht waren, ändern Sie sofort Ihr Passwort, beenden Sie Ihre anderen Sitzungen und informieren Sie einen Administrator Ihres Accounts.',
  linkUntil: 'Der Link funktioniert einmal, bis {date}.',
  personWithEmail: '{name} ({email})',
  roleUntil: '{role}, bis {date}',
  organizationIn: '{organization} ({account})',
  colon: '{label}: {value}',

  fact: {
    account: 'Account',
    by: 'Durch',
    from: 'Von',
    groups: 'Gruppen',
    label: 'Name',
    maximum: 'Höchste Rolle',
    method: 'Anmeldeverfahren',
    newEmail: 'Neue Adresse',
    organization: 'Organisation',
    person: 'Person',
    purpose: 'Zweck',
    reason: 'Grund',
    role: 'Rolle',
    support: 'Support',
    time: 'Zeitpunkt',
    until: 'Bis',
    wholeAccount: 'Der ganze Account',
  },

  method: {
    security_key: 'Sicherheitsschlüssel',
    passkey: 'Passkey',
    totp: 'Authenticator-App',
    recovery_codes: 'Wiederherstellungscodes',
  },

  invitation: {
    subject: 'Einladung zu {account}',
    subjectBy: 'Einladung zu {account} von {inviter}',
    heading: 'Einladung zu {account}',
    lead: 'Sie sind zu {account} eingeladen.',
    leadBy: '{inviter} lädt Sie zu {account} ein.',
    external:
      'Sie melden sich mit Ihrer eigenen Anmeldung an; {account} wird ein weiterer Account, in den Sie wechseln können.',
    offered: 'Nach der Annahme haben Sie:',
    nothingOffered: 'Nach der Annahme können Sie sich anmelden; Zugriff erhalten Sie anschließend.',
    button: 'Einladung ansehen',
    until:
      'Sie können bis {date} annehmen oder ablehnen. Durch das Öffnen des Links wird noch nichts angenommen.',
    resent: 'Diese E-Mail ersetzt eine frühere, deren Link nicht mehr funktioniert.',
    personal: 'Der Link ist nur für Sie bestimmt: Bitte leiten Sie diese E-Mail nicht weiter.',
    ignore:
      'Falls Sie nicht wissen, warum Sie eingeladen wurden, ignorieren Sie diese E-Mail: Es ändert sich nichts.',
  },

  roleBound: {
    subject: 'Sie haben jetzt Zugriff auf {place}',
    lead: '{by} hat Ihnen eine Rolle gegeben. Sie gilt ab sofort; Sie müssen nichts annehmen.',
    leadAnybody: 'Sie haben eine Rolle erhalten. Sie gilt ab sofort; Sie müssen nichts annehmen.',
    leave: 'Sie können {account} in Ihren eigenen Einstellungen jederzeit verlassen.',
  },

  connectionOffer: {
    button: 'Verbindung ansehen',
    proposal: {
      subject: '{from} bietet {account} eine Verbindung an',
      lead: 'Personen von {account} könnten dann im Account von {from} arbeiten, in den unten genannten Grenzen.',
      next: 'Jeder Administrator von {account} kann annehmen, ablehnen oder mit etwas Engerem antworten. Bis dahin erhält niemand Zugriff.',
    },
    counter: {
      subject: '{from} beantwortet Ihr Verbindungsangebot mit engeren Bedingungen',
      lead: 'Anstelle dessen, was {account} angeboten hat, schlägt {from} die folgenden Bedingungen vor.',
      next: 'Jeder Administrator von {account} kann annehmen oder ablehnen. Bis dahin erhält niemand Zugriff.',
    },
    widening: {
      subject: '{from} möchte die Verbindung mit {account} erweitern',
      lead: 'Die Verbindung zwischen {account} und {from} würde mehr erlauben als heute.',
      next: 'Jeder Administrator von {account} kann annehmen oder ablehnen. Bis dahin gelten die jetzigen Bedingungen.',
    },
  },

  connectionChanged: {
    accepted: {
      subject: '{from} hat die Verbindung mit {account} angenommen',
      lead: 'Die Verbindung gilt ab sofort, in den Grenzen, auf die sich beide Seiten geeinigt haben.',
    },
    declined: {
      subject: '{from} hat die Verbindung mit {account} abgelehnt',
      lead: 'Das Angebot ist damit vom Tisch; ein neues ist jederzeit möglich.',
    },
    paused: {
      subject: '{from} hat die Verbindung mit {account} angehalten',
      lead: 'Niemand kommt über sie hinein, bis {from} sie fortsetzt. Die vereinbarten Bedingungen bleiben bestehen.',
    },
    resumed: {
      subject: '{from} hat die Verbindung mit {account} fortgesetzt',
      lead: 'Sie gilt ab sofort wieder, zu denselben Bedingungen wie zuvor.',
    },
    ended: {
      subject: '{from} hat die Verbindung mit {account} beendet',
      lead: 'Niemand kommt mehr über sie hinein. Was offen war, wurde sofort getrennt.',
    },
  },

  emailVerification: {
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    lead: 'Bitte bestätigen Sie, dass diese Adresse Ihnen gehört, damit Sie sie bei {product} verwenden können.',
    button: 'Adresse bestätigen',
  },

  passwordReset: {
    subject: 'Setzen Sie Ihr Passwort zurück',
    lead: 'Für Ihre Anmeldung bei {product} wurde ein neues Passwort angefordert.',
    button: 'Neues Passwort wählen',
    ignore:
      'Falls Sie das nicht angefordert haben, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist.',
  },

  passwordChanged: {
    subject: 'Ihr Passwort wurde geändert',
    lead: 'Das Passwort Ihrer Anmeldung bei {product} wurde geändert.',
  },

  emailChangeConfirmation: {
    subject: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    lead: 'Mit dieser Adresse sollen Sie sich künftig bei {product} anmelden.',
    button: 'Neue Adresse bestätigen',
  },

  emailChangeNotice: {
    asked: {
      subject: 'Ihre E-Mail-Adresse soll geändert werden',
      lead: 'Für Ihre Anmeldung bei {product} wurde eine andere Adresse angefordert. Sie gilt, sobald sie von dort aus bestätigt ist.',
    },
    done: {
      subject: 'Ihre E-Mail-Adresse wurde geändert',
      lead: 'Ihre Anmeldung bei {product} hat ab sofort eine andere Adresse; diese hier wird nicht mehr verwendet.',
    },
  },

  mfaAdded: {
    subject: 'Ihrer Anmeldung wurde ein Anmeldeverfahren hinzugefügt',
    lead: 'Bei {product} können Sie sich nun auf eine weitere Art ausweisen.',
  },

  mfaRemoved: {
    subject: 'Ein Anmeldeverfahren wurde aus Ihrer Anmeldung entfernt',
    lead: 'Ihre Anmeldung bei {product} nimmt das unten genannte Verfahren nicht mehr an.',
  },

  mfaReset: {
    subject: 'Ihre Anmeldeverfahren wurden zurückgesetzt',
    lead: 'Ein Administrator von {account} hat alle zusätzlichen Anmeldeverfahren aus Ihrer Anmeldung bei {product} entfernt.',
    next: 'Wo eines verlangt wird, richten Sie es bei Ihrer nächsten Anmeldung neu ein.',
  },

  recoveryCodeUsed: {
    subject: 'Ein Wiederherstellungscode wurde verwendet',
    lead: 'Jemand hat sich bei {product} mit einem Ihrer Wiederherstellungscodes angemeldet.',
    remaining: {
      one: 'Es ist noch {count} Wiederherstellungscode übrig.',
      other: 'Es sind noch {count} Wiederherstellungscodes übrig.',
    },
    noneLeft: 'Es ist kein Wiederherstellungscode mehr übrig.',
    makeNew: 'Erzeugen Sie in Ihren eigenen Einstellungen neue, bevor Sie sie brauchen.',
  },

  accessRequested: {
    subject: '{person} bittet um Zugriff auf {organization}',
    lead: '{person} bittet um Zugriff auf {organization}.',
    next: 'Wer diesen Zugriff geben darf, kann der Bitte mit einer Rolle und einem Ende zustimmen oder sie ablehnen.',
  },

  accessRequestApproved: {
    subject: 'Sie haben jetzt Zugriff auf {organization}',
    lead: 'Ihrer Bitte wurde zugestimmt; der Zugriff gilt ab sofort.',
  },

  accessRequestDeclined: {
    subject: 'Kein Zugriff auf {organization}',
    lead: 'Ihre Bitte um Zugriff auf {organization} wurde abgelehnt.',
  },

  supportAccessBegun: {
    subject: 'Der Support hat {account} betreten',
    lead: 'Jemand vom Support von {product} hat Ihren Account betreten.',
    next: 'Alles, was dabei geschieht, steht in Ihrem Aktivitätsprotokoll. Sie können den Zugriff jederzeit beenden oder den Support-Zugriff ganz abschalten.',
  },

  supportAccessEnded: {
    subject: 'Der Support hat {account} verlassen',
    operator: 'Der Support hat seinen Zugriff auf Ihren Account beendet.',
    account: 'Der Zugriff des Supports wurde von Ihrem Account beendet.',
    expiry: 'Die Zeit des Supports in Ihrem Account ist abgelaufen.',
    next: 'Alles, was geschehen ist, steht in Ihrem Aktivitätsprotokoll.',
  },
}
