#!/bin/sh
# Takes the profile of AppArmor away again. What people keep (the profile folder, entries of the keychain) stays: docs/uninstall.md.
set -e

if [ "$1" = remove ] || [ "$1" = purge ]; then
  profile=/etc/apparmor.d/castellan-desktop
  if [ -e "$profile" ]; then
    if [ -d /sys/kernel/security/apparmor ] && command -v apparmor_parser >/dev/null 2>&1; then
      apparmor_parser --remove "$profile" || true
    fi
    rm -f "$profile"
  fi
fi
