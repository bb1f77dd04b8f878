#!/bin/sh
# Lets the sandbox of the window start: by its helper where the kernel offers no user namespaces, by a profile of AppArmor where
# that restricts them (Ubuntu from 23.10).
set -e

if [ "$1" = configure ]; then
  sandbox=/usr/lib/castellan/chrome-sandbox
  if [ -e "$sandbox" ] && ! { [ -e /proc/self/ns/user ] && unshare --user true 2>/dev/null; }; then
    chmod 4755 "$sandbox"
  fi
  profile=/usr/lib/castellan/resources/apparmor-profile
  # An AppArmor that does not know the form of the profile does not restrict user namespaces either.
  if [ -d /etc/apparmor.d ] && command -v apparmor_parser >/dev/null 2>&1 &&
    apparmor_parser --skip-kernel-load --debug "$profile" >/dev/null 2>&1; then
    cp "$profile" /etc/apparmor.d/castellan-desktop
    if [ -d /sys/kernel/security/apparmor ]; then
      apparmor_parser --replace --write-cache --skip-read-cache /etc/apparmor.d/castellan-desktop || true
    fi
  fi
fi
