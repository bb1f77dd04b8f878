import { getMethods, isRead, type Coverage, type Offer } from '../../../electron/providers/kit/coverage.ts'
import { getProvider } from '../../../electron/providers/registry.ts'
import { PROVIDER_IDS, providerName } from '../../../shared/domain/providers/providers.ts'
import { sourceLabel } from '../../../shared/domain/source.ts'

const INTRODUCTION = `# Coverage: what is read of each provider

A register is complete only as far as its readings are. This page has everything that each provider offers to read, whether
Castellan reads it, and what may not be concluded without it. A test finds every method of the providers' official clients
that reads, and every path of the published specifications, and fails on one that is not on this page. *200 and partial?* is when the
provider answers a list, without an error, with only some of its rows, and what Castellan does then.

What was read at the last sync of a connection is in its panel, in \`castellan provider coverage\`, and in \`coverage.jsonl\` of
each evidence pack. This page is written by \`test/electron/providers/coverage.test.ts\` from the providers themselves.`

/** The page `docs/coverage.md`. */
export function coverageReference(): string {
  return [INTRODUCTION, ...PROVIDER_IDS.map((id) => openSection(providerName(id), getProvider(id).coverage(null))), '']
    .join('\n\n')
    .replace(/\n+$/u, '\n')
}

function openSection(name: string, { basis, offers }: Coverage): string {
  const read = offers.filter(isRead)
  const methods = offers.flatMap(getMethods)
  return [
    `## ${name}`,
    `By ${basis.join('; ')}. ${methods.length} methods, all of them decided: ${read.length} things are read, ${offers.length - read.length} are not.`,
    [
      '| offered | read | 200 and partial? | not to be concluded without it | methods |',
      '| --- | --- | --- | --- | --- |',
      ...offers.map(toLine),
    ].join('\n'),
  ].join('\n\n')
}

function toLine(offer: Offer): string {
  const methods = isRead(offer)
    ? [...offer.calls.map(code), ...offer.same.map((name) => `(${code(name)})`)]
    : offer.methods.map(code)
  return `| ${offer.what} | ${readText(offer)} | ${partialText(offer)} | ${offer.unknown} | ${methods.join(', ')} |`
}

function readText(offer: Offer): string {
  if (!isRead(offer)) return `no: ${offer.because}`
  const reads = [...offer.sources.map(sourceLabel), ...offer.reports.map((report) => `usage report ${report}`)]
  return `yes: ${reads.join(', ')}${offer.needs === null ? '' : `. ${offer.needs}`}`
}

function partialText(offer: Offer): string {
  if (!isRead(offer)) return ''
  return offer.partial ?? 'not documented'
}

function code(name: string): string {
  return `\`${name}\``
}
