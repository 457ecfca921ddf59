/// What the administrator wants, on disk: SQLite database, journal, backups; their verification and rebuild.
package dev.svc.repository;
