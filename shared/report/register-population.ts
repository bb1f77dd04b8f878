import { capitalize } from '../domain/capitalize.ts'
import { readFromWords } from '../domain/providers/providers.ts'
import { countRead, isLog, sourceLabel } from '../domain/source.ts'
import { emptyCell } from '../domain/text/register-cells.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import type { OrganizationReading, SourceReading } from './register-reading.ts'

export interface SnapshotLine {
  readonly snapshot: string
  readonly readFrom: string
  readonly state: string
  readonly readAt: string
}

export interface PopulationLine {
  readonly source: string
  readonly state: string
  readonly expected: string
  readonly fetched: string
  readonly excluded: string
  /** `latest`, or the snapshot that the rows come from if the newest did not read this source. */
  readonly snapshot: string
}

/** The newest snapshot of an organization. */
export function snapshotLine(reading: OrganizationReading): SnapshotLine {
  const { snapshot } = reading
  if (snapshot === null) return { snapshot: emptyCell, readFrom: emptyCell, state: 'never read', readAt: emptyCell }
  return {
    snapshot: String(snapshot.id),
    readFrom: capitalize(readFromWords(reading.provider, snapshot.origin)),
    state: snapshot.state,
    readAt: utcInstant(snapshot.readAt) ?? emptyCell,
  }
}

/** The state of each list of an organization. */
export function populationLines({ sources, snapshot }: OrganizationReading): PopulationLine[] {
  return sources.map((source) => populationLine(source, snapshot?.id ?? null))
}

function populationLine(source: SourceReading, latest: number | null): PopulationLine {
  const excluded = source.excluded.map(({ count, reason }) => `${count} (${said(reason)})`).join('; ')
  return {
    source: sourceLabel(source.source),
    state: source.reason === null ? source.state : said(`${source.state}: ${source.reason}`),
    expected: source.expected === null ? emptyCell : String(source.expected),
    fetched: fetchedCell(source),
    excluded: excluded === '' ? '0' : excluded,
    snapshot: snapshotCell(source.complete, latest),
  }
}

/** Every sync reads other rows of a log: their number would change the register where no access changed. */
function fetchedCell(reading: SourceReading): string {
  const fetched = countRead(reading)
  if (fetched === null) return emptyCell
  return isLog(reading.source) ? 'not counted' : String(fetched)
}

function snapshotCell(complete: SourceReading['complete'], latest: number | null): string {
  if (complete === null) return emptyCell
  return complete.id === latest ? 'latest' : `${complete.id} (${utcInstant(complete.readAt) ?? emptyCell})`
}
