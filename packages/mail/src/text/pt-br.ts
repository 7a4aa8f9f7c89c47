import type { Translation } from './translation.ts'

export const ptBr: Translation = {
  greeting: 'Olá, {name}!',
  greetingAnybody: 'Olá!',
  buttonFails: 'Se o botão não funcionar, abra este endereço no navegador:',
  sentBy: 'Enviado por {product}, {host}.',
  open: 'Abrir {product}',
  ignore: 'Se você não pediu isso, ignore esta mensagem: nada muda.',
  notYou:
    'Se não foi você, troque sua senha imediatamente, encerre suas outras sessões e avise um administrador da sua conta.',
  linkUntil: 'O link funciona uma única vez, até {date}.',
  personWithEmail: '{name} ({email})',
  roleUntil: '{role}, até {date}',
  organizationIn: '{organization} ({account})',
  colon: '{label}: {value}',

  fact: {
    account: 'Conta',
    by: 'Por',
    from: 'De',
    groups: 'Grupos',
    label: 'Nome',
    maximum: 'Papel máximo',
    method: 'Método de acesso',
    newEmail: 'Novo endereço',
    organization: 'Organização',
    person: 'Pessoa',
    purpose: 'Finalidade',
    reason: 'Motivo',
    role: 'Papel',
    support: 'Suporte',
    time: 'Data',
    until: 'Até',
    wholeAccount: 'A conta inteira',
  },

  method: {
    security_key: 'Chave de segurança',
    passkey: 'Chave de acesso',
    totp: 'Aplicativo autenticador',
    recovery_codes: 'Códigos de recuperação',
  },

  invitation: {
    subject: 'Convite para participar de {account}',
    subjectBy: 'Convite de {inviter} para participar de {account}',
    heading: 'Participe de {account}',
    lead: 'Você recebeu um convite para participar de {account}.',
    leadBy: '{inviter} convida você para participar de {account}.',
    external:
      'Você entra com seu próprio login; {account} passa a ser mais uma conta para a qual você pode alternar.',
    offered: 'Ao aceitar, você terá:',
    nothingOffered: 'Ao aceitar, você poderá entrar; as permissões serão dadas depois.',
    button: 'Ver o convite',
    until: 'Você pode aceitar ou recusar até {date}. Abrir o link não aceita nada.',
    resent: 'Esta mensagem substitui uma anterior, cujo link não funciona mais.',
    personal: 'O link é só para você: por favor, não encaminhe esta mensagem.',
    ignore: 'Se você não sabe por que recebeu este convite, ignore esta mensagem: nada muda.',
  },

  roleBound: {
    subject: 'Agora você tem acesso a {place}',
    lead: '{by} deu um papel a você. Ele vale a partir de agora; não é preciso aceitar nada.',
    leadAnybody: 'Você recebeu um papel. Ele vale a partir de agora; não é preciso aceitar nada.',
    leave: 'Você pode sair de {account} a qualquer momento nas suas configurações.',
  },

  connectionOffer: {
    button: 'Ver a conexão',
    proposal: {
      subject: '{from} oferece uma conexão a {account}',
      lead: 'Pessoas de {account} poderiam então trabalhar na conta de {from}, dentro dos limites abaixo.',
      next: 'Qualquer administrador de {account} pode aceitar, recusar ou responder com algo mais restrito. Até lá, ninguém entra.',
    },
    counter: {
      subject: '{from} responde à sua oferta de conexão com condições mais restritas',
      lead: 'Em vez do que {account} ofereceu, {from} sugere as condições abaixo.',
      next: 'Qualquer administrador de {account} pode aceitar ou recusar. Até lá, ninguém entra.',
    },
    widening: {
      subject: '{from} pede para ampliar a conexão com {account}',
      lead: 'A conexão entre {account} e {from} permitiria mais do que hoje.',
      next: 'Qualquer administrador de {account} pode aceitar ou recusar. Até lá, valem as condições atuais.',
    },
  },

  connectionChanged: {
    accepted: {
      subject: '{from} aceitou a conexão com {account}',
      lead: 'A conexão vale a partir de agora, dentro das condições acertadas pelos dois lados.',
    },
    declined: {
      subject: '{from} recusou a conexão com {account}',
      lead: 'A oferta está encerrada; uma nova pode ser feita a qualquer momento.',
    },
    paused: {
      subject: '{from} pausou a conexão com {account}',
      lead: 'Ninguém entra por ela até que {from} a retome. As condições acertadas são mantidas.',
    },
    resumed: {
      subject: '{from} retomou a conexão com {account}',
      lead: 'Ela volta a valer a partir de agora, nas mesmas condições de antes.',
    },
    ended: {
      subject: '{from} encerrou a conexão com {account}',
      lead: 'Ninguém mais entra por ela. O que estava aberto foi cortado na hora.',
    },
  },

  emailVerification: {
    subject: 'Confirme seu endereço de e-mail',
    lead: 'Confirme que este endereço é seu para poder usá-lo em {product}.',
    button: 'Confirmar o endereço',
  },

  passwordReset: {
    subject: 'Redefina sua senha',
    lead: 'Uma nova senha foi pedida para o seu login em {product}.',
    button: 'Escolher uma nova senha',
    ignore: 'Se você não pediu isso, ignore esta mensagem: sua senha continua a mesma.',
  },

  passwordChanged: {
    subject: 'Sua senha foi alterada',
    lead: 'A senha do seu login em {product} foi alterada.',
  },

  emailChangeConfirmation: {
    subject: 'Confirme seu novo endereço de e-mail',
    lead: 'Este endereço deve passar a ser o que você usa para entrar em {product}.',
    button: 'Confirmar o novo endereço',
  },

  emailChangeNotice: {
    asked: {
      subject: 'Seu endereço de e-mail vai mudar',
      lead: 'Outro endereço foi pedido para o seu login em {product}. Ele passa a valer assim que for confirmado de lá.',
    },
    done: {
      subject: 'Seu endereço de e-mail foi alterado',
      lead: 'Seu login em {product} tem outro endereço a partir de agora; este não é mais usado.',
    },
  },

  mfaAdded: {
    subject: 'Um método de acesso foi adicionado ao seu login',
    lead: 'Seu login em {product} tem mais uma forma de provar que é você.',
  },

  mfaRemoved: {
    subject: 'Um método de acesso foi removido do seu login',
    lead: 'Seu login em {product} não aceita mais o método abaixo.',
  },

  mfaReset: {
    subject: 'Seus métodos de acesso foram redefinidos',
    lead: 'Um administrador de {account} removeu todos os métodos adicionais do seu login em {product}.',
    next: 'Onde um for exigido, você vai configurá-lo no próximo acesso.',
  },

  recoveryCodeUsed: {
    subject: 'Um código de recuperação foi usado',
    lead: 'Alguém entrou em {product} com um dos seus códigos de recuperação.',
    remaining: {
      one: 'Resta {count} código de recuperação.',
      many: 'Restam {count} de códigos de recuperação.',
      other: 'Restam {count} códigos de recuperação.',
    },
    noneLeft: 'Não resta nenhum código de recuperação.',
    makeNew: 'Gere outros nas suas configurações antes de precisar deles.',
  },

  accessRequested: {
    subject: '{person} pede acesso a {organization}',
    lead: '{person} pede acesso a {organization}.',
    next: 'Quem pode dar esse acesso pode aprovar o pedido, com um papel e uma data final, ou recusá-lo.',
  },

  accessRequestApproved: {
    subject: 'Agora você tem acesso a {organization}',
    lead: 'Seu pedido foi aprovado e vale a partir de agora.',
  },

  accessRequestDeclined: {
    subject: 'Sem acesso a {organization}',
    lead: 'Seu pedido de acesso a {organization} foi recusado.',
  },

  supportAccessBegun: {
    subject: 'O suporte entrou em {account}',
    lead: 'Alguém da equipe de suporte de {product} entrou na sua conta.',
    next: 'Tudo o que essa pessoa faz fica no seu registro de atividades. Você pode encerrar o acesso a qualquer momento ou desativar por completo o acesso do suporte.',
  },

  supportAccessEnded: {
    subject: 'O suporte saiu de {account}',
    operator: 'A equipe de suporte encerrou o acesso à sua conta.',
    account: 'O acesso da equipe de suporte foi encerrado pela sua conta.',
    expiry: 'O tempo da equipe de suporte na sua conta terminou.',
    next: 'Tudo o que foi feito fica no seu registro de atividades.',
  },
}
