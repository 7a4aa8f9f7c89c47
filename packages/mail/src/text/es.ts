import type { Translation } from './translation.ts'

export const es: Translation = {
  greeting: 'Hola, {name}:',
  greetingAnybody: 'Hola:',
  buttonFails: 'Si el botón no funciona, abra esta dirección en su navegador:',
  sentBy: 'Enviado por {product}, {host}.',
  open: 'Abrir {product}',
  ignore: 'Si usted no ha solicitado esto, ignore este mensaje: no cambia nada.',
  notYou:
    'Si no ha sido usted, cambie su contraseña de inmediato, cierre sus otras sesiones y avise a un administrador de su cuenta.',
  linkUntil: 'El enlace funciona una sola vez, hasta el {date}.',
  personWithEmail: '{name} ({email})',
  roleUntil: '{role}, hasta el {date}',
  organizationIn: '{organization} ({account})',
  colon: '{label}: {value}',

  fact: {
    account: 'Cuenta',
    by: 'Por',
    from: 'De',
    groups: 'Grupos',
    label: 'Nombre',
    maximum: 'Rol máximo',
    method: 'Método de acceso',
    newEmail: 'Dirección nueva',
    organization: 'Organización',
    person: 'Persona',
    purpose: 'Finalidad',
    reason: 'Motivo',
    role: 'Rol',
    support: 'Soporte',
    time: 'Fecha',
    until: 'Hasta',
    wholeAccount: 'Toda la cuenta',
  },

  method: {
    security_key: 'Llave de seguridad',
    passkey: 'Clave de acceso',
    totp: 'Aplicación de autenticación',
    recovery_codes: 'Códigos de recuperación',
  },

  invitation: {
    subject: 'Invitación para unirse a {account}',
    subjectBy: 'Invitación de {inviter} para unirse a {account}',
    heading: 'Únase a {account}',
    lead: 'Ha recibido una invitación para unirse a {account}.',
    leadBy: '{inviter} le invita a unirse a {account}.',
    external: 'Inicia sesión con su propio acceso; {account} será una cuenta más a la que podrá cambiar.',
    offered: 'Cuando acepte, tendrá:',
    nothingOffered: 'Cuando acepte, podrá iniciar sesión; los permisos se le darán después.',
    button: 'Ver la invitación',
    until: 'Puede aceptar o rechazar hasta el {date}. Abrir el enlace no acepta nada.',
    resent: 'Este mensaje sustituye a uno anterior, cuyo enlace ya no funciona.',
    personal: 'El enlace es solo para usted: no reenvíe este mensaje, por favor.',
    ignore: 'Si no sabe por qué ha recibido esta invitación, ignore este mensaje: no cambia nada.',
  },

  roleBound: {
    subject: 'Ya tiene acceso a {place}',
    lead: '{by} le ha dado un rol. Vale desde ahora; no tiene que aceptar nada.',
    leadAnybody: 'Ha recibido un rol. Vale desde ahora; no tiene que aceptar nada.',
    leave: 'Puede abandonar {account} en cualquier momento desde su propia configuración.',
  },

  connectionOffer: {
    button: 'Ver la conexión',
    proposal: {
      subject: '{from} ofrece una conexión a {account}',
      lead: 'Personas de {account} podrían trabajar entonces en la cuenta de {from}, dentro de los límites indicados.',
      next: 'Cualquier administrador de {account} puede aceptar, rechazar o responder con algo más limitado. Hasta entonces no entra nadie.',
    },
    counter: {
      subject: '{from} responde a su oferta de conexión con condiciones más limitadas',
      lead: 'En lugar de lo que ofreció {account}, {from} propone las condiciones siguientes.',
      next: 'Cualquier administrador de {account} puede aceptar o rechazar. Hasta entonces no entra nadie.',
    },
    widening: {
      subject: '{from} pide ampliar la conexión con {account}',
      lead: 'La conexión entre {account} y {from} permitiría más que hoy.',
      next: 'Cualquier administrador de {account} puede aceptar o rechazar. Hasta entonces valen las condiciones actuales.',
    },
  },

  connectionChanged: {
    accepted: {
      subject: '{from} ha aceptado la conexión con {account}',
      lead: 'La conexión vale desde ahora, dentro de las condiciones acordadas por ambas partes.',
    },
    declined: {
      subject: '{from} ha rechazado la conexión con {account}',
      lead: 'La oferta queda retirada; se puede hacer otra en cualquier momento.',
    },
    paused: {
      subject: '{from} ha pausado la conexión con {account}',
      lead: 'Nadie entra por ella hasta que {from} la reanude. Las condiciones acordadas se conservan.',
    },
    resumed: {
      subject: '{from} ha reanudado la conexión con {account}',
      lead: 'Vuelve a valer desde ahora, en las mismas condiciones que antes.',
    },
    ended: {
      subject: '{from} ha terminado la conexión con {account}',
      lead: 'Ya no entra nadie por ella. Lo que estaba abierto se cortó en el acto.',
    },
  },

  emailVerification: {
    subject: 'Confirme su dirección de correo',
    lead: 'Confirme que esta dirección es suya para poder utilizarla en {product}.',
    button: 'Confirmar la dirección',
  },

  passwordReset: {
    subject: 'Restablezca su contraseña',
    lead: 'Se ha solicitado una contraseña nueva para su acceso a {product}.',
    button: 'Elegir una contraseña nueva',
    ignore: 'Si usted no lo ha solicitado, ignore este mensaje: su contraseña sigue siendo la misma.',
  },

  passwordChanged: {
    subject: 'Su contraseña ha cambiado',
    lead: 'La contraseña de su acceso a {product} ha cambiado.',
  },

  emailChangeConfirmation: {
    subject: 'Confirme su nueva dirección de correo',
    lead: 'Esta dirección será la que utilice para iniciar sesión en {product}.',
    button: 'Confirmar la dirección nueva',
  },

  emailChangeNotice: {
    asked: {
      subject: 'Su dirección de correo va a cambiar',
      lead: 'Se ha solicitado otra dirección para su acceso a {product}. Valdrá en cuanto se confirme desde ella.',
    },
    done: {
      subject: 'Su dirección de correo ha cambiado',
      lead: 'Su acceso a {product} tiene otra dirección desde ahora; esta ya no se utiliza.',
    },
  },

  mfaAdded: {
    subject: 'Se ha añadido un método de acceso',
    lead: 'Su acceso a {product} cuenta con una forma más de demostrar que es usted.',
  },

  mfaRemoved: {
    subject: 'Se ha quitado un método de acceso',
    lead: 'Su acceso a {product} ya no admite el método indicado.',
  },

  mfaReset: {
    subject: 'Sus métodos de acceso se han restablecido',
    lead: 'Un administrador de {account} ha quitado todos los métodos adicionales de su acceso a {product}.',
    next: 'Donde haga falta uno, se le pedirá que lo configure la próxima vez que inicie sesión.',
  },

  recoveryCodeUsed: {
    subject: 'Se ha utilizado un código de recuperación',
    lead: 'Alguien ha iniciado sesión en {product} con uno de sus códigos de recuperación.',
    remaining: {
      one: 'Queda {count} código de recuperación.',
      many: 'Quedan {count} de códigos de recuperación.',
      other: 'Quedan {count} códigos de recuperación.',
    },
    noneLeft: 'No queda ningún código de recuperación.',
    makeNew: 'Genere otros en su propia configuración antes de necesitarlos.',
  },

  accessRequested: {
    subject: '{person} solicita acceso a {organization}',
    lead: '{person} solicita acceso a {organization}.',
    next: 'Quien pueda darlo puede aprobar la solicitud, con un rol y una fecha de fin, o rechazarla.',
  },

  accessRequestApproved: {
    subject: 'Ya tiene acceso a {organization}',
    lead: 'Su solicitud se ha aprobado y vale desde ahora.',
  },

  accessRequestDeclined: {
    subject: 'Sin acceso a {organization}',
    lead: 'Su solicitud de acceso a {organization} se ha rechazado.',
  },

  supportAccessBegun: {
    subject: 'El equipo de soporte ha entrado en {account}',
    lead: 'Alguien del equipo de soporte de {product} ha entrado en su cuenta.',
    next: 'Todo lo que haga queda en su registro de actividad. Puede terminar el acceso en cualquier momento o desactivar por completo el acceso de soporte.',
  },

  supportAccessEnded: {
    subject: 'El equipo de soporte ha salido de {account}',
    operator: 'El equipo de soporte ha terminado su acceso a su cuenta.',
    account: 'Su cuenta ha terminado el acceso del equipo de soporte.',
    expiry: 'El tiempo del equipo de soporte en su cuenta ha terminado.',
    next: 'Todo lo que se hizo queda en su registro de actividad.',
  },
}
