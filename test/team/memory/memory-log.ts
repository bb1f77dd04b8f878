import type { Entry, StoredEntry } from '../../../shared/team/entry.ts'
import { MOST_BLOB_BYTES, type StoredBlob } from '../../../electron/team/blob.ts'
import { takeTogether } from '../../../electron/team/entry.ts'
import { toHex } from '../../../electron/team/hex.ts'
import {
  type Access,
  type StoredKnock,
  type TeamAdministration,
  type TeamLog,
  TeamLogError,
  type Wrap,
} from '../../../electron/team/log.ts'
import type { StoredSummary } from '../../../electron/team/log.ts'
import { createMemoryLeases } from './memory-leases.ts'

interface Stream {
  generation: number
  openedBy: string | null
  readonly entries: StoredEntry[]
  readonly access: Map<string, Access>
  /** By address in hex. */
  readonly blobs: Map<string, StoredBlob>
}

/** A server of a team in memory: the rules of the tables in PostgreSQL, for tests. */
export interface MemoryServer {
  /** `owner`: the login also has the rights of an owner's. */
  connect(login: string, rights?: 'member' | 'owner'): TeamLog & TeamAdministration
  /** The server as a backup of it would be restored now, under its name or another one. */
  copy(name?: string): MemoryServer
  /** The entries of a stream as they are stored, which the owner of a database can change. */
  stored(stream: string): StoredEntry[]
  /** The summaries, by client, which the owner of a database can change too. */
  readonly summaries: Map<string, StoredSummary>
}

interface Contents {
  readonly streams: Map<string, Stream>
  readonly wraps: (Wrap & { readonly madeBy: string })[]
  readonly knocks: Map<string, StoredKnock>
  readonly summaries: Map<string, StoredSummary>
}

export function createMemoryServer(server: string, clock: () => number): MemoryServer {
  return serve(server, clock, { streams: new Map(), wraps: [], knocks: new Map(), summaries: new Map() })
}

function serve(server: string, clock: () => number, contents: Contents): MemoryServer {
  const { streams, wraps, knocks, summaries } = contents
  const leases = createMemoryLeases(clock)
  const find = (stream: string): Stream => {
    const found = streams.get(stream)
    if (found === undefined) throw new TeamLogError('not-allowed', `The server has no stream ${stream}.`)
    return found
  }

  const connect = (login: string, rights: 'member' | 'owner' = 'member'): TeamLog & TeamAdministration => {
    const inSight = (): readonly (readonly [string, Stream])[] =>
      [...streams].filter(([, { access }]) => access.has(login))
    const requireOwner = (): void => {
      if (rights !== 'owner') throw new TeamLogError('not-allowed', `The login ${login} is not that of an owner.`)
    }
    const mayAppend = (stream: string): boolean =>
      ['append', 'lead'].includes(streams.get(stream)?.access.get(login) ?? '')
    const requireLead = (stream: string): void => {
      if (rights === 'owner' || streams.get(stream)?.access.get(login) === 'lead') return
      throw new TeamLogError('not-allowed', `The login ${login} is not that of a lead of the stream ${stream}.`)
    }
    const requireAppend = (stream: string): void => {
      if (mayAppend(stream)) return
      throw new TeamLogError('not-allowed', `The login ${login} may not append to the stream ${stream}.`)
    }
    const push: TeamLog['push'] = async (entries, notePlaced) => {
      for (const { stream, generation } of entries) {
        requireAppend(stream)
        if (rights !== 'owner' && generation !== find(stream).generation) {
          throw new TeamLogError('not-allowed', `The key of the stream ${stream} was replaced.`)
        }
      }
      const isNext = (entry: Entry, index: number): boolean => entry.seq === find(entry.stream).entries.length + index
      if (!entries.every(isNext)) return 'overtaken'
      const placedAt = clock()
      for (const entry of entries) find(entry.stream).entries.push({ ...entry, pushedBy: login, placedAt })
      notePlaced?.(placedAt)
      return 'placed'
    }
    return {
      server: async (noteTime) => {
        noteTime?.(clock())
        return server
      },
      heads: async () =>
        new Map(
          inSight().flatMap(([uid, { entries }]) => {
            const last = entries.at(-1)
            return last === undefined ? [] : [[uid, last]]
          }),
        ),
      pull: async (stream, from, most) => {
        const found = streams.get(stream)
        return found?.access.has(login) === true ? takeTogether(found.entries.slice(from, from + most)) : []
      },
      push,
      addJobs: async (jobs) => {
        for (const { stream } of jobs) requireAppend(stream)
        leases.add(jobs)
      },
      takeLeases: async (jobs, ms, early) =>
        leases.take(
          login,
          jobs.filter(({ stream }) => mayAppend(stream)),
          ms,
          early,
        ),
      renewLease: async (lease, ms) => mayAppend(lease.stream) && leases.renew(login, lease, ms),
      finishLease: async (lease, dueIn) => mayAppend(lease.stream) && leases.finish(login, lease, dueIn),
      pushUnderLease: async (entries, lease, notePlaced) =>
        leases.isHeld(login, lease) ? push(entries, notePlaced) : 'lease-ended',
      putBlobs: async (stream, added) => {
        requireAppend(stream)
        const { blobs } = find(stream)
        for (const blob of added) if (!blobs.has(toHex(blob.address))) blobs.set(toHex(blob.address), blob)
      },
      getBlobs: async (stream, addresses) => {
        const found = streams.get(stream)
        if (found?.access.has(login) !== true) return []
        let together = 0
        return addresses
          .flatMap((address) => found.blobs.get(toHex(address)) ?? [])
          .filter(({ sealed }) => {
            together += sealed.length
            return together <= MOST_BLOB_BYTES
          })
      },
      lackBlobs: async (stream, addresses) => {
        const found = streams.get(stream)
        if (found?.access.has(login) !== true) return addresses
        return addresses.filter((address) => !found.blobs.has(toHex(address)))
      },
      summaries: async (clients) => {
        const seen = new Set(inSight().map(([uid]) => uid))
        return clients.flatMap((client) => (seen.has(client) ? (summaries.get(client) ?? []) : []))
      },
      putSummaries: async (added) => {
        for (const summary of added) if (mayAppend(summary.stream)) summaries.set(summary.stream, summary)
      },
      wraps: async (device) => {
        const seen = new Set(inSight().map(([uid]) => uid))
        return wraps
          .filter((wrap) => wrap.device === device && seen.has(wrap.scope))
          .toSorted((a, b) => a.generation - b.generation)
      },
      listStreams: async () => {
        if (rights === 'owner') return new Map(streams)
        const mine = inSight().map(([uid, stream]) => [
          uid,
          { ...stream, access: new Map([...stream.access].filter(([of]) => of === login)) },
        ])
        return new Map(mine as [string, Stream][])
      },
      listWraps: async (scope, commitment) => {
        if (rights !== 'owner' && streams.get(scope)?.access.has(login) !== true) return []
        return wraps.filter((wrap) => wrap.scope === scope && wrap.commitment === commitment)
      },
      knock: async (knock) => {
        if (knock.login !== login) throw new TeamLogError('not-allowed', `The login ${login} asks under another name.`)
        if (![...knocks.values()].some((other) => other.login === login)) knocks.set(knock.invite, knock)
      },
      addStream: async (stream, generation) => {
        requireOwner()
        if (streams.has(stream)) return
        streams.set(stream, { generation, openedBy: null, entries: [], access: new Map(), blobs: new Map() })
      },
      openStream: async (stream) => {
        if (!streams.has(stream)) {
          streams.set(stream, { generation: 1, openedBy: login, entries: [], access: new Map(), blobs: new Map() })
        }
        const found = find(stream)
        if (found.openedBy !== login) throw new TeamLogError('not-allowed', `The stream ${stream} is there already.`)
        if (!found.access.has(login)) found.access.set(login, 'lead')
      },
      adoptStream: async (stream) => {
        requireOwner()
        find(stream).openedBy = null
      },
      setGeneration: async (stream, generation) => {
        requireOwner()
        find(stream).generation = generation
      },
      setAccess: async (stream, of, access) => {
        requireOwner()
        if (access === null) find(stream).access.delete(of)
        else find(stream).access.set(of, access)
      },
      giveAccess: async (stream, given) => {
        requireLead(stream)
        const { access } = find(stream)
        for (const [of, each] of given) if (!access.has(of)) access.set(of, each)
      },
      listKnocks: async () => {
        requireOwner()
        return [...knocks.values()]
      },
      removeKnock: async (invite) => {
        requireOwner()
        knocks.delete(invite)
      },
      addWraps: async (added) => {
        for (const { scope } of added) requireLead(scope)
        wraps.push(...added.map((wrap) => ({ ...wrap, madeBy: login })))
      },
      // Who connects here needs no login.
      alignLogins: async () => {
        requireOwner()
        return []
      },
      close: async () => undefined,
    }
  }
  return {
    connect,
    copy: (name = server) => serve(name, clock, structuredClone(contents)),
    stored: (stream) => find(stream).entries,
    summaries,
  }
}
