#!/usr/bin/env node
/**
 * electron-builder calls this in place of fpm (`CUSTOM_FPM_PATH`): a program that it would download, whose packages have the
 * times of their making in them and lack what Debian's policy asks for. The package is made by `dpkg-deb` (decision 0026).
 */
import { resolve } from 'node:path'

import { findReleaseTime } from '../release-time.mjs'
import { parseFpmArguments } from './arguments.mjs'
import { makeDeb } from './make-deb.mjs'

makeDeb(parseFpmArguments(process.argv.slice(2)), findReleaseTime(resolve(import.meta.dirname, '../../..')))
