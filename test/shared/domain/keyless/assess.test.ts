import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addDays } from '../../../../shared/domain/day.ts'
import { assessKey, type KeyUse } from '../../../../shared/domain/keyless/assess.ts'
import { issuerPlatform } from '../../../../shared/domain/federation/issuers.ts'
import { findLastDay } from '../../../../shared/domain/keyless/last-day.ts'
import { findNamedUse } from '../../../../shared/domain/keyless/platforms.ts'

const use = (over: Partial<KeyUse>): KeyUse => ({
  name: 'prod-web-chat',
  project: null,
  purpose: null,
  account: null,
  rulePlatform: null,
  days: null,
  ...over,
})

describe('a key that no person uses', () => {
  it('is certain where it belongs to a service account and its name shows where it runs', () => {
    expect(assessKey(use({ name: 'dev-shop-ci', account: 'shop' }))).toEqual({
      certainty: 'certain',
      reasons: ['It belongs to a service account, which only programs use.', 'Its name contains “ci”.'],
      platform: null,
    })
    expect(assessKey(use({ account: 'GitHub deployer' }))).toMatchObject({ certainty: 'certain', platform: 'github' })
  })

  it('is likely by one of both, and an opinion by its use alone', () => {
    expect(assessKey(use({ account: 'shop' }))?.certainty).toBe('likely')
    expect(assessKey(use({ name: 'lambda-invoices' }))).toMatchObject({ certainty: 'likely', platform: 'aws' })
    expect(assessKey(use({ days: { used: 24, weekend: 6 } }))).toEqual({
      certainty: 'opinion',
      reasons: ['It was used on 24 of the last 28 days, weekends included.'],
      platform: null,
    })
  })

  it('is not one that people may use: by name, by working days, or by an ordinary word that contains a short one', () => {
    expect(assessKey(use({}))).toBeNull()
    expect(assessKey(use({ days: { used: 23, weekend: 8 } }))).toBeNull()
    expect(assessKey(use({ days: { used: 28, weekend: 5 } }))).toBeNull()
    expect(assessKey(use({ name: 'dev-alice-pricing', purpose: 'social', project: 'Cinema' }))).toBeNull()
  })

  it('has the platform of a rule of its account where its name shows none', () => {
    expect(assessKey(use({ account: 'shop', rulePlatform: 'gitlab' }))?.platform).toBe('gitlab')
    expect(assessKey(use({ name: 'ci-shop', purpose: 'GitHub Actions' }))?.platform).toBe('github')
    expect(assessKey(use({ name: 'gha-shop', account: 'shop', rulePlatform: 'gitlab' }))?.platform).toBe('github')
  })
})

describe('a word in a name', () => {
  it('shows a platform before a pipeline, whatever its case and the signs around it', () => {
    expect(findNamedUse('CI-AWS_deploy')).toEqual({ word: 'AWS', platform: 'aws' })
    expect(findNamedUse('nightly build')).toEqual({ word: 'nightly', platform: null })
    expect(findNamedUse('')).toBeNull()
  })
})

describe('the platform of an issuer', () => {
  it('is found by its host alone', () => {
    expect(
      [
        'https://token.actions.githubusercontent.com',
        'https://gitlab.acme.example:8443/oidc',
        'https://accounts.google.com',
        'https://abc.tokens.sts.global.api.aws',
        'https://sts.windows.net/tenant/',
        'https://token.actions.githubusercontent.com.evil.example',
        'no url',
      ].map(issuerPlatform),
    ).toEqual(['github', 'gitlab', 'google-cloud', 'aws', 'azure', null, null])
  })
})

const DATE = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2024-01-01', days))
const MAYBE = fc.option(DATE)

describe('the last day of a key', () => {
  const dates = { today: '2026-11-26', dueOn: null, expiresOn: null, readOn: '2026-11-01', ruleSince: null }

  it('is its due day, else thirty days after it was first read, also where these have passed', () => {
    expect(findLastDay({ ...dates, dueOn: '2026-12-10' })).toEqual({
      on: '2026-12-10',
      because: 'the day on which it is due for rotation',
    })
    expect(findLastDay({ ...dates, dueOn: '2026-11-25' })).toEqual({
      on: '2026-11-25',
      because: 'the day on which it is due for rotation; it has passed',
    })
    expect(findLastDay(dates)).toEqual({
      on: '2026-12-01',
      because: '30 days after it was first read, since it has no due day',
    })
    expect(findLastDay({ ...dates, readOn: '2025-01-01' }).on).toBe('2025-01-31')
  })

  it('is fourteen days after a rule was first read', () => {
    expect(findLastDay({ ...dates, dueOn: '2027-03-01', ruleSince: '2026-11-20' }).on).toBe('2026-12-04')
    expect(findLastDay({ ...dates, ruleSince: '2026-01-01' })).toEqual({
      on: '2026-01-15',
      because: '14 days after the rule was first read; it has passed',
    })
  })

  it('is never later than its expiry', () => {
    expect(findLastDay({ ...dates, dueOn: '2026-12-10', expiresOn: '2026-12-01' })).toEqual({
      on: '2026-12-01',
      because: 'the day on which it expires',
    })
    expect(findLastDay({ ...dates, dueOn: '2026-12-10', expiresOn: '2027-01-01' }).on).toBe('2026-12-10')
  })

  it('is the same on every day', () => {
    fc.assert(
      fc.property(
        DATE,
        DATE,
        fc.record({ dueOn: MAYBE, expiresOn: MAYBE, readOn: DATE, ruleSince: MAYBE }),
        (a, b, of) => {
          expect(findLastDay({ ...of, today: a }).on).toBe(findLastDay({ ...of, today: b }).on)
        },
      ),
    )
  })
})
