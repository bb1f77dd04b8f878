import { type Job, type Lease, MOST_LEASES } from '../../../electron/team/leases.ts'

interface Row extends Job {
  dueAt: number
  holder: string | null
  token: number
  until: number | null
}

/** The jobs of a server in memory, by the rules of the table in PostgreSQL. */
export function createMemoryLeases(clock: () => number) {
  const rows = new Map<string, Row>()
  const find = ({ stream, job }: Job): Row | undefined => rows.get(`${stream} ${job}`)
  const findHeld = (login: string, lease: Lease): Row | undefined => {
    const row = find(lease)
    return row?.holder === login && row.token === lease.token ? row : undefined
  }
  const isHeld = (login: string, lease: Lease): boolean => (findHeld(login, lease)?.until ?? -1) > clock()
  return {
    add: (jobs: readonly Job[]): void => {
      for (const job of jobs) {
        if (find(job) === undefined) {
          rows.set(`${job.stream} ${job.job}`, { ...job, dueAt: clock(), holder: null, token: 0, until: null })
        }
      }
    },
    take: (login: string, jobs: readonly Job[], ms: number, early = false): readonly Lease[] =>
      jobs
        .flatMap((job) => find(job) ?? [])
        .filter(({ dueAt, until }) => (early || dueAt <= clock()) && (until === null || until < clock()))
        .toSorted((a, b) => a.dueAt - b.dueAt)
        .slice(0, MOST_LEASES)
        .map((row) => {
          row.holder = login
          row.token += 1
          row.until = clock() + ms
          return { stream: row.stream, job: row.job, token: row.token }
        }),
    isHeld,
    renew: (login: string, lease: Lease, ms: number): boolean => {
      const row = isHeld(login, lease) ? find(lease) : undefined
      if (row !== undefined) row.until = clock() + ms
      return row !== undefined
    },
    finish: (login: string, lease: Lease, dueIn: number): boolean => {
      const row = findHeld(login, lease)
      if (row !== undefined) Object.assign(row, { holder: null, until: null, dueAt: clock() + dueIn })
      return row !== undefined
    },
  }
}
