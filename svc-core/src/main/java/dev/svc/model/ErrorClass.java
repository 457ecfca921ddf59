package dev.svc.model;

/// Why an instance left the running states, in the order that [RestartOn] compares with.
public enum ErrorClass {
    NONE, FAULT, RESTART, REFRESH
}
