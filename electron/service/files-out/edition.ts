import type { RegisterClient, RegisterScope } from '../../../shared/report/register-document.ts'
import type { OrganizationReading } from '../../../shared/report/register-reading.ts'

/** One export of the register: what it covers, and its organizations, read one after the other on demand. */
export interface Edition {
  readonly scope: RegisterScope
  readonly clients: readonly RegisterClient[]
  readonly generatedAt: number
  /** In the order of the register. Can be read only once, and without a pause between. */
  readonly organizations: Iterable<OrganizationReading>
  /** Where the logs of a client of a team are, in a sentence; null without a team. */
  readonly describeHistory?: ((client: RegisterClient) => string | null) | undefined
  /** Reported of the rows that were written. */
  readonly count: (rows: number) => void
}

/** Prints an edition, piece by piece. */
export type Printer = (edition: Edition) => Iterable<string>
