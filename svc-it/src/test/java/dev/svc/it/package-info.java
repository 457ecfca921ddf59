/**
 * Tests of the install tree as a user has it: real commands, real shells, real processes.
 *
 * <p>The tree is the one svc-dist has just made; the system property {@code svc.tree} names it. A test that starts a manager gives
 * it an {@code SVC_ROOT} of its own and stops what it started. Nothing here waits for a time to pass: it waits for output, for an
 * exit, or for a line of a file, up to a deadline.
 */
package dev.svc.it;
