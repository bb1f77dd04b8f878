import { compareText, orderBy } from '../domain/text/collation.ts'
import { dayCell, textCell } from '../domain/text/register-cells.ts'
import { type ACCOUNT_ROSTER_FIELDS, accountRosterRecord } from './account-roster.ts'
import type { OrganizationReading } from './register-reading.ts'

/** The cells of a service account in the register; see `ACCOUNT_ROSTER_FIELDS`. */
export type RosterLine = Readonly<Record<keyof typeof ACCOUNT_ROSTER_FIELDS, string>>

/** The roster of an organization: by name, then by everything else, so that the order depends on the cells alone. */
export function rosterLines({ roster }: OrganizationReading): RosterLine[] {
  const lines = roster.map((account): RosterLine => {
    const { lastRotation, ...words } = accountRosterRecord(account)
    const cell = (text: string | null): string => textCell(text ?? '')
    return {
      account: cell(words.account),
      owner: cell(words.owner),
      purpose: cell(words.purpose),
      credential: cell(words.credential),
      lastRotation: dayCell(lastRotation),
      lifetime: cell(words.lifetime),
      dependants: cell(words.dependants),
    }
  })
  return lines.sort(
    orderBy(
      (a, b) => compareText(a.account, b.account),
      (a, b) => compareText(JSON.stringify(a), JSON.stringify(b)),
    ),
  )
}
