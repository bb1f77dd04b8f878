import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { awaitImport } from '../../shared/contract/import-result.ts'
import { getReader } from '../../electron/service/core/context.ts'
import { verifyPack } from '../../electron/service/evidence/verify-pack.ts'
import type { Service } from '../../electron/service/process/open.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'
import { NORTHFOLD_CREDENTIAL } from '../providers/fixtures/northfold-openai.ts'
import type { FaultPlace, FaultWorld } from './world.ts'

/** Work that writes, as a person or a timer does it: what the drills interrupt. */
export interface Flow {
  readonly name: string
  /** Does it. Throws the error of the product. `out` is a folder outside the profile. */
  readonly run: (service: Service, place: FaultPlace, out: string) => Promise<void>
  /** What is wrong with the files that it wrote to `out`; nothing where they are whole or not there. */
  readonly wrong?: (out: string) => Promise<string[]>
  /** It passes through states of its own: what is wrong with the one that it is in. */
  readonly between?: (service: Service, world: FaultWorld) => string[]
  /** Tables that count the runs, so that a second one leaves another row. */
  readonly countsRuns?: RegExp
  /** Files that it may leave after a fault, since they hold something. */
  readonly leaves?: RegExp
  /** A second run is not the same work. */
  readonly once?: true
}

/** Why a sync did not end well, in the words of the product; nothing where it did. */
function getEnd({ phase, result, notWritten }: SyncProgress): string {
  if (phase !== 'done' || result?.state === 'complete') return ''
  const source = result?.sources.find(({ reason }) => reason !== null)
  return notWritten ?? result?.reason ?? source?.reason ?? 'no reason'
}

async function drained(reported: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of reported);
}

const FLOWS_BY_NAME: Readonly<Record<string, Omit<Flow, 'name'>>> = {
  sync: {
    run: async ({ api }, place) => {
      await api.sync.start({ connections: [place.connection], credential: NORTHFOLD_CREDENTIAL })
      let ended = ''
      for await (const states of await api.sync.watch({})) ended = states.map(getEnd).join('')
      if (ended !== '') throw new Error(ended)
    },
  },
  import: {
    run: async ({ api }, place) => {
      const content = new TextEncoder().encode(place.registerFile)
      await awaitImport(api.files.import({ client: 'acme', kind: 'register', fileName: 'register.md', content }))
    },
  },
  usage: {
    run: async ({ api }, place) => drained(await api.usage.import({ client: 'acme', path: place.usageFile })),
    // Each part of a file is whole by itself.
    between: () => [],
    countsRuns: /^usage_(?:import|part)$/u,
  },
  decide: {
    run: async ({ api }, place) => {
      await api.reviews.decide({ reviewId: place.openReview, items: {}, decision: 'keep', why: 'They work on it.' })
    },
    // A decision that is repeated is a batch of its own, with its own rows in the audit log.
    countsRuns: /^review_batch$/u,
  },
  rotate: {
    run: async ({ api }, place) => {
      await api.rotation.mark({ keyId: place.key, note: 'in the vault' })
    },
    countsRuns: /^rotation$/u,
  },
  pack: {
    run: async ({ api }, place, out) => {
      await api.evidence.pack({ reviewId: place.signedReview, directory: out })
    },
    wrong: async (out) => {
      // What begins with a dot is a draft.
      const packs = existsSync(out) ? readdirSync(out).filter((name) => !name.startsWith('.')) : []
      const verdicts = await Promise.all(packs.map((name) => verifyPack(join(out, name))))
      return verdicts.flatMap(({ ok, problems }, at) => (ok ? [] : [`${packs[at]}: ${JSON.stringify(problems)}`]))
    },
    // A pack that was whole when the process was killed is never replaced: the second one gets the next number.
    leaves: /^out\/northfold-roles(?:-#){4}(?:\.zip$|\/|$)/u,
  },
  export: {
    run: async ({ api }, _place, out) => {
      await api.files.exportRegister({ format: 'csv', path: join(out, 'register.csv'), force: true })
    },
    wrong: async (out) => {
      const path = join(out, 'register.csv')
      return existsSync(path) && !readFileSync(path, 'utf8').endsWith('\n') ? ['register.csv is not whole'] : []
    },
  },
  backup: {
    run: async ({ api }) => {
      await api.backup.make()
    },
  },
  restore: {
    run: async ({ api }, place) => {
      await api.backup.restore({ name: place.backup })
    },
    // A log that could not be taken into the register that was replaced stays beside it.
    leaves: /\/replaced-[^/]*\.db-(?:wal|shm)$/u,
  },
  remediate: {
    run: async ({ api }, place) => {
      await api.connection.setCredential({ id: place.connection, credential: NORTHFOLD_CREDENTIAL })
      const { token, confirm } = await api.remediation.preview({ remediations: [place.remediation] })
      const { stopped } = await api.remediation.run({ token, confirm })
      let ended = ''
      for await (const states of await api.sync.watch({})) ended = states.map(getEnd).join('')
      if (stopped !== null || ended !== '') throw new Error(stopped ?? ended)
    },
    // What was sent and what the register records of it, ignoring its other contents.
    between: (service, world) => {
      const state = getReader(service.context).value<string>('SELECT state FROM remediation WHERE id = ?', [
        world.remediation,
      ])
      if (world.isMember()) return state === 'done' ? ['done, and not done at the provider'] : []
      return state === 'done' || state === 'unsure' ? [] : [`${state}, and done at the provider`]
    },
    once: true,
  },
}

export const FLOWS: readonly Flow[] = Object.entries(FLOWS_BY_NAME).map(([name, flow]) => ({ name, ...flow }))
