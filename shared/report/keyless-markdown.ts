import type { KeylessProgress, KeylessRow } from '../contract/keyless.ts'
import { counted } from '../domain/counted.ts'
import { platformName } from '../domain/keyless/platforms.ts'
import { providerName } from '../domain/providers/providers.ts'
import { said } from '../domain/text/said.ts'
import { keylessSetup } from './keyless-setup.ts'
import { type MarkdownColumns, markdownTable } from './markdown-table.ts'
import { markdownHeading, markdownLine } from './markdown-text.ts'

export interface KeylessDocument {
  /** The client's name; null for all clients. */
  readonly client: string | null
  readonly progress: readonly KeylessProgress[]
  readonly rows: readonly KeylessRow[]
  /** The filters of the rows (`state “no rule yet”`); empty for none. */
  readonly narrowed: string
}

/**
 * The keyless plan in GitHub-flavoured Markdown: progress of each client, one line for each key, and what to configure
 * once for each provider and platform.
 */
export function keylessMarkdown({ client, progress, rows, narrowed }: KeylessDocument): string {
  const open = rows.filter(({ state }) => state === 'static').length
  return [
    `${markdownHeading(2, said(`Keyless plan: ${client ?? 'all clients'}`))}\n`,
    `${markdownLine(`${counted(rows.length, 'key')} of pipelines and cloud workloads can be replaced by federation: ${open} without a rule, ${rows.length - open} beside one.${narrowed === '' ? '' : ` Filters: ${narrowed}. The progress counts all keys.`}`)}\n`,
    ...(progress.length === 0 ? [] : [`${markdownTable(PROGRESS, progress)}\n`]),
    ...(rows.length === 0 ? [] : [`${markdownHeading(3, 'Keys')}\n`, `${markdownTable(KEYS, rows)}\n`]),
    ...setups(rows),
  ].join('\n')
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

/** What to configure, once for each provider and known platform; the first key of each is the example. */
function setups(rows: readonly KeylessRow[]): string[] {
  const firsts = new Map(
    rows.toReversed().flatMap((row) => {
      const { platform, connection } = row
      return platform === null ? [] : [[`${connection.provider} ${platform}`, { row, platform }] as const]
    }),
  )
  return [...firsts.values()].flatMap(({ row, platform }) => {
    const setup = keylessSetup(row, platform)
    if (setup === null) return []
    const { rule } = setup
    return [
      `${markdownHeading(3, said(`${providerName(row.connection.provider)} from ${setup.name}, as for ${row.name}`))}\n`,
      ...[`Issuer: ${rule.issuer}`, `Subject: ${rule.subject}`, `Audience: ${rule.audience}`, rule.hint].map(
        (line) => `- ${markdownLine(said(line))}`,
      ),
      '',
      ...setup.steps.map((step, n) => `${n + 1}. ${markdownLine(said(step))}`),
      '',
      ...setup.snippets.flatMap(({ title, text }) => [`${markdownLine(`${title}:`)}\n`, fenced(text)]),
    ]
  })
}

/** A block of code, whose fence is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}${fence}\n`
}
