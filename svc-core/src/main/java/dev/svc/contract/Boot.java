package dev.svc.contract;

/// Which boot this is, and whether we are its first manager.
record Boot(BootIdentity identity, boolean cold) {}
