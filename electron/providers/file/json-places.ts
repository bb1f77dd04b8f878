import { jsonTokens } from './json-tokens.ts'

/** Where a value is: fields and positions from the whole down. */
type Path = readonly (string | number)[]

interface Frame {
  readonly isList: boolean
  step: string | number
}

/**
 * Offsets of values in a text that is JSON, or of the nearest value around one that is missing; null for the whole. One
 * pass, whatever the length; of a duplicate field the last counts, as for the engine.
 */
export function jsonPlaces(text: string, paths: readonly Path[]): (number | null)[] {
  const found = paths.map((): { depth: number; at: number | null } => ({ depth: 0, at: null }))
  const frames: Frame[] = []
  const look = (at: number): void => {
    const depth = frames.length
    for (const [n, path] of paths.entries()) {
      const place = found[n]
      if (place === undefined || depth === 0 || depth < place.depth || depth > path.length) continue
      if (frames.every(({ step }, level) => step === path[level])) found[n] = { depth, at }
    }
  }
  let name = ''
  let isName = false
  for (const { kind, at, end } of jsonTokens(text)) {
    const frame = frames.at(-1)
    if (kind === '}' || kind === ']') {
      frames.pop()
      isName = false
    } else if (kind === ',') {
      if (frame?.isList === true) frame.step = Number(frame.step) + 1
      else isName = true
    } else if (kind === ':') {
      if (frame !== undefined) frame.step = name
      isName = false
    } else if (kind === 'text' && isName) name = JSON.parse(text.slice(at, end)) as string
    else {
      look(at)
      if (kind !== '{' && kind !== '[') continue
      frames.push({ isList: kind === '[', step: kind === '[' ? 0 : '' })
      isName = kind === '{'
    }
  }
  return found.map(({ at }) => at)
}
