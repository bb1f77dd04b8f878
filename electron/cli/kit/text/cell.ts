/** A cell's text, already harmless, and the paint that is applied after measuring. */
export type Cell = string | { readonly text: string; readonly paint: Paint }

export type Paint = (text: string) => string

export function toText(cell: Cell | undefined): string {
  return typeof cell === 'object' ? cell.text : (cell ?? '')
}
