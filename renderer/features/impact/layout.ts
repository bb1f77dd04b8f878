import type { ImpactReport, ImpactRow } from '../../../shared/contract/impact.ts'
import { IMPACT_EFFECTS } from '../../../shared/domain/providers/facts.ts'

/** A box of the diagram; lengths in px. */
export interface PictureNode {
  readonly key: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly kind: 'subject' | 'place' | 'thing' | 'more'
  readonly label: string
  /** What it is: `Key`, `Role`. */
  readonly word: string
  /** Null when it is not affected itself. */
  readonly effect: ImpactRow['effect'] | null
}

export interface PictureEdge {
  readonly key: string
  readonly path: string
  readonly effect: ImpactRow['effect']
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
}

export const NODE_HEIGHT = 30
const GAP = 8
const PLACE_GAP = 18
const COLUMNS = { subject: { x: 4, width: 220 }, place: { x: 310, width: 236 }, thing: { x: 632, width: 344 } } as const
const WIDTH = COLUMNS.thing.x + COLUMNS.thing.width + 4

/** At most this many things of one connection are drawn. */
const MOST_THINGS = 12

const WORDS: Readonly<Record<ImpactRow['kind'], string>> = {
  key: 'Key',
  access: 'Role',
  invite: 'Invite',
  member: 'Member',
}

interface Thing {
  readonly key: string
  readonly label: string
  readonly word: string
  readonly effect: ImpactRow['effect']
  readonly isMore?: boolean
}

/**
 * The impact as a diagram in three columns: the subject, the connections it reaches, and what is revoked or unaffected
 * in each. What does not fit is counted in a box of its own. A pure layout: the same report always gives the same
 * diagram.
 */
export function makePicture(report: ImpactReport): Picture {
  const places = [...Map.groupBy(report.rows, (row) => row.connection.id).values()]
  const nodes: PictureNode[] = []
  const edges: PictureEdge[] = []
  const middles: number[] = []
  let y = GAP
  for (const rows of places) {
    const things = listThings(rows)
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
    })
    for (const [at, thing] of things.entries()) {
      const thingY = from + at * (NODE_HEIGHT + GAP)
      const { key, label, word, effect, isMore } = thing
      nodes.push({ key, ...COLUMNS.thing, y: thingY, kind: isMore === true ? 'more' : 'thing', label, word, effect })
      edges.push({ key, path: curve(COLUMNS.place, placeY, COLUMNS.thing, thingY), effect })
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
  })
  for (const [at, middle] of middles.entries()) {
    const effect = findWorst(places[at] ?? [])
    edges.unshift({ key: `place ${at}`, path: curve(COLUMNS.subject, subjectY, COLUMNS.place, middle), effect })
  }
  return { width: WIDTH, height, nodes, edges }
}

/** Keys and invites one by one, as far as they fit; then roles and members, of which there may be very many. */
function listThings(rows: readonly ImpactRow[]): Thing[] {
  const all = rows.flatMap((row): Thing[] => {
    const own = {
      key: `${row.kind} ${row.id} ${row.project?.id ?? ''}`,
      label: toLabel(row),
      word: toWord(row),
      effect: row.effect,
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
          })),
        ]
  })
  if (all.length <= MOST_THINGS) return all
  const shown = all.slice(0, MOST_THINGS - 1)
  const rest = all.slice(shown.length)
  const effect = rest.some((thing) => thing.effect === 'dies') ? 'dies' : (rest[0]?.effect ?? 'unknown')
  return [...shown, { key: `more ${all[0]?.key ?? ''}`, label: `${rest.length} more`, word: '', effect, isMore: true }]
}

function toLabel(row: ImpactRow): string {
  if (row.kind === 'access') return `${row.role ?? ''} · ${row.project?.name ?? 'organization'}`
  return row.name
}

/** The kind of a thing; for a key also its purpose. */
function toWord({ kind, environment }: ImpactRow): string {
  return kind === 'key' && environment !== null && environment !== '' ? `${WORDS.key} · ${environment}` : WORDS[kind]
}

function findWorst(rows: readonly ImpactRow[]): ImpactRow['effect'] {
  return IMPACT_EFFECTS.find((effect) => rows.some((row) => row.effect === effect)) ?? 'unknown'
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
const CHARACTER = 6.6
