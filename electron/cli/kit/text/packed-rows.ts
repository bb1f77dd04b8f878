import { type Cell, type Paint, toText } from './cell.ts'

/** Rows whose texts are one text. */
interface Block {
  readonly text: string
  /** Where each cell ends in the text, row by row. */
  readonly ends: Uint32Array
  /** By the number of a cell. */
  readonly paints: readonly (Paint | undefined)[]
}

/** The most rows of a block. */
const BLOCK = 1000

/**
 * Rows of cells in about the memory of their characters: kept as objects and texts of their own, the cells of 100,000 rows need ten
 * times as much. A cell that a row lacks is empty.
 */
export class PackedRows implements Iterable<readonly Cell[]> {
  readonly #columns: number
  readonly #blocks: Block[] = []
  #texts: string[] = []
  #paints: (Paint | undefined)[] = []

  constructor(columns: number) {
    this.#columns = columns
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0 && this.#texts.length === 0
  }

  add(cells: readonly Cell[]): void {
    for (let column = 0; column < this.#columns; column += 1) {
      const cell = cells[column]
      this.#texts.push(toText(cell))
      this.#paints.push(typeof cell === 'object' ? cell.paint : undefined)
    }
    if (this.#texts.length >= BLOCK * this.#columns) this.#pack()
  }

  #pack(): void {
    const ends = new Uint32Array(this.#texts.length)
    let end = 0
    for (const [at, text] of this.#texts.entries()) {
      end += text.length
      ends[at] = end
    }
    this.#blocks.push({ text: this.#texts.join(''), ends, paints: this.#paints })
    this.#texts = []
    this.#paints = []
  }

  *[Symbol.iterator](): Generator<readonly Cell[]> {
    if (this.#texts.length > 0) this.#pack()
    for (const block of this.#blocks) {
      for (let first = 0; first < block.ends.length; first += this.#columns) yield this.#unpack(block, first)
    }
  }

  #unpack({ text, ends, paints }: Block, first: number): readonly Cell[] {
    const cells: Cell[] = []
    let start = first === 0 ? 0 : (ends[first - 1] ?? 0)
    for (let at = first; at < first + this.#columns; at += 1) {
      const end = ends[at] ?? start
      const own = text.slice(start, end)
      const paint = paints[at]
      cells.push(paint === undefined ? own : { text: own, paint })
      start = end
    }
    return cells
  }
}
