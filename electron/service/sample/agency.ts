import type { ClientKind } from '../../../shared/domain/client.ts'
import { addDays, type Day } from '../../../shared/domain/day.ts'
import type { PolicyOverride } from '../../../shared/domain/policy.ts'
import type { RotationTrigger } from '../../../shared/domain/rotation.ts'
import { acme } from './clients/acme.ts'
import { heliotide } from './clients/heliotide.ts'
import { northfold } from './clients/northfold.ts'
import { quillmarsh } from './clients/quillmarsh.ts'
import { tarnbeck } from './clients/tarnbeck.ts'
import { vaneOrchard } from './clients/vane-orchard.ts'
import { sampleEmployment, type SampleEmployment } from './employment.ts'
import type { ReportedDays } from '../../register/usage/days.ts'
import { makeClaims } from './claims.ts'
import { standsOn, type ClientPlan, type OrganizationPlan, type SampleProvider } from './kit/plan.ts'
import { makeRejected, makeScene, makeSync, type SampleSync } from './reading.ts'
import { keyId } from './snapshot.ts'
import { anthropicAnswers } from './snapshot-anthropic.ts'
import { openaiAnswers } from './snapshot-openai.ts'
import { makeUsage } from './usage.ts'

/** A person's note about a key, found by its provider id. */
export interface KeyNote {
  readonly key: string
  readonly contact: string | null
  /** Used where the name does not show it. */
  readonly environment: string | null
  readonly purpose: string | null
  readonly intervalDays: number | null
  readonly dueOn: Day | null
  readonly notes: string | null
}

export interface PastRotation {
  readonly key: string
  readonly trigger: RotationTrigger
  readonly rotatedOn: Day
  readonly note: string
}

export interface PastReview {
  /** Provider id of the user. */
  readonly principal: string
  readonly on: Day
}

export interface SampleConnection {
  readonly provider: SampleProvider
  readonly label: string
  /** Null while it was never synced. */
  readonly organizationId: string | null
  readonly organizationName: string | null
  /** Earliest first; none for a connection that was never synced. */
  readonly syncs: readonly SampleSync[]
  readonly keyNotes: readonly KeyNote[]
  readonly rotations: readonly PastRotation[]
  readonly reviews: readonly PastReview[]
  /** The provider's reports of usage and costs. */
  readonly usage: readonly ReportedDays[]
  /** Rows of the client's internal records of it, with the columns of `CLAIM_COLUMNS`. */
  readonly claims: readonly (readonly string[])[]
}

export interface SampleClient {
  readonly name: string
  readonly slug: string
  readonly kind: ClientKind
  readonly colour: string
  readonly domains: readonly string[]
  readonly notes: string
  readonly policy?: PolicyOverride
  readonly connections: readonly SampleConnection[]
}

export interface SampleAgency {
  readonly clients: readonly SampleClient[]
  /** The content of HR files. */
  readonly employment: readonly SampleEmployment[]
}

const CLIENTS: readonly ClientPlan[] = [northfold, acme, quillmarsh, vaneOrchard, tarnbeck, heliotide]

/**
 * The agency Northfold with its own organizations and five clients, entirely invented, dated relative to `today`: one
 * is in order, the others each have a story that a governance team knows. One day gives one agency. `more` are clients
 * that a test adds.
 */
export function sampleAgency(today: Day, more: readonly ClientPlan[] = []): SampleAgency {
  const clients = [...CLIENTS, ...more]
  return {
    employment: sampleEmployment(clients, today),
    clients: clients.map(({ organizations, ...client }) => ({
      ...client,
      connections: organizations.map((organization) => getConnection(organization, today)),
    })),
  }
}

function getConnection(plan: OrganizationPlan, today: Day): SampleConnection {
  const last = plan.syncs.at(-1)
  const { reports, days } = makeUsage(plan, today)
  return {
    usage: reports,
    claims: makeClaims(plan, days),
    provider: plan.provider,
    label: plan.label,
    organizationId: plan.organizationId || null,
    organizationName: plan.organizationName || null,
    syncs: [
      ...plan.syncs.map((day) => {
        const scene = makeScene(plan, day, today)
        return makeSync(scene, plan.provider === 'openai' ? openaiAnswers(scene) : anthropicAnswers(scene))
      }),
      ...(plan.rejected === undefined
        ? []
        : [makeRejected(makeScene(plan, plan.rejected.on, today), plan.rejected.reason)]),
    ],
    ...(last === undefined ? { keyNotes: [], rotations: [], reviews: [] } : listNotes(plan, last, today)),
  }
}

/** Lists the facts that people added manually to those of the last sync. */
function listNotes(
  plan: OrganizationPlan,
  day: number,
  today: Day,
): Pick<SampleConnection, 'keyNotes' | 'rotations' | 'reviews'> {
  const scene = makeScene(plan, day, today)
  const keys = plan.keys.filter((key) => standsOn(key, day))
  return {
    keyNotes: keys
      .map((key) => ({
        key: keyId(plan, scene, key),
        contact: key.contact ?? null,
        environment: key.environment ?? null,
        purpose: key.purpose ?? null,
        intervalDays: key.intervalDays ?? null,
        dueOn: key.dueIn === undefined ? null : addDays(today, key.dueIn),
        notes: key.notes ?? null,
      }))
      .filter(({ key: _key, ...note }) => Object.values(note).some((value) => value !== null)),
    rotations: keys.flatMap((key) => {
      if (!key.rotated) return []
      const { on, trigger, note } = key.rotated
      return [{ key: keyId(plan, scene, key), trigger, rotatedOn: addDays(today, -on), note }]
    }),
    reviews: plan.people.flatMap((one) =>
      one.reviewed !== undefined && standsOn(one, day)
        ? [{ principal: scene.userId(one.email), on: addDays(today, -one.reviewed) }]
        : [],
    ),
  }
}
