/** Prints rows as a Markdown table, so that a result can be pasted into a page as it is. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  console.log([line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n'), '\n')
}
