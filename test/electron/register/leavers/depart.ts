import { reportEmployment } from '../../../../electron/register/people/employment.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'

/** Records in the HR data that a person (or everyone, if no person is given) left on the last day of 2025. */
export function depart(writer: Writer, personId?: number): void {
  const everybody = writer.all<{ id: number; name: string }>('SELECT id, name FROM person')
  for (const { id, name } of everybody) {
    if (personId !== undefined && id !== personId) continue
    reportEmployment(writer, id, {
      externalId: null,
      name,
      status: 'departed',
      department: null,
      manager: null,
      jobTitle: null,
      contractor: false,
      startsOn: null,
      endsOn: '2025-12-31',
      source: 'personnel.csv',
      at: Date.UTC(2026, 0, 2),
      today: '2026-01-02',
    })
  }
}
