/// A manager that kills itself between two of its effects: test code, which is put around the contracts and the disk of the real one.
package dev.svc.it.doomed;
