import type { KeylessProgress, KeylessRow } from '../contract/keyless.ts'
import { counted } from '../domain/counted.ts'
import { platformName } from '../domain/keyless/platforms.ts'
import { providerName } from '../domain/providers/providers.ts'
import { said } from '../domain/text/said.ts'
import { keylessSetup } from './keyless-setup.ts'
import { type MarkdownColumns, markdownTable, markdownTableLines } from './markdown-table.ts'
import { markdownCode, markdownHeading, markdownLine } from './markdown-text.ts'

export interface KeylessDocument {
  /** The client's name; null for all clients. */
  readonly client: string | null
  readonly progress: readonly KeylessProgress[]
  /** How many keys there are, and how many of these without a rule. */
  readonly count: number
  readonly open: number
  /** Read once, while the text is passed on. */
  readonly rows: Iterable<KeylessRow>
  /** The filters of the rows (`state “no rule yet”`); empty for none. */
  readonly narrowed: string
}

/**
 * The keyless plan in GitHub-flavoured Markdown, piece by piece: progress of each client, one line for each key, and what to
 * configure once for each provider and platform.
 */
export function* keylessMarkdown(plan: KeylessDocument): Generator<string> {
  const { client, progress, count, open, narrowed } = plan
  yield `${markdownHeading(2, said(`Keyless plan: ${client ?? 'all clients'}`))}\n`
  yield `\n${markdownLine(`${counted(count, 'key')} of pipelines and cloud workloads can be replaced by federation: ${open} without a rule, ${count - open} beside one.${narrowed === '' ? '' : ` Filters: ${narrowed}. The progress counts all keys.`}`)}\n`
  if (progress.length > 0) yield `\n${markdownTable(PROGRESS, progress)}\n`
  if (count === 0) return
  yield `\n${markdownHeading(3, 'Keys')}\n`
  const examples = new Map<string, Example>()
  for (const line of markdownTableLines(KEYS, noted(plan.rows, examples))) yield `\n${line}`
  yield '\n'
  for (const part of [...examples.values()].toReversed().flatMap(setup)) yield `\n${part}`
}

/** A key whose provider and platform have something to configure. */
interface Example {
  readonly row: KeylessRow
  readonly platform: NonNullable<KeylessRow['platform']>
}

/** The rows, with the first of each provider and platform kept; those seen last come last. */
function* noted(rows: Iterable<KeylessRow>, examples: Map<string, Example>): Generator<KeylessRow> {
  for (const row of rows) {
    const { platform, connection } = row
    if (platform !== null) {
      const name = `${connection.provider} ${platform}`
      const first = examples.get(name) ?? { row, platform }
      examples.delete(name)
      examples.set(name, first)
    }
    yield row
  }
}

const PROGRESS: MarkdownColumns<KeylessProgress> = {
  Client: ({ client }) => client.name,
  'Without a rule': (row) => String(row.static),
  'Beside a rule': (row) => String(row.beside),
  Retired: (row) => String(row.retired),
}

const KEYS: MarkdownColumns<KeylessRow> = {
  Client: ({ client }) => client.name,
  Key: ({ name }) => name,
  Project: ({ project }) => project?.name ?? null,
  'Service account': ({ account }) => (account === null ? 'to be created' : (account.name ?? account.externalId)),
  Platform: ({ platform }) => (platform === null ? 'not known' : platformName(platform)),
  Certainty: ({ certainty }) => certainty,
  Because: ({ reasons }) => reasons.join(' '),
  'Federation rule': ({ rule }) => rule?.workload ?? 'none yet',
  'Last day': ({ lastDay }) => lastDay,
  'Last day because': ({ lastDayBecause }) => lastDayBecause,
}

/** The settings for a provider and a platform. */
function setup({ row, platform }: Example): string[] {
  const known = keylessSetup(row, platform)
  if (known === null) return []
  const { name, rule, steps, snippets } = known
  return [
    `${markdownHeading(3, said(`${providerName(row.connection.provider)} from ${name}, as for ${row.name}`))}\n`,
    `- Issuer: ${markdownCode(said(rule.issuer))}`,
    `- Subject: ${markdownCode(said(rule.subject))}`,
    `- Audience: ${markdownCode(said(rule.audience))}`,
    `- ${markdownLine(said(rule.hint))}`,
    '',
    ...steps.map((step, n) => `${n + 1}. ${markdownLine(said(step))}`),
    '',
    ...snippets.flatMap(({ title, text }) => [`${markdownLine(`${title}:`)}\n`, fenced(text)]),
  ]
}

/** A block of code, whose fence is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}${fence}\n`
}
