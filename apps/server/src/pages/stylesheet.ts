/** The look of the pages that the server itself shows: one column, readable at any width, light and dark. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbfaf8, #15171a);
  --panel: light-dark(#ffffff, #1d2024);
  --ink: light-dark(#1c1f23, #e8e6e1);
  --quiet: light-dark(#5b616a, #a2a8b1);
  --line: light-dark(#e2dfd8, #33383f);
  --accent: light-dark(#0f5f56, #6fd3c4);
  --get: light-dark(#14599a, #7db8f0);
  --post: light-dark(#19693a, #79d69a);
  --patch: light-dark(#8a5100, #f0b866);
  --delete: light-dark(#a3262a, #f39a97);
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.6 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
a { color: var(--accent); text-underline-offset: 0.2em; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
h1, h2, h3 { line-height: 1.2; letter-spacing: -0.015em; text-wrap: balance; }
h1 { font-size: clamp(1.9rem, 1.4rem + 2vw, 2.75rem); margin: 0 0 0.5rem; }
h2 { font-size: 1.5rem; margin: 3rem 0 1rem; }
h3 { font-size: 1.1rem; margin: 0; }
p { margin: 0.4rem 0 0; text-wrap: pretty; }
code, pre, .path { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: 0.9rem 1rem; overflow-x: auto; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--panel); padding: 0.5rem 1rem; z-index: 1; }
.quiet { color: var(--quiet); }
.front { max-width: 60rem; margin: 0 auto; padding: clamp(2rem, 8vh, 6rem) 1.25rem 3rem; }
.front > header p { font-size: 1.15rem; max-width: 40rem; }
.state { display: inline-flex; align-items: center; gap: 0.5rem; margin: 0 0 1.25rem; color: var(--quiet); font-size: 0.95rem; }
.state::before { content: ""; width: 0.6rem; height: 0.6rem; border-radius: 50%; background: var(--post); }
.facts { margin: 2.5rem 0; border-bottom: 1px solid var(--line); }
.facts > div { display: grid; grid-template-columns: 9rem 1fr; gap: 0.1rem 1.5rem; padding: 0.7rem 0; border-top: 1px solid var(--line); }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.places { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
.places li { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; }
.places a { font-weight: 600; }
.reference { max-width: 82rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
.reference nav ul { list-style: none; margin: 0; padding: 0; }
.reference nav li { margin: 0.15rem 0; }
.reference nav a { text-decoration: none; color: var(--quiet); font-size: 0.95rem; }
.reference nav a:hover { color: var(--accent); text-decoration: underline; }
.reference nav > ul > li { margin-top: 0.9rem; }
.reference nav > ul > li > a { color: var(--ink); font-weight: 600; }
.endpoint { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; margin: 0 0 1rem; }
.call { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.2rem 0.7rem; margin: 0.35rem 0 0; }
.method { font: 700 0.8rem/1 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; letter-spacing: 0.04em; }
.GET { color: var(--get); } .POST { color: var(--post); } .PUT, .PATCH { color: var(--patch); } .DELETE { color: var(--delete); }
.access { font-size: 0.92rem; color: var(--quiet); }
h4 { font-size: 0.85rem; color: var(--quiet); margin: 1.25rem 0 0.35rem; font-weight: 600; }
.rows { margin: 0; }
.rows > div { display: grid; grid-template-columns: minmax(9rem, 17rem) 1fr; gap: 0.15rem 1.25rem; padding: 0.4rem 0; border-top: 1px solid var(--line); }
.rows dt { overflow-wrap: anywhere; }
.rows dd .type { color: var(--quiet); margin-right: 0.6rem; }
.rows dd { margin: 0; font-size: 0.95rem; overflow-wrap: anywhere; }
summary { cursor: pointer; font-size: 0.95rem; color: var(--quiet); margin-top: 1rem; }
@media (max-width: 61.99rem) {
  .reference nav ul ul { display: none; }
  .reference nav > ul { display: flex; flex-wrap: wrap; gap: 0.4rem 1.25rem; padding-top: 1.25rem; }
  .reference nav > ul > li { margin: 0; }
}
@media (min-width: 62rem) {
  .reference { display: grid; grid-template-columns: 16rem minmax(0, 1fr); column-gap: 3.5rem; }
  .reference > header { grid-column: 1 / -1; margin-bottom: 1rem; }
  .reference nav { position: sticky; top: 2rem; max-height: calc(100vh - 4rem); overflow-y: auto; }
}
@media (max-width: 40rem) { .rows > div, .facts > div { grid-template-columns: 1fr; } }
`
