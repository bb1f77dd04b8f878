import { type Day, getDay } from '../../../shared/domain/day.ts'
import type { RotationTrigger } from '../../../shared/domain/rotation.ts'
import type { ReportedDays } from '../../register/usage/days.ts'
import { makeClaims } from './claims.ts'
import { type ClientDescription, type OrganizationDescription, readClient } from './client.ts'
import acme from './clients/acme.json' with { type: 'json' }
import heliotide from './clients/heliotide.json' with { type: 'json' }
import northfold from './clients/northfold.json' with { type: 'json' }
import quillmarsh from './clients/quillmarsh.json' with { type: 'json' }
import tarnbeck from './clients/tarnbeck.json' with { type: 'json' }
import { sampleEmployment, type SampleEmployment } from './employment.ts'
import { makeSyncs, type SampleSync } from './reading.ts'
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

export interface SampleConnection extends Pick<OrganizationDescription, 'provider' | 'label'> {
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

export interface SampleClient extends Omit<ClientDescription, 'organizations' | 'personnel'> {
  readonly connections: readonly SampleConnection[]
}

export interface SampleAgency {
  readonly clients: readonly SampleClient[]
  /** The content of HR files. */
  readonly employment: readonly SampleEmployment[]
}

/**
 * The agency Northfold with its own organizations and four clients, entirely invented, dated relative to `today`: one
 * is in order, the others each have a story that a governance team knows. One day gives one agency. `more` are descriptions of
 * clients that a test adds.
 */
export function sampleAgency(today: Day, more: readonly unknown[] = []): SampleAgency {
  const clients = [northfold, acme, quillmarsh, tarnbeck, heliotide, ...more].map((each) => readClient(each, today))
  return {
    employment: sampleEmployment(clients),
    clients: clients.map(({ organizations, personnel: _personnel, ...client }) => ({
      ...client,
      connections: organizations.map((organization) => getConnection(organization, today)),
    })),
  }
}

function getConnection(organization: OrganizationDescription, today: Day): SampleConnection {
  const { provider, label, now, notes, reviewed } = organization
  const { reports, days } = makeUsage(organization, today)
  return {
    provider,
    label,
    organizationId: now?.organization.id ?? null,
    organizationName: now?.organization.name ?? null,
    syncs: makeSyncs(organization),
    usage: reports,
    claims: makeClaims(organization, days),
    keyNotes: notes.map(({ key, contact, environment, purpose, intervalDays, dueOn, notes: words }) => ({
      key,
      contact: contact ?? null,
      environment: environment ?? null,
      purpose: purpose ?? null,
      intervalDays: intervalDays ?? null,
      dueOn: dueOn === undefined ? null : toDay(dueOn),
      notes: words ?? null,
    })),
    rotations: notes.flatMap(({ key, rotated }) =>
      rotated === undefined
        ? []
        : [{ key, trigger: rotated.trigger, rotatedOn: toDay(rotated.on), note: rotated.note }],
    ),
    reviews: reviewed.flatMap(({ on, principals }) => principals.map((principal) => ({ principal, on: toDay(on) }))),
  }
}

function toDay(instant: string): Day {
  return getDay(Date.parse(instant))
}
