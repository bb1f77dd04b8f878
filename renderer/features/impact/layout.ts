import type { ImpactReport, ImpactRow } from '../../../shared/contract/impact.ts'
import { effectWord } from '../../entities/remediation-labels.ts'
import type { Tone } from '../../ui/status.tsx'

/** A box of the diagram; lengths in px. */
export interface PictureNode {
  readonly key: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly kind: 'subject' | 'place' | 'thing' | 'more'
  readonly label: string
  /** The kind: `Key`, `Role`. */
  readonly word: string
  /** Null when it is not affected itself. */
  readonly effect: ImpactRow['effect'] | null
  /** How pressing the effect is for this subject; null without one. */
  readonly tone: Tone | null
}

export interface PictureEdge {
  readonly key: string
  readonly path: string
  readonly effect: ImpactRow['effect']
  readonly tone: Tone
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
}

/** Two lines: the name, and below it what it is or whose. */
export const NODE_HEIGHT = 42
const GAP = 8
const PLACE_GAP = 18
const MARGIN = 4

/** Between two columns, where the lines run. */
const BETWEEN = 84

/** The least and greatest width of a box, by column: as wide as its longest text. */
const WIDTHS = { subject: [150, 340], place: [180, 380], thing: [220, 460] } as const

/** At most this many things of one connection are drawn. */
const MOST_THINGS = 12

const WORDS: Readonly<Record<ImpactRow['kind'], string>> = {
  key: 'Key',
  access: 'Role',
  invite: 'Invite',
  member: 'Member',
  workload: 'Workload',
  deposit: 'Deposited key',
  caller: 'Gateway key',
}

interface Thing {
  readonly key: string
  readonly label: string
  readonly word: string
  readonly effect: ImpactRow['effect']
  readonly tone: Tone
  readonly isMore?: boolean
}

/**
 * The impact as a diagram in three columns: the subject, the connections it reaches, and what is revoked or unaffected
 * in each. Things that do not fit are counted in a box of their own. A pure layout: one report always gives the same
 * diagram.
 */
export function makePicture(report: ImpactReport): Picture {
  const places = [...Map.groupBy(report.rows, (row) => row.connection.id).values()]
  const drawn = places.map((rows) => ({ rows, things: listThings(rows, report.subject.kind) }))
  const COLUMNS = makeColumns(report, drawn)
  const nodes: PictureNode[] = []
  const edges: PictureEdge[] = []
  const middles: number[] = []
  let y = GAP
  for (const { rows, things } of drawn) {
    const from = y
    const bottom = from + things.length * (NODE_HEIGHT + GAP) - GAP
    const placeY = (from + bottom - NODE_HEIGHT) / 2
    const [first] = rows
    const place = `place ${first?.connection.id ?? ''}`
    nodes.push({
      key: place,
      ...COLUMNS.place,
      y: placeY,
      kind: 'place',
      label: first?.connection.label ?? '',
      word: first?.client.name ?? '',
      effect: null,
      tone: null,
    })
    for (const [at, thing] of things.entries()) {
      const thingY = from + at * (NODE_HEIGHT + GAP)
      const { key, label, word, effect, tone, isMore } = thing
      const kind = isMore === true ? 'more' : 'thing'
      nodes.push({ key, ...COLUMNS.thing, y: thingY, kind, label, word, effect, tone })
      edges.push({ key, path: curve(COLUMNS.place, placeY, COLUMNS.thing, thingY), effect, tone })
    }
    middles.push(placeY)
    y = bottom + PLACE_GAP
  }
  const height = Math.max(y - PLACE_GAP + GAP, NODE_HEIGHT + 2 * GAP)
  const subjectY = (height - NODE_HEIGHT) / 2
  nodes.unshift({
    key: 'subject',
    ...COLUMNS.subject,
    y: subjectY,
    kind: 'subject',
    label: report.subject.name,
    word: '',
    effect: null,
    tone: null,
  })
  for (const [at, middle] of middles.entries()) {
    const worst = findWorst(drawn[at]?.things ?? [])
    edges.unshift({ key: `place ${at}`, path: curve(COLUMNS.subject, subjectY, COLUMNS.place, middle), ...worst })
  }
  return { width: COLUMNS.thing.x + COLUMNS.thing.width + MARGIN, height, nodes, edges }
}

interface ConnectionThings {
  readonly rows: readonly ImpactRow[]
  readonly things: readonly Thing[]
}

/** Each column is as wide as its longest text, within bounds. */
function makeColumns(
  { subject }: ImpactReport,
  drawn: readonly ConnectionThings[],
): Readonly<Record<keyof typeof WIDTHS, Column>> {
  const fit = (column: keyof typeof WIDTHS, texts: readonly string[]): number => {
    const [least, most] = WIDTHS[column]
    const longest = Math.max(0, ...texts.map((text) => Array.from(text).length))
    return Math.min(most, Math.max(least, Math.ceil(longest * CHARACTER) + 20))
  }
  const firsts = drawn.flatMap(({ rows }) => rows.slice(0, 1))
  const subjectWidth = fit('subject', [subject.name])
  const placeWidth = fit(
    'place',
    firsts.flatMap(({ connection, client }) => [connection.label, client.name]),
  )
  const thingWidth = fit(
    'thing',
    drawn.flatMap(({ things }) => things.flatMap(({ label, word }) => [label, word])),
  )
  const placeX = MARGIN + subjectWidth + BETWEEN
  return {
    subject: { x: MARGIN, width: subjectWidth },
    place: { x: placeX, width: placeWidth },
    thing: { x: placeX + placeWidth + BETWEEN, width: thingWidth },
  }
}

/** Keys and invites one by one, as far as they fit; then roles and members, which may be very many. */
function listThings(rows: readonly ImpactRow[], subject: ImpactReport['subject']['kind']): Thing[] {
  const all = rows.flatMap((row): Thing[] => {
    const own = {
      key: `${row.kind} ${row.id} ${row.project?.id ?? ''}`,
      label: toLabel(row),
      word: toWord(row),
      effect: row.effect,
      tone: effectWord(row, subject).tone,
    }
    // When a key is removed, the key that takes over is shown beside it.
    return rows.length > 1 || row.kind !== 'key'
      ? [own]
      : [
          own,
          ...row.alsoHeldBy.map((name): Thing => ({
            key: `also ${name}`,
            label: name,
            word: 'Takes over',
            effect: 'stays',
            tone: 'quiet',
          })),
        ]
  })
  if (all.length <= MOST_THINGS) return all
  const shown = all.slice(0, MOST_THINGS - 1)
  const rest = all.slice(shown.length)
  return [
    ...shown,
    { key: `more ${all[0]?.key ?? ''}`, label: `${rest.length} more`, word: '', ...findWorst(rest), isMore: true },
  ]
}

function toLabel(row: ImpactRow): string {
  if (row.kind === 'access') return `${row.role ?? ''} · ${row.project?.name ?? 'organization'}`
  return row.name
}

/** The kind of a thing; for a key also its purpose. */
function toWord({ kind, environment }: ImpactRow): string {
  return kind === 'key' && environment !== null && environment !== '' ? `${WORDS.key} · ${environment}` : WORDS[kind]
}

const PRESSING: readonly Tone[] = ['bad', 'warn', 'info', 'quiet']

/** The most pressing of some effects. */
function findWorst(things: readonly Pick<Thing, 'effect' | 'tone'>[]): Pick<Thing, 'effect' | 'tone'> {
  const [worst] = things.toSorted((a, b) => PRESSING.indexOf(a.tone) - PRESSING.indexOf(b.tone))
  return worst === undefined ? { effect: 'unknown', tone: 'warn' } : { effect: worst.effect, tone: worst.tone }
}

interface Column {
  readonly x: number
  readonly width: number
}

/** From the right edge of one box to the left edge of another, horizontal at both ends. */
function curve(from: Column, fromY: number, to: Column, toY: number): string {
  const [x1, x2] = [from.x + from.width, to.x]
  const [y1, y2] = [fromY + NODE_HEIGHT / 2, toY + NODE_HEIGHT / 2]
  const middle = (x1 + x2) / 2
  return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`
}

/** A label that fits its box, cut with an ellipsis between whole characters. */
export function fitted(text: string, width: number): string {
  const most = Math.floor((width - 16) / CHARACTER)
  const characters = Array.from(text)
  return characters.length <= most ? text : `${characters.slice(0, Math.max(1, most - 1)).join('')}…`
}

/** An upper estimate of the width of a character in 12 px text. */
const CHARACTER = 7
