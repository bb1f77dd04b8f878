import type { EventEmitter } from 'node:events'

import type * as Electron from 'electron'

import type { App, CommandLine, Dock } from './app.ts'
import type { BrowserWindow } from './browser-window.ts'
import type {
  clipboard,
  dialog,
  nativeImage,
  NativeImage,
  NativeTheme,
  Notification,
  PowerMonitor,
  Screen,
  shell,
} from './desktop.ts'
import type { WebFrameMain } from './frames.ts'
import type { Menu, MenuItem, Tray } from './menu.ts'
import type { NavigationHistory } from './navigation-history.ts'
import type { ParentPort } from './parent-port.ts'
import type { MessageChannelMain, MessagePortMain } from './ports.ts'
import type { protocol, Protocol, session, Session, WebRequest } from './session.ts'
import type { utilityProcess, UtilityProcess } from './utility-process.ts'
import type { WebContents } from './web-contents.ts'

/** The names that are Electron's: not those of every emitter, and not the stand-in's own (`$…`). */
type Public<Own> = Exclude<keyof Own, `$${string}` | keyof EventEmitter | 'prototype'>

type IsPromise<Value> = Value extends Promise<unknown> ? true : false

/** A call for a call that answers in the same way, now or later; a value for a value. */
type SameKind<Own, Real> = Own extends (...values: never[]) => infer OwnAnswer
  ? Real extends (...values: never[]) => infer RealAnswer
    ? IsPromise<OwnAnswer> extends IsPromise<RealAnswer>
      ? true
      : false
    : Real extends Function
      ? true
      : false
  : true

/** The names of the stand-in that the installed Electron has not, or has as something else. */
type Wrong<Own, Real> = {
  [Name in Public<Own>]: Name extends keyof Real ? (SameKind<Own[Name], Real[Name]> extends true ? never : Name) : Name
}[Public<Own>]

/** Compiles only where nothing is wrong. */
type None<Names extends never> = Names

/** The stand-in against the types of the installed Electron, class by class and module by module. */
export type Fits = [
  None<Wrong<App, Electron.App>>,
  None<Wrong<CommandLine, Electron.CommandLine>>,
  None<Wrong<Dock, Electron.Dock>>,
  None<Wrong<BrowserWindow, Electron.BrowserWindow>>,
  None<Wrong<typeof BrowserWindow, typeof Electron.BrowserWindow>>,
  None<Wrong<WebContents, Electron.WebContents>>,
  None<Wrong<WebFrameMain, Electron.WebFrameMain>>,
  None<Wrong<NavigationHistory, Electron.NavigationHistory>>,
  None<Wrong<Session, Electron.Session>>,
  None<Wrong<typeof session, typeof Electron.session>>,
  None<Wrong<Protocol, Electron.Protocol>>,
  None<Wrong<typeof protocol, Electron.Protocol>>,
  None<Wrong<WebRequest, Electron.WebRequest>>,
  None<Wrong<Menu, Electron.Menu>>,
  None<Wrong<typeof Menu, typeof Electron.Menu>>,
  None<Wrong<MenuItem, Electron.MenuItem>>,
  None<Wrong<Tray, Electron.Tray>>,
  None<Wrong<Notification, Electron.Notification>>,
  None<Wrong<typeof Notification, typeof Electron.Notification>>,
  None<Wrong<typeof dialog, Electron.Dialog>>,
  None<Wrong<typeof clipboard, Electron.Clipboard>>,
  None<Wrong<typeof shell, Electron.Shell>>,
  None<Wrong<NativeTheme, Electron.NativeTheme>>,
  None<Wrong<NativeImage, Electron.NativeImage>>,
  None<Wrong<typeof nativeImage, typeof Electron.nativeImage>>,
  None<Wrong<PowerMonitor, Electron.PowerMonitor>>,
  None<Wrong<Screen, Electron.Screen>>,
  None<Wrong<UtilityProcess, Electron.UtilityProcess>>,
  None<Wrong<typeof utilityProcess, typeof Electron.utilityProcess>>,
  None<Wrong<ParentPort, Electron.ParentPort>>,
  None<Wrong<MessagePortMain, Electron.MessagePortMain>>,
  None<Wrong<MessageChannelMain, Electron.MessageChannelMain>>,
]
