import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Scalar } from 'yaml'

import { MOST_PROBLEMS } from '../../file-limits.ts'
import { toMicroUsd } from '../../text/money.ts'
import { nearest } from '../check/names.ts'
import type { PlacedProblem, PlanProblem } from '../problem.ts'

/** The state while a file is read: where each part of the model is, and what is wrong. */
export interface Reading {
  readonly counter: LineCounter
  /** Offsets in the text by path of the model. */
  readonly places: Map<string, number>
  readonly problems: PlacedProblem[]
  /** Problems beyond `MOST_PROBLEMS`, which are only counted. */
  unlisted: number
}

export function newReading(counter: LineCounter): Reading {
  return { counter, places: new Map([['', 0]]), problems: [], unlisted: 0 }
}

/** Reads a node, or returns undefined once it has reported a problem. No part of a plan is undefined. */
export type NodeReader<T> = (reading: Reading, node: Node | null, path: string) => T | undefined

/** Adds to a problem the position of its path, or of the nearest part around it. */
export function place({ counter, places }: Reading, problem: PlanProblem, offset?: number): PlacedProblem {
  let { path } = problem
  let at = offset ?? places.get(path)
  while (at === undefined && path !== '') {
    path = path.replace(/(?:^|\.)[^.[]*$|\[\d*\]$/u, '')
    at = places.get(path)
  }
  const { line, col } = counter.linePos(at ?? 0)
  return { ...problem, line: Math.max(1, line), column: Math.max(1, col) }
}

/** The hint is made only for a problem that is listed: it may compare words. */
function tell(
  reading: Reading,
  path: string,
  node: Node | null,
  says: string,
  hint: string | (() => string),
): undefined {
  if (reading.problems.length >= MOST_PROBLEMS) {
    reading.unlisted += 1
    return
  }
  const reported = typeof hint === 'string' ? hint : hint()
  reading.problems.push(place(reading, { path, severity: 'error', says, hint: reported }, node?.range?.[0]))
}

/** The name of a kind of node, for people. */
function getKind(node: Node | null): string {
  if (isMap(node)) return 'a group of fields'
  if (isSeq(node)) return 'a list'
  if (isAlias(node)) return 'an alias'
  return isScalar(node) && node.value === null ? 'nothing' : 'a single value'
}

function plain(node: Node | null): Scalar | null {
  return isScalar(node) && node.value !== null ? node : null
}

/** Text as it is written: `2026` and `yes` are words here. */
function toWord(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value))
}

/** Required text, which may be empty only if it is quoted. */
export const text: NodeReader<string> = (reading, node, path) => {
  const scalar = plain(node)
  if (scalar !== null) return toWord(scalar)
  return tell(
    reading,
    path,
    node,
    `Text is expected here, but it is ${getKind(node)}.`,
    'Write it, in quotes if necessary.',
  )
}

/** Text, or null if empty. */
export const perhapsText: NodeReader<string | null> = (reading, node, path) =>
  node === null || (isScalar(node) && node.value === null) ? null : text(reading, node, path)

/** One of some words; the problem names the nearest. */
export function pickOne<const T extends string>(words: readonly T[]): NodeReader<T> {
  return (reading, node, path) => {
    const scalar = plain(node)
    const word = scalar === null ? null : toWord(scalar)
    const found = words.find((one) => one === word)
    if (found !== undefined) return found
    const says =
      word === null
        ? `One of a few words is expected here, but it is ${getKind(node)}.`
        : `“${word}” is not allowed here.`
    return tell(reading, path, node, says, () => getHint(word ?? '', words))
  }
}

function getHint(word: string, words: readonly string[]): string {
  const like = nearest(word, words)
  return like === null ? `Use ${words.join(', ')}.` : `Did you mean ${like}? It can be ${words.join(', ')}.`
}

/** A whole number that is exact. */
export const whole: NodeReader<number> = (reading, node, path) => {
  const value = plain(node)?.value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return Object.is(value, -0) ? 0 : value
  return tell(reading, path, node, 'A whole number is expected here.', 'Write it in digits only, such as 90.')
}

/** Micro-USD, from dollars as they are written, without binary fractions. */
export const dollars: NodeReader<number> = (reading, node, path) => {
  const scalar = plain(node)
  const amount = scalar === null ? null : toMicroUsd(toWord(scalar))
  if (amount !== null) return amount
  return tell(reading, path, node, 'An amount in dollars is expected here.', 'Write it as 500 or 99.50.')
}

/** Reads an optional value. */
export function perhaps<T>(read: NodeReader<T>): NodeReader<T | null> {
  return (reading, node, path) =>
    node === null || (isScalar(node) && node.value === null) ? null : read(reading, node, path)
}

/** A list of values; the places of its items are kept. */
export function getList<T>(read: NodeReader<T>): NodeReader<readonly T[]> {
  return (reading, node, path) => {
    if (!isSeq(node)) {
      return tell(
        reading,
        path,
        node,
        `A list is expected here, but it is ${getKind(node)}.`,
        'Begin each entry with “- ”.',
      )
    }
    const read1 = node.items.map((item, at) => {
      const own = `${path}[${at}]`
      const entry = item as Node | null
      if (entry?.range) reading.places.set(own, entry.range[0])
      return read(reading, entry, own)
    })
    const values = read1.filter((value) => value !== undefined)
    return values.length === read1.length ? values : undefined
  }
}

/** A field of a group: how it is read, and its default; a field without one is required. */
export interface FieldOf<T> {
  readonly read: NodeReader<T>
  readonly absent?: T
}

/** A group of fields. Unknown fields are refused, so that a typing error is always reported. */
export function toGroup<T extends object>(
  what: string,
  fields: { readonly [K in keyof T]: FieldOf<T[K]> },
): NodeReader<T> {
  return (reading, node, path) => {
    if (!isMap(node)) {
      const hint = `Write its fields one per line: ${Object.keys(fields).join(', ')}.`
      return tell(reading, path, node, `${what} has fields, but this is ${getKind(node)}.`, hint)
    }
    const given = new Map<string, Node | null>()
    let isWhole = true
    for (const pair of node.items) {
      const key = pair.key as Node | null
      const word = isScalar(key) ? toWord(key) : ''
      if (Object.hasOwn(fields, word)) {
        const value = pair.value as Node | null
        const own = path === '' ? word : `${path}.${word}`
        const offset = (isScalar(value) && value.value === null ? key : value)?.range?.[0] ?? key?.range?.[0]
        if (offset !== undefined) reading.places.set(own, offset)
        given.set(word, value)
      } else {
        isWhole = false
        tell(reading, path, key, `${what} has no field “${word}”.`, () => getHint(word, Object.keys(fields)))
      }
    }
    const values: [string, unknown][] = []
    for (const [word, field] of Object.entries<FieldOf<unknown>>(fields)) {
      const own = path === '' ? word : `${path}.${word}`
      const value = valueOf(reading, { what, word, field, node, own, given })
      if (value === undefined) isWhole = false
      else values.push([word, value])
    }
    return isWhole ? (Object.fromEntries(values) as T) : undefined
  }
}

function valueOf(
  reading: Reading,
  at: {
    readonly what: string
    readonly word: string
    readonly field: FieldOf<unknown>
    readonly node: Node
    readonly own: string
    readonly given: ReadonlyMap<string, Node | null>
  },
): unknown {
  const { what, word, field, node, own, given } = at
  const value = given.get(word)
  if (value !== undefined && !(field.absent !== undefined && isEmpty(value))) return field.read(reading, value, own)
  if (field.absent !== undefined) return field.absent
  return tell(reading, own, node, `${what} has no field “${word}”, but needs one.`, `Add it: “${word}: …”.`)
}

function isEmpty(node: Node | null): boolean {
  return node === null || (isScalar(node) && node.value === null)
}
