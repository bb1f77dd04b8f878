import type { Edition } from '../../../../electron/service/files-out/edition.ts'
import type { OrganizationReading } from '../../../../shared/report/register-reading.ts'

/** An edition of the given readings, written on the first day of March 2025. */
export function makeEdition(
  readings: readonly OrganizationReading[],
  count: (rows: number) => void = () => undefined,
): Edition {
  return {
    scope: { client: readings[0]?.client ?? null, connection: null },
    clients: [...new Map(readings.map((reading) => [reading.client.slug, reading.client])).values()],
    generatedAt: Date.UTC(2025, 2, 1, 12),
    organizations: readings,
    count,
  }
}
