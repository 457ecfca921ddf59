package dev.svc.engine;

/// An engine that has taken over and whose turns are to be made by somebody.
///
/// @param first what the first turn takes in
record Adopted(Engine engine, Commits commits, Surroundings.Watch databaseWatch, Runnable first) {}
