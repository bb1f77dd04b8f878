import type { ReviewItem, ReviewRow, ReviewSource } from '../contract/reviews.ts'
import { counted } from '../domain/counted.ts'
import { providerName } from '../domain/providers/providers.ts'
import { reviewTitle } from '../domain/reviews/review.ts'
import { sourceLabel, type SourceName, SOURCES } from '../domain/source.ts'
import { formatDay } from '../domain/text/dates.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import type { SentChange } from './evidence-changes.ts'
import type { EvidenceReview } from './evidence-header.ts'
import { VERIFY_COMMANDS } from './evidence-pack.ts'
import type { EvidenceTeam } from './evidence-signers.ts'
import { describeTimeliness, newTally, type Tally } from './evidence-sign-off.ts'
import { changesPart } from './review-summary-changes.ts'
import { itemsPart, whyWords } from './review-summary-items.ts'
import {
  bulletList,
  codeBlock,
  heading,
  labelled,
  paragraph,
  part,
  type SummaryNode,
  summaryPage,
  table,
} from './review-summary-tree.ts'

/** The items that a summary lists; the evidence pack has all. */
const MOST_LISTED = 2000

/** The rows of each list on the first page, which is one sheet. */
const MOST_NAMED = 5

/** A pack that proves what a summary states. */
interface SummarizedPack {
  readonly name: string
  /** SHA-256 of its manifest, in hex. */
  readonly manifest: string
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number
}

/** The material of a summary, except its items. */
interface SummaryFacts {
  readonly evidence: EvidenceReview
  readonly marks: readonly { readonly says: string }[]
  readonly sent: readonly SentChange[]
  /** `inside`: the summary is a file of the pack itself. Null: no pack was exported yet. */
  readonly pack: SummarizedPack | 'inside' | null
  /** In the pack of a client of a team: what its logs show. */
  readonly team?: EvidenceTeam
}

/** Collects the items of a review, and prints its summary for a human auditor. */
export function newReviewSummary() {
  const tally = newTally()
  const listed: ReviewItem[] = []
  const keptWithFindings: ReviewItem[] = []
  const questions: ReviewItem[] = []
  return {
    /** In the order of their positions. */
    add: (item: ReviewItem): void => {
      tally.add(item)
      if (listed.length < MOST_LISTED) listed.push(item)
      const decision = item.record?.decision
      if (item.flagged && decision === 'keep' && keptWithFindings.length < MOST_NAMED) keptWithFindings.push(item)
      if (decision === 'unknown' && questions.length < MOST_NAMED) questions.push(item)
    },
    /** One HTML file that loads and runs nothing: a page of attestation, then the items. */
    html: (facts: SummaryFacts): string => {
      const { row } = facts.evidence
      const title = `Access review: ${reviewTitle(row.kind)}, ${said(row.client.name)}`
      return summaryPage(title, [
        part('attestation', attestation(facts, { tally: tally.count, keptWithFindings, questions })),
        part('items', itemsPart(listed, tally.count.items)),
      ])
    },
  }
}

interface SummaryCounts {
  readonly tally: Tally
  readonly keptWithFindings: readonly ReviewItem[]
  readonly questions: readonly ReviewItem[]
}

function attestation(facts: SummaryFacts, counts: SummaryCounts) {
  const { evidence, marks, sent } = facts
  const { row, sources } = evidence
  return [
    heading(1, `Access review: ${reviewTitle(row.kind)}`),
    paragraph(describeReview(evidence)),
    ...(evidence.sample ? [paragraph('The sample agency: every person, account and key in it is invented.')] : []),
    heading(2, 'Scope'),
    bulletList([
      labelled('Client', said(row.client.name)),
      labelled(
        plural(organizations(sources).length, 'Provider organization'),
        organizations(sources).join('; ') || 'None',
      ),
      labelled('Population', describePopulation(row, sources)),
    ]),
    heading(2, 'Sign-off'),
    bulletList([
      labelled('Reviewed and signed by', describeSignature(row.signed, 'Not signed')),
      labelled('Acknowledged by', describeSignature(row.acknowledged, 'Not acknowledged by a second person')),
      labelled('Due', `${formatDay(row.dueOn)}, ${describeTimeliness(row)}`),
    ]),
    heading(2, 'Decisions'),
    ...decisionsPart(counts.tally),
    ...keptPart(counts),
    ...questionsPart(row, counts),
    ...changesPart(sent, timeWords),
    heading(2, 'Not read'),
    ...notRead(evidence),
    ...(marks.length === 0 ? [] : [heading(2, 'To ask about'), ...listOf(marks.map(({ says }) => said(says)))]),
    heading(2, 'How to verify'),
    ...verifyPart(facts),
  ]
}

/** Describes a review in sentences as an auditor would use them. */
function describeReview({ row, scope }: EvidenceReview): string {
  const opened = `It covers ${scope}, as recorded when ${said(row.openedBy)} started it on ${timeWords(row.openedAt)}; later changes at the providers are not part of it.`
  const { signed, acknowledged } = row
  if (row.state === 'withdrawn') return `This review was cancelled, so it attests nothing. ${opened}`
  if (row.state === 'empty') return `There was nothing to review: the review was closed when it was started. ${opened}`
  if (signed === null) {
    return `This review is still open: ${row.decided} of ${counted(row.items, 'item')} are decided, and it is not signed. ${opened}`
  }
  const second =
    acknowledged === null
      ? 'No second person has acknowledged it yet.'
      : `${said(acknowledged.by)} acknowledged it as a second person on ${timeWords(acknowledged.at)}.`
  return `${said(signed.by)} signed this review on ${timeWords(signed.at)}. ${second} ${opened}`
}

function describePopulation(row: ReviewRow, sources: readonly ReviewSource[]): string {
  const syncs = [...new Set(sources.flatMap(({ syncId }) => (syncId === null ? [] : [syncId])))]
  const times = sources.flatMap(({ readAt }) => (readAt === null ? [] : [readAt]))
  if (syncs.length === 0) return `${counted(row.items, 'item')}; no list was ever read`
  const first = timeWords(Math.min(...times))
  const last = timeWords(Math.max(...times))
  const when = first === last ? `on ${first}` : `between ${first} and ${last}`
  const which = `${syncs.length === 1 ? 'sync' : 'syncs'} ${syncs.join(', ')}`
  return `${counted(row.items, 'item')}, without any filter, read ${when} (${which})`
}

function organizations(sources: readonly ReviewSource[]): readonly string[] {
  const known = new Map(sources.map(({ connection }) => [connection.id, connection]))
  return [...known.values()].map(({ label, provider, organizationId }) => {
    const id = organizationId === null ? 'ID not known' : said(organizationId)
    return `${said(label)} (${said(providerName(provider))}, ${id})`
  })
}

function describeSignature(signature: ReviewRow['signed'], none: string): string {
  if (signature === null) return none
  const { by, operator, at } = signature
  const typed = operator === null || operator === by ? '' : `; entered by the operator ${said(operator)}`
  return `${said(by)}, ${timeWords(at)}${typed}`
}

function decisionsPart(tally: Tally): readonly SummaryNode[] {
  const { keep, change, remove, unknown, undecided, items, flaggedKept, exceptions, done, pending, selfReviews } = tally
  const columns = [
    ['Kept', keep],
    ['To be changed', change],
    ['To be removed', remove],
    ['More information needed', unknown],
    ['Not decided', undecided],
    ['All items', items],
  ] as const
  const notes = [
    [flaggedKept, `${counted(flaggedKept, 'item is kept', 'items are kept')} with open findings, each with a reason.`],
    [exceptions, `${counted(exceptions, 'item is', 'items are')} kept as an exception until a date.`],
    [done, `${counted(done, 'change or removal was', 'changes and removals were')} verified by a later sync.`],
    [pending, `${counted(pending, 'change or removal is', 'changes and removals are')} not verified by a sync yet.`],
    [selfReviews, `${counted(selfReviews, 'item is', 'items are')} about the access of their own reviewer.`],
  ] as const
  return [
    table(
      columns.map(([what]) => what),
      [columns.map(([, count]) => String(count))],
    ),
    ...listOf(notes.flatMap(([count, text]) => (count === 0 ? [] : [text]))),
  ]
}

function listOf(texts: readonly string[]): readonly SummaryNode[] {
  return texts.length === 0 ? [] : [bulletList(texts.map((text) => [{ text }]))]
}

function keptPart({ tally, keptWithFindings }: SummaryCounts) {
  if (tally.flaggedKept === 0) return []
  return [
    heading(2, 'Kept with open findings'),
    table(['Item', 'Findings', 'Reason', 'Reviewer'], keptWithFindings.map(keptCells)),
    ...more(tally.flaggedKept - keptWithFindings.length, tally.items),
  ]
}

function keptCells({ position, name, facts, record }: ReviewItem): readonly string[] {
  const findings = facts.findings.map(({ title }) => said(title)).join('; ')
  return [`${position} ${said(name)}`, findings, whyWords(record), said(record?.by ?? '')]
}

function questionsPart(row: ReviewRow, { tally, questions }: SummaryCounts) {
  if (tally.unknown === 0) return []
  return [
    heading(2, 'More information needed'),
    paragraph(
      [counted(tally.unknown, 'item needs', 'items need'), 'more information.', ...describeCarried(row)].join(' '),
    ),
    table(
      ['Item', 'Question', 'Asked by'],
      questions.map(({ position, name, record }) => [
        `${position} ${said(name)}`,
        whyWords(record),
        said(record?.by ?? ''),
      ]),
    ),
    ...more(tally.unknown - questions.length, tally.items),
  ]
}

/** Reviews that were signed before a reason was asked for have none; a cancelled one has no signature to wait for. */
function describeCarried({ carried, signed, state }: ReviewRow): readonly string[] {
  if (carried !== null) return [`The review was signed without an answer, because: ${said(carried)}`]
  if (signed !== null) return ['The review was signed without an answer; no reason was recorded.']
  return state === 'withdrawn' ? [] : ['The review needs an answer, or a reason for none, before it is signed.']
}

function more(count: number, items: number) {
  const where = items > MOST_LISTED ? 'the evidence pack' : 'the list below'
  return count <= 0 ? [] : [paragraph(`And ${counted(count, 'more item', 'more items')}, in ${where}.`)]
}

const READ: ReadonlySet<ReviewSource['state']> = new Set(['complete', 'unavailable'])

const NOT_READ: Readonly<Record<string, string>> = {
  denied: 'the provider refused it',
  failed: 'reading it failed',
  cancelled: 'reading it was cancelled',
  'never-read': 'it was never read',
}

function notRead({ row, sources, unsynced }: EvidenceReview) {
  const missing = [
    ...sources
      .filter(({ state }) => !READ.has(state))
      .map(({ source, connection, state }) => ({
        list: `${sourceWord(source)} of ${said(connection.label)}`,
        because: NOT_READ[state] ?? state,
      })),
    ...unsynced.map(({ source, connection, because }) => ({
      list: `${sourceLabel(source)} of ${said(connection.label)}`,
      because: said(because),
    })),
  ]
  if (missing.length === 0) return [paragraph(describeRead(sources))]
  const rest = missing.length - MOST_NAMED
  return [
    paragraph('Items may be missing, since these lists were not read completely:'),
    bulletList([
      ...missing.slice(0, MOST_NAMED).map(({ list, because }) => [{ text: `${list}: ${because}` }]),
      ...(rest > 0 ? [[{ text: `and ${counted(rest, 'more list', 'more lists')}` }]] : []),
    ]),
    ...(row.override === null
      ? []
      : [paragraph(`The reason for starting with incomplete data: ${said(row.override)}`)]),
  ]
}

/** Describes the reading, when nothing that exists was left out. */
function describeRead(sources: readonly ReviewSource[]): string {
  const read = sources.filter(({ state }) => state === 'complete').length
  const without = sources.length - read
  const missed = `${counted(without, 'list is', 'lists are')} not offered by the organization.`
  if (read === 0) return without === 0 ? 'No list of a provider is part of this review.' : missed
  const whole = `Nothing: ${read === 1 ? 'the list' : `all ${read} lists`} that the population is made of ${read === 1 ? 'was' : 'were'} read completely.`
  return without === 0 ? whole : `${whole} ${missed}`
}

function sourceWord(source: string): string {
  return (SOURCES as readonly string[]).includes(source) ? sourceLabel(source as SourceName) : said(source)
}

function verifyPart({ evidence, pack, team }: SummaryFacts) {
  const written = `Castellan ${evidence.version} wrote this summary for ${said(evidence.operator)} on ${timeWords(evidence.packedAt)}.`
  return [
    paragraph(team === undefined ? describePack(pack) : IN_TEAM_PACK),
    ...(team === undefined ? [] : [bulletList(teamItems(team))]),
    bulletList([
      labelled('Fingerprint of the signing key (SHA-256)', evidence.fingerprint),
      ...(pack === null || pack === 'inside'
        ? []
        : [labelled('Hash of the manifest of the pack (SHA-256)', pack.manifest)]),
    ]),
    paragraph(
      'Ask the operator for the fingerprint through another channel, and compare. Then run these commands in the folder of the pack; they do not need Castellan:',
    ),
    codeBlock(VERIFY_COMMANDS.join('\n')),
    paragraph(
      `The first prints OK for every file, the second “Signature Verified Successfully”, and the third the fingerprint. ${written}`,
    ),
  ]
}

const IN_TEAM_PACK =
  'This summary is a file of the signed evidence pack, which has every item with all of its facts, and the entries that members of the team signed, each with the key of their own device. VERIFY.md in the pack has a script that shows who signed each entry. Compare the root of the team, through another channel, too.'

function teamItems({ name, record, acts }: EvidenceTeam) {
  const keys = acts.filter(({ kind }) => kind === 'review.signed' || kind === 'review.acknowledged')
  return [
    labelled('Root of the team', `${record.root} (${said(name)})`),
    ...keys.map(({ kind, member, key }) =>
      labelled(
        kind === 'review.signed' ? 'Key of the device that signed' : 'Key of the device that acknowledged',
        `${key} (${said(member.name)}, ${said(member.email)})`,
      ),
    ),
  ]
}

function describePack(pack: SummaryFacts['pack']): string {
  if (pack === 'inside') {
    return 'This summary is a file of the signed evidence pack, which has every item with all of its facts, and the audit log.'
  }
  const proof = 'This summary is for reading; it is not signed. The signed evidence pack proves what it states'
  return pack === null
    ? `${proof}. No pack of this review has been exported yet: ask for one.`
    : `${proof}: ${said(pack.name)}, exported on ${timeWords(pack.at)}.`
}

function plural(count: number, label: string): string {
  return count === 1 ? label : `${label}s`
}

/** `26 Nov 2026, 14:03 UTC`. */
function timeWords(at: number): string {
  const text = utcInstant(at)
  return text === null ? 'an unknown time' : `${formatDay(text.slice(0, 10))}, ${text.slice(11, 16)} UTC`
}
