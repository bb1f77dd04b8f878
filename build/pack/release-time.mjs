import { readHead } from '../commit.mjs'

/** 2026-01-01 UTC: for sources without a history, such as an archive of them. */
const WITHOUT_HISTORY = 1_767_225_600

/**
 * The time that every file in a package has, in seconds since the epoch: `SOURCE_DATE_EPOCH` where it is set, else that
 * of the commit (reproducible-builds.org/specs/source-date-epoch). Equal sources therefore give equal packages on any
 * day. Throws when `SOURCE_DATE_EPOCH` is not a number of seconds, and where git refuses to read the commit.
 */
export function findReleaseTime(root, env = process.env) {
  const set = env['SOURCE_DATE_EPOCH']
  if (set !== undefined && set !== '') {
    if (!/^\d{1,11}$/u.test(set)) {
      throw new Error(
        `SOURCE_DATE_EPOCH is “${set}”, which is not a number of seconds since 1970. Correct it or unset it.`,
      )
    }
    return Number(set)
  }
  return readHead(root)?.seconds ?? WITHOUT_HISTORY
}
