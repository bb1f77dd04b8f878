import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Counts of one run of a test runner. `failed` is at least 1 when the run itself failed. */
export function vitestCounts(reportPath, exitCode) {
  const report = readJson(reportPath)
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  // A file that cannot even be loaded has no tests to fail.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  return atLeastOneFailure(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  })
}

export function playwrightCounts(reportPath, exitCode) {
  const report = readJson(reportPath)
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  return atLeastOneFailure(exitCode, {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
  })
}

/** The failed tests of a run, each as `file > name`. A file that cannot be loaded is named by itself. */
export function vitestFailures(reportPath, root) {
  return (readJson(reportPath)?.testResults ?? []).flatMap((file) => {
    const name = relative(root, file.name)
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return file.status === 'failed' ? [name] : []
    return failed.map((test) => `${name} > ${test.fullName}`)
  })
}

export function playwrightFailures(reportPath) {
  const inside = (suite) => [
    ...suite.specs.filter((spec) => !spec.ok).map((spec) => `${spec.file} > ${spec.title}`),
    ...(suite.suites ?? []).flatMap(inside),
  ]
  return (readJson(reportPath)?.suites ?? []).flatMap(inside)
}

export function sum(counts) {
  return counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

export function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

function atLeastOneFailure(exitCode, counts) {
  return exitCode === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
