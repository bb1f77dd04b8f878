import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { addDays, toLocalDay } from '../../../shared/domain/day.ts'
import { makeRegister } from '../../../electron/service/core/context.ts'
import type { Service } from '../../../electron/service/process/open.ts'
import { depart } from '../register/leavers/depart.ts'
import { acme, connected, gathered, northfold } from './fakes.ts'
import { everyPlan } from './plans/every-operation.ts'
import { everyRemediation } from './remediation/every-operation.ts'
import { newProfile } from './services.ts'
import { everyTeamOperation } from './team/every-operation.ts'
import { everyUpdateOperation } from './updates/every-operation.ts'

const SECRETS = { openai: 'sk-admin-Qm7xMARKEDvN2k', anthropic: 'sk-ant-admin01-Qm7xMARKEDvN2k' } as const

/** The part of both that no text of Castellan may contain. The last four characters are the ending, and shown. */
export const MARK = 'MARKED'
const OTHER = 'sk-admin-Zz9yMARKEDother'

/** Calls every operation once, after credentials were used, and exports into the folder `written`. Returns what each answered, by its name. */
export async function everyOperation(service: Service, written: string): Promise<Map<string, unknown>> {
  const { api } = service
  const answers = new Map<string, unknown>()
  const ask = async <T>(name: string, answer: Promise<T>): Promise<T> => {
    const said = await answer
    answers.set(name, said)
    return said
  }
  const openai = await northfold()
  const anthropic = await acme()
  await ask('client.add', api.client.add({ name: 'Northfold' }))
  const added = await ask(
    'connection.add',
    api.connection.add({
      client: 'northfold',
      provider: 'openai',
      baseUrl: openai.baseUrl,
      credential: SECRETS.openai,
    }),
  )
  await connected(api, anthropic, { client: 'acme', provider: 'anthropic', credential: SECRETS.anthropic })
  const { id } = added
  // Both are refused by their providers: what a provider repeats of a secret is in no answer either.
  await ask('sync.start', api.sync.start({}))
  await ask('sync.watch', gathered(await api.sync.watch({})))
  const { baseUrl } = openai
  const asked = { client: 'northfold', provider: 'openai', baseUrl, credential: SECRETS.openai } as const
  answers.set('connection.check', await api.connection.check(asked).catch((error: unknown) => String(error)))
  answers.set('connection.test', await api.connection.test({ id }).catch((error: unknown) => String(error)))
  await ask('connection.setCredential', api.connection.setCredential({ id, credential: OTHER }))
  await ask('connection.removeCredential', api.connection.removeCredential({ id }))
  await api.connection.setCredential({ id, credential: SECRETS.openai })
  await api.sync.start({ connections: [id], credential: 'sk-admin-northfold-0123456789abcdef' })
  await gathered(await api.sync.watch({}))
  await ask('connection.update', api.connection.update({ id, label: 'Main' }))
  await ask('connection.get', api.connection.get({ id }))
  await ask('connection.list', api.connection.list({}))
  await ask('coverage.list', api.coverage.list({}))
  await ask('connection.history', api.connection.history({ id }))
  await ask('sync.cancel', api.sync.cancel({ connectionId: id }))

  await ask('client.list', api.client.list({ archived: true }))
  await ask('client.get', api.client.get({ slug: 'acme' }))
  await ask('client.update', api.client.update({ slug: 'acme', notes: 'x' }))
  await ask('client.archive', api.client.archive({ slug: 'acme' }))
  await ask('client.restore', api.client.restore({ slug: 'acme' }))

  await ask('counts.get', api.counts.get({}))
  await ask('structure.tree', api.structure.tree({}))
  const people = await ask('people.list', api.people.list({}))
  const keys = await ask('keys.list', api.keys.list({}))
  const projects = await ask('projects.list', api.projects.list({}))
  await ask('access.serviceAccounts', api.access.serviceAccounts({}))
  const { rows: certificates } = await ask('access.certificates', api.access.certificates({}))
  const certificate = api.access.certificate({ certificateId: certificates[0]?.certificateId ?? 1 })
  answers.set('access.certificate', await certificate.catch(String))
  await ask('access.restrictions', api.access.restrictions({}))
  const { rows: rules } = await ask('access.federation', api.access.federation({}))
  const rule = api.access.federationRule({ federationId: rules[0]?.federationId ?? 1 })
  answers.set('access.federationRule', await rule.catch(String))
  const { rows: logged } = await ask('events.list', api.events.list({}))
  await ask('events.get', api.events.get({ eventId: logged[0]?.eventId ?? 0 }))
  await ask('events.logs', api.events.logs({}))
  const access = await ask('access.list', api.access.list({}))
  const keyId = keys.rows[0]?.keyId ?? 0
  await ask('people.get', api.people.get({ personId: people.rows[0]?.personId ?? 0 }))
  await ask('keys.get', api.keys.get({ keyId }))
  await ask('keyless.list', api.keyless.list({}))
  await ask('keyless.progress', api.keyless.progress({}))
  await ask('keyless.markdown', api.keyless.markdown({ connection: 1 }))
  answers.set('keyless.get', await api.keyless.get({ keyId }).catch(String))
  await ask('keys.users', api.keys.users({ keyId }))
  await ask('keys.counts', api.keys.counts({ filter: {}, by: 'environment' }))
  await ask('findings.counts', api.findings.counts({ filter: {}, by: 'severity' }))
  await ask('projects.get', api.projects.get({ projectId: projects.rows[0]?.projectId ?? 0 }))
  await ask('people.setReviewed', api.people.setReviewed({ principalId: access.rows[0]?.principal.id ?? 0, on: null }))
  const leaving = { personId: people.rows[0]?.personId ?? 0 }
  await ask('people.markLeaving', api.people.markLeaving({ ...leaving, on: '2026-01-02', reason: 'For this test.' }))
  await ask('people.unmarkLeaving', api.people.unmarkLeaving(leaving))
  const view = await ask('views.save', api.views.save({ list: 'keys', name: 'Mine', search: { q: 'prod' } }))
  await ask('views.list', api.views.list({}))
  await ask('views.rename', api.views.rename({ viewId: view.viewId, name: 'Ours' }))
  await ask('views.remove', api.views.remove({ viewId: view.viewId }))
  await ask('search.find', api.search.find({ query: 'acme' }))
  await ask('snippets.project', api.snippets.project({ projectId: projects.rows[0]?.projectId ?? 0 }))
  await ask('snippets.map', api.snippets.map({}))
  await ask('snippets.naming', api.snippets.naming({}))

  const { rotationId } = await ask('rotation.mark', api.rotation.mark({ keyId }))
  await ask('rotation.undo', api.rotation.undo({ rotationId }))
  const { rotations } = await ask('rotation.markMany', api.rotation.markMany({ keys: [keyId] }))
  await ask('rotation.undoMany', api.rotation.undoMany({ rotations }))
  await ask('rotation.setMany', api.rotation.setMany({ changes: [{ keyId, contact: 'Mara' }] }))
  await ask('rotation.set', api.rotation.set({ keyId, contact: 'Mara' }))
  await ask('rotation.setDecoy', api.rotation.setDecoy({ keyId, decoy: true, reason: 'In the wiki.' }))
  await ask('rotation.snooze', api.rotation.snooze({ keyId, until: null }))
  await ask('rotation.history', api.rotation.history({ keyId }))
  const entries = await ask('journal.list', api.journal.list({ limit: 500 }))
  const described = entries.rows.find(({ action, whyNot }) => action === 'key.described' && whyNot === null)
  await ask('journal.undo', api.journal.undo({ entry: described?.entry ?? 0 }))
  await ask('rotation.due', api.rotation.due({}))
  const due = api.rotation.dueJson({}).then(({ json }) => new TextDecoder().decode(json))
  await ask('rotation.dueJson', due)
  await ask('rotation.calendar', api.rotation.calendar({ from: '2026-01-01', until: '2026-12-31' }))
  const [first] = (await ask('today.list', api.today.list({}))).entries
  const entry = first?.entryId ?? ''
  await ask('today.note', api.today.note({ entry, note: 'Ask first', contact: 'Mara' }))
  await ask('today.snooze', api.today.snooze({ entry, until: '2126-01-01' }))
  await ask('today.restore', api.today.restore({ entry }))
  await ask('today.dismiss', api.today.dismiss({ entry, reason: 'For this test.' }))
  await ask('policy.get', api.policy.get({}))
  await ask('policy.preview', api.policy.preview({ values: { adminKeyDays: 60 } }))
  await ask('policy.set', api.policy.set({ values: { adminKeyDays: 60 } }))

  await ask('findings.evaluate', api.findings.evaluate())
  const findings = await ask('findings.list', api.findings.list({}))
  const findingId = findings.rows[0]?.findingId ?? 0
  const until = findings.rows[0] === undefined ? '' : addDays(toLocalDay(findings.rows[0].firstSeenAt), 200)
  await ask('findings.groups', api.findings.groups({ by: 'rule' }))
  await ask('findings.get', api.findings.get({ findingId }))
  await ask('findings.accept', api.findings.accept({ findingId, reason: 'For this test.', until, confirm: 'ACCEPT 1' }))
  await ask('findings.reopen', api.findings.reopen({ findingId }))
  const { at } = await ask(
    'findings.acceptMany',
    api.findings.acceptMany({
      findings: [findingId],
      reason: 'For this test.',
      until,
      confirm: 'ACCEPT 1',
    }),
  )
  await ask('findings.reopenAll', api.findings.reopenAll({ at }))
  await ask('findings.rules', api.findings.rules())
  await ask('findings.trend', api.findings.trend({}))
  await ask('findings.freshness', api.findings.freshness({}))
  await ask('changes.list', api.changes.list({ since: { at: 0 } }))
  await ask('changes.markdown', api.changes.markdown({ since: { at: 0 } }))
  await ask('changes.timeline', api.changes.timeline({}))
  await ask('impact.get', api.impact.get({ kind: 'key', id: keyId }))
  await ask('impact.markdown', api.impact.markdown({ kind: 'key', id: keyId }))
  await everyRemediation(api, id, ask)
  const removed = people.rows[0]?.personId ?? 0
  makeRegister(service.context).transact((writer) => depart(writer, removed))
  await ask('leavers.list', api.leavers.list({}))
  await ask('offboarding.get', api.offboarding.get({ client: 'northfold' }))
  await ask('offboarding.addAll', api.offboarding.addAll({ client: 'northfold' }))
  await ask('offboarding.markdown', api.offboarding.markdown({ client: 'northfold' }))
  answers.set(
    'offboarding.certificate',
    await api.offboarding
      .certificate({ client: 'northfold', directory: newProfile() })
      .catch((error: unknown) => String(error)),
  )
  await ask('leavers.get', api.leavers.get({ personId: removed }))
  await ask('leavers.report', api.leavers.report({}))
  await everyPlan(api, ask)
  await ask('recommendations.list', api.recommendations.list({}))
  answers.set('recommendations.get', await api.recommendations.get({ rowKey: 'member-unused-1' }).catch(String))

  const opening = { client: 'northfold', override: 'For this test.' } as const
  const reason = { why: 'For this test.' } as const
  await ask('reviews.schedule', api.reviews.schedule({}))
  await ask('reviews.plan', api.reviews.plan({ ...opening, kind: 'roles' }))
  const { reviewId } = await ask('reviews.open', api.reviews.open({ ...opening, kind: 'roles' }))
  await ask('reviews.list', api.reviews.list({}))
  const reviewed = await ask('reviews.items', api.reviews.items({ reviewId }))
  await ask('reviews.item', api.reviews.item({ itemId: reviewed.rows[0]?.itemId ?? 0 }))
  const personId = reviewed.rows.find(({ facts }) => facts.personId !== null)?.facts.personId ?? 0
  await ask('reviews.about', api.reviews.about({ personId }))
  await ask('reviews.roles', api.reviews.roles({ reviewId, items: {} }))
  const keeping = { reviewId, items: {}, decision: 'keep', ...reason } as const
  const { batch } = await ask('reviews.decide', api.reviews.decide(keeping))
  await ask('reviews.undo', api.reviews.undo({ reviewId, batch }))
  await api.reviews.decide(keeping)
  await ask('reviews.get', api.reviews.get({ reviewId }))
  await ask('reviews.sign', api.reviews.sign({ reviewId, as: 'Mara' }))
  await ask('reviews.acknowledge', api.reviews.acknowledge({ reviewId, as: 'Ines' }))
  const { path } = await ask('evidence.pack', api.evidence.pack({ reviewId, directory: written }))
  const summary = { reviewId, format: 'html', path: join(written, 'summary.html') } as const
  await ask('evidence.summary', api.evidence.summary(summary))
  await ask('evidence.verify', api.evidence.verify({ path }))
  await ask('evidence.signers', api.evidence.signers())
  await ask('evidence.verifyRegister', api.evidence.verifyRegister())
  const given = await api.reviews.open({ ...opening, kind: 'keys' })
  await ask('reviews.withdraw', api.reviews.withdraw({ reviewId: given.reviewId, ...reason }))

  const file = {
    client: 'northfold',
    kind: 'people',
    fileName: 'people.csv',
    content: new TextEncoder().encode('Name,Email,Role\nAnn,ann@x.example,reader\n'),
  } as const
  const { profile } = service.context.session()
  await ask('files.plan', api.files.plan(file))
  await ask('files.import', Array.fromAsync(await api.files.import(file)))
  for (const format of ['csv', 'xlsx', 'md'] as const)
    await ask('files.exportRegister', api.files.exportRegister({ format, path: join(written, `register.${format}`) }))
  await ask('files.renderRegister', api.files.renderRegister({ format: 'json' }))
  await ask('files.exportCalendar', api.files.exportCalendar({ path: join(written, 'rotation.ics') }))
  await ask('files.renderCalendar', api.files.renderCalendar({}))
  const picture = { title: 'Spend', format: 'svg', content: '<?xml version="1.0"?>\n<svg ></svg>' } as const
  await ask(
    'files.exportTable',
    api.files.exportTable({
      title: 'Keys',
      format: 'csv',
      header: ['Key'],
      rows: [['a']],
      path: join(written, 'keys.csv'),
    }),
  )
  await ask('files.exportPicture', api.files.exportPicture({ ...picture, path: join(written, 'spend.svg') }))

  await personnel(api, ask)

  const records = join(profile, 'usage.csv')
  writeFileSync(records, 'timestamp,feature,cost\n2026-11-01,chat,1\n')
  await ask('usage.import', Array.fromAsync(await api.usage.import({ client: 'northfold', path: records })))
  const imports = await ask('usage.imports', api.usage.imports({}))
  await ask('usage.undo', api.usage.undo({ importId: imports.rows[0]?.importId ?? 0 }))
  await ask('usage.import', Array.fromAsync(await api.usage.import({ client: 'northfold', path: records })))
  await ask('usage.sync', Array.fromAsync(await api.usage.sync({})))
  await ask('usage.by', api.usage.by({ month: '2026-11', by: 'feature', source: 'claimed' }))
  const budget = await ask('budgets.set', api.budgets.set({ client: 'northfold', amount: 1_000_000 }))
  await ask('budgets.list', api.budgets.list({}))
  await ask('budgets.anomalies', api.budgets.anomalies({}))
  await ask('budgets.readings', api.budgets.readings({}))
  await ask('budgets.rates', api.budgets.rates({}))
  await ask('budgets.check', api.budgets.check())
  await ask('budgets.clear', api.budgets.clear({ budgetId: budget.budgetId ?? 0 }))
  await ask('usage.matrix', api.usage.matrix({ month: '2026-11', of: 'key-model', source: 'claimed' }))
  await ask('usage.months', api.usage.months({ source: 'claimed' }))
  await ask('usage.series', api.usage.series({ stretch: 'month', month: '2026-11', by: 'feature', source: 'claimed' }))
  await ask('usage.compare', api.usage.compare({ month: '2026-11', source: 'claimed' }))
  const inside = { period: '2026-11-01', by: 'client', rowKey: '1', source: 'claimed' } as const
  await ask('usage.inside', api.usage.inside(inside))
  const month = { client: 'northfold', kind: 'monthly', period: '2026-11', source: 'claimed' } as const
  await ask('reports.set', api.reports.set({ client: 'northfold', values: { weekly: true } }))
  await ask('reports.settings', api.reports.settings({ client: 'northfold' }))
  await ask('reports.periods', api.reports.periods({ kind: 'monthly' }))
  await ask('reports.preview', api.reports.preview(month))
  await ask('reports.render', api.reports.render({ ...month, format: 'html' }))
  await ask('reports.export', api.reports.export({ ...month, format: 'md', path: join(written, 'usage.md') }))
  await ask('reports.history', api.reports.history({}))
  await ask('reports.due', api.reports.due({}))
  await ask('reconciliation.get', api.reconciliation.get({ month: '2026-11' }))
  const { price } = await ask('prices.set', api.prices.set({ model: 'm', from: '2026-01-01', input: 1, output: 1 }))
  await ask('prices.list', api.prices.list({}))
  await ask('prices.clear', api.prices.clear({ priceId: price.priceId }))
  await watchedFolder(api, ask)

  await ask('settings.set', api.settings.set({ operator: 'Mara' }))
  await ask('settings.get', api.settings.get())
  await ask('desktop.scope', api.desktop.scope({ client: 'acme' }))
  await ask('desktop.secretCopied', api.desktop.secretCopied({ sha256: 'ab'.repeat(32) }))
  await ask('desktop.saveTarget', api.desktop.saveTarget({ suggestedName: 'a.md', extension: 'md' }))
  await ask('desktop.openTarget', api.desktop.openTarget({ kind: 'folder', title: 'Choose a folder', extensions: [] }))
  await ask('app.info', api.app.info())
  await ask('app.integrity', api.app.integrity())
  await ask('app.recoveryCode', api.app.recoveryCode({ confirm: 'SHOW' }))
  answers.set('app.unlock', await api.app.unlock({ code: 'C1' }).catch((error: unknown) => String(error)))
  const stop = new AbortController()
  const events = await api.app.events(undefined, { signal: stop.signal })
  const next = events.next()
  service.navigate('/keys')
  answers.set('app.events', (await next).value)
  stop.abort()
  await ask('app.about', api.app.about())
  await ask('app.diagnostics', api.app.diagnostics())
  await ask(
    'app.saveRecoveryKit',
    api.app.saveRecoveryKit({ confirm: 'SHOW', path: join(written, 'recovery-kit.txt') }),
  )
  await ask('app.saveDiagnostics', api.app.saveDiagnostics({ path: join(written, 'diagnostics.json') }))
  await ask('backup.make', api.backup.make())
  const [{ name } = { name: '' }] = await ask('backup.list', api.backup.list())
  await ask('backup.preview', api.backup.preview({ name }))
  await ask('backup.restore', api.backup.restore({ name }))
  await ask('backup.accept', api.backup.accept())
  await everyUpdateOperation(api, join(written, 'none'), ask)
  await ask('app.openSample', api.app.openSample())
  await ask('app.leaveSample', api.app.leaveSample())
  await ask('app.lock', api.app.lock())
  await api.app.unlock({})
  await ask('connection.remove', api.connection.remove({ id }))
  await everyTeamOperation(api, SECRETS.openai, ask)
  return answers
}

/** A watched folder of records: with files from before, and files that are added later. */
async function watchedFolder(
  api: Service['api'],
  ask: <T>(name: string, answer: Promise<T>) => Promise<T>,
): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'castellan-watched-'))
  const folder = await ask('usageFolders.add', api.usageFolders.add({ client: 'northfold', path }))
  const stop = new AbortController()
  const reported = await api.usageFolders.watch({}, { signal: stop.signal })
  writeFileSync(join(path, 'a.csv'), 'timestamp,feature,cost\n2026-11-02,chat,1\n')
  for await (const file of reported) {
    await ask('usageFolders.watch', Promise.resolve(file))
    stop.abort()
    break
  }
  await ask('usageFolders.check', api.usageFolders.check({}))
  await ask('usageFolders.list', api.usageFolders.list({}))
  await ask('usageFolders.remove', api.usageFolders.remove({ folderId: folder.folderId }))
}

/** An HR file with a secret in it, and two people of it merged and split again. */
async function personnel(api: Service['api'], ask: <T>(name: string, answer: Promise<T>) => Promise<T>): Promise<void> {
  const known = (await api.people.list({})).rows.find(({ email }) => email !== null)?.email ?? ''
  const rows = `Name,Email,Title\nAnn Lee,${known.replace('@', '+ai@')},Engineer\nEve,eve@x.example,${SECRETS.openai}\n`
  const file = { fileName: 'hr.csv', content: new TextEncoder().encode(rows) }
  await ask('people.planImport', api.people.planImport(file))
  await ask('people.import', api.people.import(file))
  await ask('people.findMatches', api.people.findMatches())
  const [match] = (await ask('people.matches', api.people.matches({}))).rows
  const [keep = 0, other = 0] = match?.sides.map((side) => side.row.personId) ?? []
  const matchId = match?.matchId ?? 0
  await ask('people.decideMatch', api.people.decideMatch({ matchId, state: 'rejected' }))
  const { mergeId } = await ask('people.merge', api.people.merge({ keep, other }))
  await ask('people.split', api.people.split({ mergeId }))
}
