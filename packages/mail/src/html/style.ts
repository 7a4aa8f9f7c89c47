import type { CSSProperties } from 'react'

const light = {
  ground: '#f4f2ee',
  panel: '#ffffff',
  ink: '#1c1f23',
  quiet: '#5b616a',
  line: '#e2dfd8',
  accent: '#0f5f56',
  onAccent: '#ffffff',
}

const dark = {
  ground: '#15171a',
  panel: '#1d2024',
  ink: '#e8e6e1',
  quiet: '#a2a8b1',
  line: '#33383f',
  accent: '#6fd3c4',
  onAccent: '#0c2b27',
}

const font =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans JP", sans-serif'
const text: CSSProperties = { fontFamily: font, fontSize: '16px', lineHeight: '26px', color: light.ink }
const small: CSSProperties = { fontFamily: font, fontSize: '14px', lineHeight: '22px', color: light.quiet }
/** Long words, as names and addresses are, break rather than widen the column. */
const breaking: CSSProperties = { overflowWrap: 'anywhere', wordBreak: 'break-word' }

/** Written at each element: many readers of mail take no notice of a style sheet. */
export const style = {
  ground: { margin: '0', padding: '32px 12px', backgroundColor: light.ground },
  column: { maxWidth: '600px' },
  product: { ...small, margin: '0 0 12px', padding: '0 8px', fontWeight: 600 },
  panel: {
    padding: '36px 32px 28px',
    backgroundColor: light.panel,
    border: `1px solid ${light.line}`,
    borderRadius: '12px',
  },
  heading: {
    ...text,
    ...breaking,
    margin: '0 0 20px',
    fontSize: '24px',
    lineHeight: '32px',
    fontWeight: 650,
  },
  paragraph: { ...text, ...breaking, margin: '0 0 16px' },
  aside: { ...small, ...breaking, margin: '0 0 8px' },
  quote: { margin: '0 0 20px', borderLeft: `3px solid ${light.accent}` },
  quoted: { ...text, ...breaking, margin: '0', padding: '2px 0 2px 16px' },
  facts: { margin: '4px 0 20px', borderBottom: `1px solid ${light.line}`, borderCollapse: 'collapse' },
  label: {
    ...small,
    width: '32%',
    padding: '9px 16px 9px 0',
    borderTop: `1px solid ${light.line}`,
    fontWeight: 400,
    textAlign: 'left',
    verticalAlign: 'top',
  },
  value: {
    ...text,
    ...breaking,
    fontSize: '15px',
    lineHeight: '22px',
    padding: '9px 0',
    borderTop: `1px solid ${light.line}`,
    verticalAlign: 'top',
  },
  action: { margin: '8px 0 20px' },
  button: {
    fontFamily: font,
    fontSize: '16px',
    lineHeight: '24px',
    fontWeight: 600,
    padding: '12px 24px',
    color: light.onAccent,
    backgroundColor: light.accent,
    borderRadius: '8px',
    textDecoration: 'none',
  },
  fallback: { ...small, margin: '14px 0 0', fontSize: '13px', lineHeight: '20px' },
  link: { ...breaking, color: light.accent, textDecoration: 'underline' },
  signature: { ...small, margin: '16px 0 0', padding: '0 8px', fontSize: '13px', lineHeight: '20px' },
} satisfies Record<string, CSSProperties>

/** What a style at an element cannot say. */
export const darkStyles = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ground, .ground > table > tbody > tr > td { background-color: ${dark.ground} !important; }
  .panel { background-color: ${dark.panel} !important; border-color: ${dark.line} !important; }
  .ink { color: ${dark.ink} !important; }
  .quiet { color: ${dark.quiet} !important; }
  .facts, .line { border-color: ${dark.line} !important; }
  .quote { border-color: ${dark.accent} !important; }
  .link { color: ${dark.accent} !important; }
  .button { color: ${dark.onAccent} !important; background-color: ${dark.accent} !important; }
}
@media (max-width: 480px) {
  .panel { padding: 26px 20px 20px !important; }
}
`
