import { resolve } from 'node:path'

import type { Update, UpdateStatus } from '../../../shared/contract/updates.ts'
import { baseUrlProblem, canonicalBaseUrl } from '../../../shared/domain/base-url.ts'
import { PACKAGES } from '../../../shared/domain/update/package-kind.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { OTHER_STEPS } from '../../service/updates/steps.ts'
import { EXIT } from '../kit/exit-code.ts'
import { Failed, Misuse } from '../kit/failure.ts'
import { printLines, printObject } from '../kit/listing.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

const STATUS_KEYS = '\nJSON keys: version, feed, keyFingerprint, found, day, compared, file\n'

export const define: DefineVerb = (command, act) => {
  const check = command
    .command('check')
    .description(
      'Ask the feed once which version it has, without opening the register. Castellan asks it at no other time.',
    )
    .about({ example: ['', '--feed https://downloads.example/castellan --json'], isWhole: true })
    .option('--feed <address>', 'the feed of this check; by default that of the profile')
    .addHelpText('after', `${STATUS_KEYS}compared: newer, same\n`)
  act<{ readonly feed?: string }, []>(check, async (run, { feed }) => {
    const { checkAlone } = await import('../../service/updates/check-alone.ts')
    const { compareWithOwn } = await import('../../service/updates/find-release.ts')
    const { description, file, ...found } = await checkAlone(run.profile, feed === undefined ? null : readFeed(feed))
    const { version, day } = description
    await printStatus(run, { ...found, update: { version, day, compared: compareWithOwn(version), file } })
  })

  const feed = command
    .command('feed')
    .description('Show the address that is asked for updates, name it, or name none.')
    .about({
      calls: ['updates.status', 'updates.setFeed --none'],
      example: ['https://downloads.example/castellan', '--none'],
      isWhole: true,
    })
    .argument('[address]', 'the folder that holds castellan-update.json, such as https://downloads.example/castellan')
    .option('--none', 'no feed: no check can be asked for')
    .addHelpText('after', STATUS_KEYS)
  act<{ readonly none?: true }, [string | undefined]>(feed, async (run, { none }, address) => {
    if (none === true && address !== undefined) {
      throw new Misuse('Give an address or --none, not both.', 'castellan update feed --none')
    }
    const named = none === true ? null : address
    const status =
      named === undefined
        ? await run.withApi('read', (api) => api.updates.status())
        : await run.withApi('write', (api) => api.updates.setFeed({ feed: named }))
    await printStatus(run, status)
  })

  const verify = command
    .command('verify')
    .description(
      'Verify a downloaded package, without a network and without a register: the description beside it (castellan-update.json) by its signature, and the package by its size and SHA-512.',
    )
    .about({ example: '~/Downloads/castellan_0.2.0_amd64.deb', isWhole: true })
    .argument('<file>', 'the package; its description and signature are in the same folder')
    .option('--older', 'also a version older than the one that runs')
    .addHelpText(
      'after',
      '\nExits with 4 when the release key did not sign the description, the package was changed or is truncated, or it is older;' +
        '\nwith 1 when this build has no release key, or a file cannot be read.' +
        '\nJSON keys: ok, version, day, file, says\n',
    )
  act<{ readonly older?: true }, [string]>(verify, async (run, { older }, given) => {
    const { readReleaseKey } = await import('../../service/updates/release-key.ts')
    const key = readReleaseKey()
    if (key === null) {
      throw new Failed(
        'This build of Castellan has no release key, so no package can be verified by it.',
        'Verify the signature with openssl: docs/upgrade.md has the command.',
      )
    }
    const { verifyOffline } = await import('../../service/updates/offline.ts')
    const { refuseOlder } = await import('../../service/updates/updates.ts')
    const { UpdateRefused } = await import('../../service/updates/refused.ts')
    const path = resolve(run.terminal.cwd, given)
    try {
      const { description, file } = await verifyOffline(path, key)
      refuseOlder(description, older === true)
      const { version, day } = description
      if (run.json) await printObject(run.terminal, { ok: true, version, day, file, says: null })
      else {
        await printLines(run.terminal, [
          `✓ verified: ${shown(file.name)} is ${PACKAGES[file.kind].words} of ${version} of ${day} for ${file.arch}.`,
          `Release key ${key.fingerprint}`,
        ])
      }
      return EXIT.done
    } catch (error) {
      if (!(error instanceof UpdateRefused)) throw error
      if (run.json) {
        await printObject(run.terminal, { ok: false, version: null, day: null, file: null, says: error.message })
      } else await printLines(run.terminal, [`✗ refused: ${shown(error.message)}`, shown(error.hint)])
      return EXIT.found
    }
  })
}

/** The address of a feed as the command line names it. */
function readFeed(text: string): string {
  if (baseUrlProblem(text) === null) return canonicalBaseUrl(text)
  throw new Misuse(
    `${shown(text)} is not the address of a feed.`,
    'Write it as https://host/folder, without user, password or query; http:// only for this machine.',
  )
}

type UpdateRow = Pick<UpdateStatus, 'feed' | 'keyFingerprint' | 'installedAs'> & {
  readonly update: Pick<Update, 'version' | 'day' | 'compared' | 'file'> | null
}

async function printStatus(run: Run, { feed, keyFingerprint, update, installedAs }: UpdateRow): Promise<void> {
  if (run.json) {
    const { version: found, day, compared, file } = update ?? { version: null, day: null, compared: null, file: null }
    return printObject(run.terminal, { version: VERSION, feed, keyFingerprint, found, day, compared, file })
  }
  await printLines(run.terminal, [
    `Version: ${VERSION}`,
    `Feed: ${feed === null ? 'none' : shown(feed)}`,
    ...(keyFingerprint === null ? ['This build has no release key, so no update can be verified.'] : []),
    ...(update === null ? [] : [getFoundWords(update, installedAs)]),
  ])
}

function getFoundWords(
  { version, day, compared, file }: NonNullable<UpdateRow['update']>,
  installedAs: UpdateRow['installedAs'],
): string {
  if (compared === 'same') return `The feed has ${version} of ${day}, the version that runs.`
  if (installedAs === 'other')
    return `The feed has ${version} of ${day}. ${OTHER_STEPS.map(({ words }) => words).join(' ')}`
  const name = file === null ? 'no package for this system and processor' : shown(file.name)
  return `The feed has ${version} of ${day}: ${name}. Download it with your browser or in the window, then: castellan update verify FILE`
}
