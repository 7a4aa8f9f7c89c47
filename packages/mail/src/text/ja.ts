import type { Translation } from './translation.ts'

export const ja: Translation = {
  greeting: '{name} 様',
  greetingAnybody: 'こんにちは。',
  buttonFails: 'ボタンが使えない場合は、次のアドレスをブラウザーで開いてください。',
  sentBy: '送信元: {product}（{host}）',
  open: '{product} を開く',
  ignore: 'お心当たりがない場合は、このメールを無視してください。何も変わりません。',
  notYou:
    'お心当たりがない場合は、すぐにパスワードを変更し、ほかのセッションを終了して、ご自分のアカウントの管理者にお知らせください。',
  linkUntil: 'このリンクは {date} まで、1 回だけ使えます。',
  personWithEmail: '{name}（{email}）',
  roleUntil: '{role}（{date} まで）',
  organizationIn: '{organization}（{account}）',
  colon: '{label}：{value}',

  fact: {
    account: 'アカウント',
    by: '操作した人',
    from: '相手',
    groups: 'グループ',
    label: '名前',
    maximum: '最大のロール',
    method: 'サインイン方法',
    newEmail: '新しいアドレス',
    organization: '組織',
    person: '申請者',
    purpose: '目的',
    reason: '理由',
    role: 'ロール',
    support: 'サポート担当者',
    time: '日時',
    until: '期限',
    wholeAccount: 'アカウント全体',
  },

  method: {
    security_key: 'セキュリティキー',
    passkey: 'パスキー',
    totp: '認証アプリ',
    recovery_codes: 'リカバリーコード',
  },

  invitation: {
    subject: '{account} への招待',
    subjectBy: '{inviter} さんから {account} への招待',
    heading: '{account} への招待',
    lead: '{account} に招待されました。',
    leadBy: '{inviter} さんが、あなたを {account} に招待しました。',
    external: 'ご自分のログインでサインインします。{account} が、切り替えて使えるアカウントに加わります。',
    offered: '承諾すると、次の権限が付与されます。',
    nothingOffered: '承諾するとサインインできるようになります。権限はその後に付与されます。',
    button: '招待を確認する',
    until: '{date} まで承諾または辞退できます。リンクを開いただけでは承諾になりません。',
    resent: 'このメールは以前のメールに代わるものです。以前のリンクはもう使えません。',
    personal: 'このリンクはあなた専用です。このメールを転送しないでください。',
    ignore: 'この招待にお心当たりがない場合は、このメールを無視してください。何も変わりません。',
  },

  roleBound: {
    subject: '{place} にアクセスできるようになりました',
    lead: '{by} さんから、ロールが付与されました。すでに有効で、承諾の操作は必要ありません。',
    leadAnybody: 'ロールが付与されました。すでに有効で、承諾の操作は必要ありません。',
    leave: '{account} からは、個人設定でいつでも抜けられます。',
  },

  connectionOffer: {
    button: '接続を確認する',
    proposal: {
      subject: '{from} から {account} に接続の提案が届きました',
      lead: '成立すると、{account} の人が {from} のアカウントで、次の範囲内で作業できるようになります。',
      next: '{account} の管理者なら誰でも、承諾、辞退、またはより狭い条件での回答ができます。それまでは誰もアクセスできません。',
    },
    counter: {
      subject: '{from} から、接続の提案に対してより狭い条件での回答が届きました',
      lead: '{account} の提案に代えて、{from} は次の条件を希望しています。',
      next: '{account} の管理者なら誰でも、承諾または辞退できます。それまでは誰もアクセスできません。',
    },
    widening: {
      subject: '{from} から、{account} との接続を広げる依頼が届きました',
      lead: '{account} と {from} の接続で、今よりも多くのことができるようになります。',
      next: '{account} の管理者なら誰でも、承諾または辞退できます。それまでは現在の条件のままです。',
    },
  },

  connectionChanged: {
    accepted: {
      subject: '{from} が {account} との接続を承諾しました',
      lead: '双方が合意した条件の範囲で、接続が有効になりました。',
    },
    declined: {
      subject: '{from} が {account} との接続を辞退しました',
      lead: '提案は取り下げられました。新しい提案はいつでもできます。',
    },
    paused: {
      subject: '{from} が {account} との接続を一時停止しました',
      lead: '{from} が再開するまで、この接続では誰もアクセスできません。合意した条件は残ります。',
    },
    resumed: {
      subject: '{from} が {account} との接続を再開しました',
      lead: 'これまでと同じ条件で、再び有効になりました。',
    },
    ended: {
      subject: '{from} が {account} との接続を終了しました',
      lead: 'この接続では、もう誰もアクセスできません。使用中のものもただちに切断されました。',
    },
  },

  emailVerification: {
    subject: 'メールアドレスの確認',
    lead: 'このアドレスを {product} で使えるように、ご本人のものであることを確認してください。',
    button: 'アドレスを確認する',
  },

  passwordReset: {
    subject: 'パスワードの再設定',
    lead: '{product} のログインについて、新しいパスワードの設定が申請されました。',
    button: '新しいパスワードを設定する',
    ignore: 'お心当たりがない場合は、このメールを無視してください。パスワードは変わりません。',
  },

  passwordChanged: {
    subject: 'パスワードが変更されました',
    lead: '{product} のログインのパスワードが変更されました。',
  },

  emailChangeConfirmation: {
    subject: '新しいメールアドレスの確認',
    lead: '{product} へのサインインに使うアドレスが、このアドレスに変わる予定です。',
    button: '新しいアドレスを確認する',
  },

  emailChangeNotice: {
    asked: {
      subject: 'メールアドレスの変更が申請されました',
      lead: '{product} のログインについて、別のアドレスへの変更が申請されました。新しいアドレスで確認されると有効になります。',
    },
    done: {
      subject: 'メールアドレスが変更されました',
      lead: '{product} のログインのアドレスが変更されました。このアドレスはもう使われません。',
    },
  },

  mfaAdded: {
    subject: 'サインイン方法が追加されました',
    lead: '{product} のログインに、本人確認の方法が 1 つ加わりました。',
  },

  mfaRemoved: {
    subject: 'サインイン方法が削除されました',
    lead: '{product} のログインでは、次の方法が使えなくなりました。',
  },

  mfaReset: {
    subject: 'サインイン方法がリセットされました',
    lead: '{account} の管理者が、{product} のログインから追加のサインイン方法をすべて削除しました。',
    next: '必要な場合は、次回のサインイン時に設定を求められます。',
  },

  recoveryCodeUsed: {
    subject: 'リカバリーコードが使われました',
    lead: 'リカバリーコードを使って、{product} へのサインインが行われました。',
    remaining: {
      other: '残りのリカバリーコードは {count} 個です。',
    },
    noneLeft: 'リカバリーコードは残っていません。',
    makeNew: '必要になる前に、個人設定で新しいコードを作成してください。',
  },

  accessRequested: {
    subject: '{person} さんが {organization} へのアクセスを申請しています',
    lead: '{person} さんが {organization} へのアクセスを申請しています。',
    next: '権限を付与できる人は、ロールと期限を決めて承認するか、却下できます。',
  },

  accessRequestApproved: {
    subject: '{organization} にアクセスできるようになりました',
    lead: '申請が承認されました。すでに有効です。',
  },

  accessRequestDeclined: {
    subject: '{organization} へのアクセスは認められませんでした',
    lead: '{organization} へのアクセスの申請は却下されました。',
  },

  supportAccessBegun: {
    subject: 'サポートが {account} に入りました',
    lead: '{product} のサポート担当者が、あなたのアカウントに入りました。',
    next: '担当者の操作はすべてアクティビティログに残ります。アクセスはいつでも終了でき、サポートアクセス自体を無効にすることもできます。',
  },

  supportAccessEnded: {
    subject: 'サポートが {account} から退出しました',
    operator: 'サポート担当者が、あなたのアカウントへのアクセスを終了しました。',
    account: 'サポート担当者のアクセスは、あなたのアカウントの側で終了されました。',
    expiry: 'サポート担当者のアクセス期限が切れました。',
    next: '行われた操作はすべてアクティビティログに残っています。',
  },
}
